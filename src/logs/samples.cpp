#include "ecr6/logs/samples.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ecr6::logs {

namespace {

struct Spelled {
  std::string_view spelling, written;
};

/// The documentation ranges of RFC 3849 and RFC 5737 where the spelling allows it. No address is the beginning of
/// another one, so that a parser which cuts one short cannot hit upon another.
constexpr Spelled spellings[] = {
    {"ipv4", "203.0.113.251"},
    {"compressed", "2001:db8:1:2::a1"},
    {"full", "2001:0db8:0001:0002:0000:0000:0000:00a2"},
    {"all_groups", "2001:db8:1:2:0:0:0:a3"},
    {"leading_zeros", "2001:0db8:0001:0002::00a4"},
    {"eight_groups_used", "2001:db8:1:2:3:4:5:a5"},
    {"longest", "2001:0db8:1111:2222:3333:4444:5555:66a6"},
    {"one_group_compressed", "2001:db8:1:2::4:5:a7"},
    {"compressed_end", "2001:db8:a8::"},
    {"compressed_start", "::1:2:3:4:5:a9"},
    {"no_letters", "2001:10:20:30:40:50:60:70"},
    {"upper_case", "2001:DB8:1:2::AB1"},
    {"upper_case_full", "2001:0DB8:0001:0002:0000:0000:0000:0AB2"},
    {"mixed_case", "2001:Db8:1:2::aB3"},
    {"mapped", "::ffff:198.51.100.11"},
    {"mapped_upper_case", "::FFFF:198.51.100.12"},
    {"mapped_hexadecimal", "::ffff:c633:640d"},
    {"mapped_full", "0000:0000:0000:0000:0000:ffff:198.51.100.14"},
    {"ipv4_tail", "64:ff9b::198.51.100.15"},
    {"brackets", "[2001:db8:1:2::c1]"},
    {"brackets_full", "[2001:0db8:0001:0002:0000:0000:0000:00c2]"},
    {"brackets_upper_case", "[2001:DB8:1:2::AC3]"},
    {"brackets_mapped", "[::ffff:198.51.100.21]"},
    {"brackets_port", "[2001:db8:1:2::c4]:52044"},
};

std::string_view bare(std::string_view written) {
  if (!written.starts_with('[')) return written;
  return written.substr(1, written.find(']') - 1);
}

std::string line_of(LineFormat format, std::string_view address) {
  switch (format) {
    case LineFormat::cloudtrail:
      return fmt::format(
          R"({{"eventVersion":"1.11","userIdentity":{{"type":"AssumedRole","principalId":"AROAEXAMPLEID:node",)"
          R"("arn":"arn:aws:sts::111122223333:assumed-role/Puller/node","accountId":"111122223333"}},)"
          R"("eventTime":"2026-08-22T15:17:05Z","eventSource":"ecr.amazonaws.com","eventName":"BatchGetImage",)"
          R"("awsRegion":"us-west-2","sourceIPAddress":"{}","userAgent":"containerd/v1.7.2",)"
          R"("requestParameters":{{"registryId":"111122223333","repositoryName":"app"}},"responseElements":null,)"
          R"("eventID":"EXAMPLE8-90ab-cdef-fedc-ba987EXAMPLE","readOnly":true,"eventType":"AwsApiCall",)"
          R"("recipientAccountId":"111122223333","tlsDetails":{{"tlsVersion":"TLSv1.3",)"
          R"("clientProvidedHostHeader":"ecr.us-west-2.api.aws"}}}})",
          address);
    case LineFormat::s3_access:
      return fmt::format(
          "EXAMPLEOWNER amzn-s3-demo-bucket [22/Aug/2026:15:17:05 +0000] {} arn:aws:iam::111122223333:role/Puller "
          R"(EXAMPLEREQUEST REST.GET.OBJECT layers/app "GET /layers/app HTTP/1.1" 200 - 4096 4096 70 10 "-" )"
          R"("containerd/v1.7.2" - EXAMPLEHOSTID SigV4 TLS_AES_128_GCM_SHA256 AuthHeader )"
          "amzn-s3-demo-bucket.s3.dualstack.us-west-2.amazonaws.com TLSv1.3 - -",
          address);
    case LineFormat::combined:
      return fmt::format(R"({} - - [22/Aug/2026:15:17:05 +0000] "GET /v2/app/manifests/latest HTTP/1.1" 200 4096 "-" )"
                         R"("containerd/v1.7.2")",
                         address);
  }
  return {};
}

}  // namespace

std::string_view to_string(LineFormat format) {
  switch (format) {
    case LineFormat::cloudtrail:
      return "cloudtrail";
    case LineFormat::s3_access:
      return "s3_access";
    case LineFormat::combined:
      return "combined";
  }
  return {};
}

std::vector<Sample> samples(LineFormat format) {
  std::vector<Sample> all;
  for (const auto& [spelling, written] : spellings)
    all.push_back({format, spelling, written, Address::parse(bare(written)).value(), line_of(format, written)});
  return all;
}

}  // namespace ecr6::logs
