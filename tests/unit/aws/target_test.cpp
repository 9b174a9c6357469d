#include "ecr6/aws/target.hpp"

#include <doctest/doctest.h>

#include "ecr6/aws/host_port.hpp"

using namespace ecr6;
using namespace ecr6::aws;

TEST_CASE("a region is a target, listed or not, in any case, with or without an account") {
  struct Row {
    const char* text;
    const char* region;
    const char* account;
  };
  for (const auto& [text, region, account] :
       {Row{"us-west-2", "us-west-2", ""}, Row{"US-West-2", "us-west-2", ""}, Row{"us-south-9", "us-south-9", ""},
        Row{"cn-north-1", "cn-north-1", ""}, Row{"210987654321@us-gov-east-1", "us-gov-east-1", "210987654321"}}) {
    CAPTURE(text);
    const auto target = parse_target(text);
    REQUIRE(target.has_value());
    const auto* parsed = std::get_if<RegionTarget>(&*target);
    REQUIRE(parsed);
    CHECK(parsed->region == region);
    CHECK(parsed->account.value_or("") == account);
  }
}

TEST_CASE("the host of a target is cut out before it is matched") {
  struct Row {
    const char* text;
    const char* host;
    int port;
    bool is_ecr;
  };
  const Row rows[] = {
      {"123456789012.dkr.ecr.us-west-2.amazonaws.com", "123456789012.dkr.ecr.us-west-2.amazonaws.com", 0, true},
      {"123456789012.dkr-ecr.us-west-2.on.aws/team/sub/app:1.2-rc@sha256:"
       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
       "123456789012.dkr-ecr.us-west-2.on.aws", 0, true},
      {"123456789012.DKR-ECR.us-west-2.on.aws.:443/app:latest", "123456789012.dkr-ecr.us-west-2.on.aws", 443, true},
      {"docker://public.ecr.aws/docker/library/alpine:3.19", "public.ecr.aws", 0, true},
      {"https://user:secret@ecr.us-west-2.api.aws:8443/a/b?c=d#e", "ecr.us-west-2.api.aws", 8443, true},
      {"HTTPS://[2001:DB8::1]:8443/v2/", "2001:db8::1", 8443, false},
      {"https://ecr.us-west-2.api.aws?x=/@evil.example", "ecr.us-west-2.api.aws", 0, true},
      {"https://ecr.us-west-2.api.aws@evil.example/", "evil.example", 0, false},
      {"123456789012.dkr.ecr.us-west-2.amazonaws.com.evil.example/r",
       "123456789012.dkr.ecr.us-west-2.amazonaws.com.evil.example", 0, false},
      {"evil.example/x.dkr.ecr.us-west-2.amazonaws.com/r", "evil.example", 0, false},
      {"registry.example:5000/app", "registry.example", 5000, false},
      {"localhost", "localhost", 0, false},
      {"localhost:5000", "localhost", 5000, false},
      {"mirror:5000/app", "mirror", 5000, false},
      {"192.0.2.1", "192.0.2.1", 0, false},
      {"192.0.2.1:8443", "192.0.2.1", 8443, false},
      {"2001:db8:0:0::1", "2001:db8::1", 0, false},
      {"[2001:db8::1]", "2001:db8::1", 0, false},
      {"[2001:db8::1]:5000/app", "2001:db8::1", 5000, false},
      {"api.ecr.us-west-2.api.aws", "api.ecr.us-west-2.api.aws", 0, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto target = parse_target(row.text);
    REQUIRE(target.has_value());
    const auto* parsed = std::get_if<HostTarget>(&*target);
    REQUIRE(parsed);
    CHECK(parsed->host == row.host);
    CHECK(parsed->port.value_or(0) == row.port);
    CHECK(parsed->name.has_value() == row.is_ecr);
  }
}

TEST_CASE("public and all are words of their own") {
  CHECK(std::holds_alternative<PublicTarget>(*parse_target("public")));
  CHECK(std::holds_alternative<AllTarget>(*parse_target("ALL")));
}

TEST_CASE("a target that cannot be read is explained in one sentence") {
  struct Row {
    std::string text;
    const char* says;
  };
  const Row rows[] = {
      {"", "a target is empty"},
      {"us-wset-2x", "'us-wset-2x' is not an AWS region; the nearest one is 'us-west-2'"},
      {"uswest2", "the nearest one is 'us-west-2'"},
      {"us-west-2a", "did you mean 'us-west-2'?"},
      {"eu-cental1", "the nearest one is 'eu-central-1'"},
      {"aws-global", "pseudo-region"},
      {"aws-cn-global", "such as 'cn-north-1'"},
      {"myserver", "a host of one label is written with its port"},
      {"123456789012", "write 123456789012@REGION"},
      {"12345@us-west-2", "'12345' is not an AWS account number"},
      {"1234-5678-9012@us-west-2", "12 digits"},
      {"123456789012@us-wset-2x", "the nearest one is 'us-west-2'"},
      {"1234.dkr.ecr.us-west-2.amazonaws.com", "'1234' is not an AWS account number"},
      {"123456789012.dkr.ecr.us-wset-2x.amazonaws.com/app", "the nearest one is 'us-west-2'"},
      {"ecr.uswest2.api.aws", "the nearest one is 'us-west-2'"},
      {"ecr.aws-global.api.aws", "pseudo-region"},
      {"registry.example:0", "'0' is not a port"},
      {"registry.example:65536/app", "'65536' is not a port"},
      {"registry.example:+80", "'+80' is not a port"},
      {"registry.example:latest", "'latest' is not a port"},
      {"https://registry.example:/", "'' is not a port"},
      {"[2001:db8::1", "not an IPv6 address in brackets"},
      {"[192.0.2.1]", "not an IPv6 address in brackets"},
      {"[2001:db8::1]443", "is not a port"},
      {"2001:db8::zz", "more than one colon"},
      {"2001:db8::/32", "is a block of addresses"},
      {"300.1.2.3", "neither a host name nor an IPv4 address"},
      {"a..example", "is not a host name"},
      {"-a.example", "is not a host name"},
      {std::string(64, 'a') + ".example", "is not a host name"},
      {"library/alpine", "names no registry host"},
      {"registry.example/App", "'App' is not an image repository"},
      {"registry.example/app:-x", "'-x' is not an image tag"},
      {"registry.example/app@sha256:12", "is not an image digest"},
      {"registry.example/a//b", "is not an image repository"},
      {"user@registry.example/app", "no user name"},
      {"user:pw@registry.example", "ACCOUNT@REGION"},
      {"http://ecr.us-west-2.api.aws", "https://"},
      {"ftp://ecr.us-west-2.api.aws", "https://"},
      {"https://", "names no host"},
      {"https:///x", "names no host"},
      {"https://evil.example\\@ecr.us-west-2.api.aws/", "backslash"},
      {"us-west-2 ", "white space"},
      {"us-west-2\x1b[31m", "control"},
      {"\xc3\xa9"
       "cr.example",
       "non-ASCII"},
      {std::string(4000, 'a'), "4000 bytes is too long"},
  };
  for (const auto& [text, says] : rows) {
    CAPTURE(text);
    const auto target = parse_target(text);
    REQUIRE_FALSE(target.has_value());
    CAPTURE(target.error().sentence);
    CHECK(target.error().sentence.find(says) != std::string::npos);
  }
}

TEST_CASE("what may be a password is never quoted") {
  for (const char* text : {"https://user:secret@bad..example/", "user:secret@registry.example",
                           "http://u:secret@h.example", "https://u:secret\\@h.example/", "u:secret@h.example/app"}) {
    CAPTURE(text);
    const auto target = parse_target(text);
    REQUIRE_FALSE(target.has_value());
    CHECK(target.error().sentence.find("secret") == std::string::npos);
  }
}
