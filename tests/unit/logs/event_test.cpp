#include "ecr6/logs/event.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ecr6;
using namespace ecr6::logs;

namespace {

Reading read(const std::string& text) {
  EventReader reader;
  return reader.read({text, 1, text.find('\\') != text.npos});
}

std::string with(const std::string& fields) { return R"({"eventSource":"ecr.amazonaws.com")" + fields + "}"; }

std::string principal(const std::string& identity) {
  return read(with(R"(,"userIdentity":)" + identity)).event.value().principal;
}

}  // namespace

TEST_CASE("sourceIPAddress tells the family, or that AWS itself called") {
  struct Row {
    const char* text;
    Source source;
    const char* address;
  };
  const Row rows[] = {
      {"203.0.113.7", Source::ipv4, "203.0.113.7"},
      {"2001:DB8:0:0::1", Source::ipv6, "2001:db8::1"},
      {"[2001:db8::1]", Source::ipv6, "2001:db8::1"},
      {"::ffff:203.0.113.7", Source::ipv4, "203.0.113.7"},
      {"AWS Internal", Source::aws, ""},
      {"ecs-tasks.amazonaws.com", Source::aws, ""},
      {"lambda.amazonaws.com.cn", Source::aws, ""},
      {"prod.frontend.ecr.aws.internal", Source::aws, ""},
      {"HIDDEN_DUE_TO_SECURITY_REASONS", Source::unknown, ""},
      {"evil.example", Source::unknown, ""},
      {"x .amazonaws.com", Source::unknown, ""},
      {"", Source::unknown, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.text});
    const SourceFacts facts = source_of(row.text);
    CHECK(facts.source == row.source);
    CHECK((facts.address ? facts.address->to_string() : "") == row.address);
  }
}

TEST_CASE("the host header tells the kind of endpoint") {
  struct Row {
    const char* host;
    HostKind kind;
  };
  const Row rows[] = {
      {"api.ecr.us-west-2.amazonaws.com", HostKind::ipv4_only},
      {"ecr.us-west-2.amazonaws.com", HostKind::ipv4_only},
      {"123456789012.dkr.ecr.us-west-2.amazonaws.com", HostKind::ipv4_only},
      {"public.ecr.aws", HostKind::ipv4_only},
      {"ecr.us-west-2.api.aws", HostKind::dual_stack},
      {"123456789012.dkr-ecr.us-west-2.on.aws", HostKind::dual_stack},
      {"ecr-public.aws.com", HostKind::dual_stack},
      {"ecr.cn-north-1.api.amazonwebservices.com.cn", HostKind::dual_stack},
      {"api.ecr.us-west-2.api.aws", HostKind::wrong},
      {"vpce-0a1b2c3d-4e5f6a7b.api.ecr.us-west-2.vpce.amazonaws.com", HostKind::vpc_endpoint},
      {"ecr.us-west-2.api.aws.evil.example", HostKind::other},
      {"proxy.example", HostKind::other},
      {"", HostKind::not_recorded},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.host});
    CHECK(host_kind_of(row.host) == row.kind);
  }
}

TEST_CASE("an event says by which way it came") {
  struct Row {
    const char* source;
    const char* host;
    Way way;
  };
  const Row rows[] = {
      {"203.0.113.7", "api.ecr.us-west-2.amazonaws.com", Way::ipv4_only_name},
      {"HIDDEN_DUE_TO_SECURITY_REASONS", "api.ecr.us-west-2.amazonaws.com", Way::ipv4_only_name},
      {"203.0.113.7", "ECR.us-west-2.api.aws.:443", Way::dual_stack_name_over_ipv4},
      {"203.0.113.7", "", Way::other_name_over_ipv4},
      {"203.0.113.7", "proxy.example", Way::other_name_over_ipv4},
      {"2001:db8::1", "ecr.us-west-2.api.aws", Way::ipv6},
      {"2001:db8::1", "", Way::ipv6},
      {"AWS Internal", "api.ecr.us-west-2.amazonaws.com", Way::aws},
      {"", "", Way::unknown},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.source});
    CAPTURE(std::string{row.host});
    const auto event = read(with(std::string{R"(,"sourceIPAddress":")"} + row.source +
                                 R"(","tlsDetails":{"clientProvidedHostHeader":")" + row.host + "\"}"))
                           .event;
    REQUIRE(event);
    CHECK(event->way == row.way);
  }
}

TEST_CASE("the principal is the role behind a session, the user, or the best there is") {
  struct Row {
    const char* identity;
    const char* principal;
  };
  const Row rows[] = {
      {R"({"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/R/s","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::1:role/p/R"}}})",
       "arn:aws:iam::1:role/p/R"},
      {R"({"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/R/s"})", "arn:aws:sts::1:assumed-role/R"},
      {R"({"type":"IAMUser","arn":"arn:aws:iam::1:user/u","userName":"u"})", "arn:aws:iam::1:user/u"},
      {R"({"type":"AWSService","invokedBy":"ecs.amazonaws.com"})", "ecs.amazonaws.com"},
      {R"({"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"})", "anonymous"},
      {R"({"type":"AWSAccount","principalId":"AROAX:session","accountId":"1"})", "AROAX"},
      {R"({"type":"AWSAccount","accountId":"1"})", "account 1"},
      {R"({"type":"Unknown"})", "Unknown"},
      {R"({"arn":7,"sessionContext":"x"})", ""},
      {"null", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.identity});
    CHECK(principal(row.identity) == row.principal);
  }
}

TEST_CASE("a user agent becomes its client, whatever machine it ran on") {
  struct Row {
    const char* agent;
    const char* client;
  };
  const Row rows[] = {
      {R"(docker/24.0.7 go/go1.20.10 git-commit/311b9ff kernel/6.1 os/linux arch/amd64 UpstreamClient(Docker-Client/24.0.7 \(linux\)))",
       "docker/24.0.7"},
      {"aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64.debian.12 prompt/off command/ecr.get-login-password",
       "aws-cli/2.15.0"},
      {"aws-sdk-go/1.44.122 (go1.19.1; linux; amd64) amazon-ecr-credential-helper/0.6.0",
       "aws-sdk-go/1.44.122 amazon-ecr-credential-helper/0.6.0"},
      {"[S3Console/0.4]", "S3Console/0.4"},
      {"AWS Internal", "AWS Internal"},
      {"ecr.amazonaws.com", "ecr.amazonaws.com"},
      {"go", "go"},
      {"(only a comment", "(only a comment"},
      {"a/1 (open", "a/1"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.agent});
    CHECK(client_of(row.agent) == row.client);
  }
}

TEST_CASE("only calls of ECR and ECR Public are events, wherever they stand") {
  struct Row {
    const char* name;
    std::string text;
    const char* service;  ///< empty: no event
  };
  const std::string inner = R"({\"eventSource\":\"ecr.amazonaws.com\",\"eventName\":\"PutImage\"})";
  const Row rows[] = {
      {"ecr", R"({"eventSource":"ecr.amazonaws.com"})", "ecr"},
      {"ecr public", R"({"eventSource":"ecr-public.amazonaws.com"})", "ecr-public"},
      {"letters escaped", R"({"eventSource":"\u0065cr.amazonaws.com"})", "ecr"},
      {"key escaped", R"({"event\u0053ource":"\u0065cr.amazonaws.com"})", "ecr"},
      {"EventBridge", R"({"source":"aws.ecr","detail":{"eventSource":"ecr.amazonaws.com"}})", "ecr"},
      {"lookup-events", R"({"EventId":"1","CloudTrailEvent":")" + inner + "\"}", "ecr"},
      {"decrypt is not ecr", R"({"eventSource":"kms.amazonaws.com","eventName":"Decrypt"})", ""},
      {"ecr further in", R"({"eventSource":"iam.amazonaws.com","x":{"eventSource":"ecr.amazonaws.com"}})", ""},
      {"another service's prefix", R"({"eventSource":"ecrx.amazonaws.com"})", ""},
      {"no string", R"({"eventSource":["ecr.amazonaws.com"]})", ""},
      {"the last of repeated keys counts", R"({"eventSource":"ecr.amazonaws.com","eventSource":"s3.amazonaws.com"})",
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.name});
    const Reading reading = read(row.text);
    CHECK(reading.fault.empty());
    CHECK((reading.event ? reading.event->service : "") == row.service);
  }
}

TEST_CASE("the fields of an event, keys in any order, bytes as they are") {
  const auto event =
      read(
          "{\"awsRegion\":\"us-west-2\",\"errorCode\":\"AccessDeniedException\",\"eventName\":\"Batch\\u0047etImage\","
          "\"userAgent\":\"x\xff\\u0000y\",\"vpcEndpointId\":\"vpce-1\",\"eventTime\":\"2026-08-22 15:17:05.000\","
          "\"responseElements\":{\"eventName\":\"no\"},\"eventSource\":\"ecr.amazonaws.com\"}")
          .event;
  REQUIRE(event);
  CHECK(event->region == "us-west-2");
  CHECK(event->denied);
  CHECK(event->action == "BatchGetImage");
  CHECK(event->user_agent == "x\xff y");
  CHECK(event->vpc_endpoint == "vpce-1");
  CHECK(to_rfc3339(event->at.value()) == "2026-08-22T15:17:05Z");
}

TEST_CASE("ECR is found wherever it stands in the record") {
  for (std::size_t length = 0; length < 80; ++length) {
    CAPTURE(length);
    const std::string filler(length, 'x');
    CHECK(read(R"({"p":")" + filler + R"(","eventSource":"ecr.amazonaws.com","q":")" + filler + "\"}").event);
  }
}

TEST_CASE("huge texts are cut between characters") {
  const std::string huge(511, 'x');
  CHECK(read(with(R"(,"eventName":")" + huge + "\xc3\xa4\"")).event.value().action == huge);
}

TEST_CASE("a record that names ECR and is not JSON is a fault, others are not looked at") {
  CHECK(read(R"({"eventSource":"ecr.amazonaws.com",})").fault.starts_with("it is not JSON: "));
  CHECK(read(R"({"x":"\"ecr","CloudTrailEvent":"{"})").fault.starts_with("its CloudTrailEvent is not JSON: "));
  CHECK(read(R"({"eventSource":"s3.amazonaws.com",})").fault.empty());
}

TEST_CASE("one reader reads many records, also behind a broken one") {
  EventReader reader;
  CHECK(reader.read({R"({"eventSource":"ecr.amazonaws.com","awsRegion":"r1"})", 1, false}).event->region == "r1");
  CHECK_FALSE(reader.read({R"({"eventSource":"ecr.amazonaws.com","awsRegion":)", 1, false}).fault.empty());
  const Reading after = reader.read({R"({"eventSource":"ecr.amazonaws.com"})", 1, false});
  REQUIRE(after.event);
  CHECK(after.event->region.empty());
}
