#include "ecr6/clients/resolve.hpp"

#include <doctest/doctest.h>

#include "clients/fixes.hpp"
#include "clients/rules.hpp"
#include "ecr6/clients/url.hpp"

using namespace ecr6::clients;

namespace {

Environment environment_of(const std::vector<std::pair<std::string, std::string>>& variables) {
  Environment environment;
  for (const auto& [name, value] : variables) environment.set({name, value, "environment"});
  return environment;
}

/// The host, or the word of the refusal.
std::string outcome(Sdk sdk, const std::string& config, const Environment& environment = {},
                    Service service = Service::ecr, const std::string& credentials = {}) {
  const AwsFiles files{{"/c", config}, {"/s", credentials}};
  const ClientEndpoint endpoint = resolve(environment, read_shared_config(files, sdk), "default", service);
  return endpoint.host ? *endpoint.host : std::string{to_string(endpoint.error->refusal)};
}

const std::string west = "[default]\nregion = us-west-2\n";
const std::string plain = "api.ecr.us-west-2.amazonaws.com";
const std::string dual = "ecr.us-west-2.api.aws";

}  // namespace

TEST_CASE("the documented nested key changes nothing, the top-level key does") {
  for (const Sdk sdk : all_sdks) {
    CHECK(outcome(sdk, west + "ecr =\n  use_dualstack_endpoint = true\n") == plain);
    CHECK(outcome(sdk, west + "services = x\n[services x]\necr =\n  use_dualstack_endpoint = true\n") == plain);
    CHECK(outcome(sdk, west + "use_dualstack_endpoint = true\n") == dual);
  }
}

TEST_CASE("a region that cannot be part of a host name stops every client, a strange one does not") {
  for (const Sdk sdk : all_sdks) {
    for (const char* bad : {"us west 2", "us-west-2/x", "us.west", "-us", "us-", "us_west_2"})
      CHECK(outcome(sdk, std::string{"[default]\nregion = "} + bad + "\n") == "region");
    CHECK(outcome(sdk, "[default]\nregion = nowhere-1\n") == "api.ecr.nowhere-1.amazonaws.com");
  }
}

TEST_CASE("text that is not UTF-8 stops Python alone") {
  const std::string config = west + "note = \xff\n";
  CHECK(outcome(Sdk::botocore, config) == "file");
  CHECK(outcome(Sdk::go_v2, config) == plain);
  CHECK(outcome(Sdk::js_v3, config) == plain);
  CHECK(outcome(Sdk::botocore, west + "note = \xc3\xa9\n") == plain);
}

TEST_CASE("a variable that is set and empty is a profile without a name to Python, and nothing to the others") {
  const Environment empty = environment_of({{"AWS_PROFILE", ""}});
  CHECK(active_profile(empty, Sdk::aws_cli_v2) == "");
  CHECK(active_profile(empty, Sdk::botocore) == "");
  CHECK(active_profile(empty, Sdk::go_v2) == "default");
  CHECK(active_profile(empty, Sdk::js_v3) == "default");
  for (const Sdk sdk : all_sdks) CHECK(active_profile({}, sdk) == "default");
}

TEST_CASE("a word for the shell is one word") {
  CHECK(shell_quoted("dev") == "'dev'");
  CHECK(shell_quoted("it's; x") == "'it'\\''s; x'");
  CHECK(shell_quoted("") == "''");
}

TEST_CASE("a URL that may be cut in the middle of a password is none") {
  for (const char* bad : {"http://u:a/b@h:1", "http://u:1/b@h", "http://u:1?b@h", "http://u:1#b@h", "http://h:port/"})
    CHECK(without_secrets(bad) == "(not a URL)");
  CHECK(without_secrets("http://u:p@ss@h:1/x?y#z") == "http://h:1/x");
  CHECK(without_secrets("u:p@h:3128") == "h:3128");
}

TEST_CASE("booleans: what each SDK takes for true") {
  struct Row {
    const char* text;
    bool python, go, javascript;
  };
  const Row rows[] = {{"true", true, true, true},
                      {"True", true, true, false},
                      {"1", false, false, false},
                      {"yes", false, false, false},
                      {"false", false, false, false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string config = west + "use_dualstack_endpoint = " + row.text + "\n";
    CHECK(outcome(Sdk::aws_cli_v2, config) == (row.python ? dual : plain));
    CHECK(outcome(Sdk::botocore, config) == (row.python ? dual : plain));
    CHECK(outcome(Sdk::go_v2, config) == (row.go ? dual : plain));
    CHECK(outcome(Sdk::js_v3, config) == (row.javascript ? dual : plain));
  }
}

TEST_CASE("the environment beats the file; a bad word there stops Go and sends JavaScript on") {
  const std::string config = west + "use_dualstack_endpoint = true\n";
  for (const Sdk sdk : all_sdks)
    CHECK(outcome(sdk, config, environment_of({{"AWS_USE_DUALSTACK_ENDPOINT", "false"}})) == plain);
  const Environment yes = environment_of({{"AWS_USE_DUALSTACK_ENDPOINT", "yes"}});
  CHECK(outcome(Sdk::aws_cli_v2, config, yes) == plain);
  CHECK(outcome(Sdk::go_v2, config, yes) == "boolean");
  CHECK(outcome(Sdk::js_v3, config, yes) == dual);
  const Environment empty = environment_of({{"AWS_USE_DUALSTACK_ENDPOINT", ""}});
  CHECK(outcome(Sdk::botocore, config, empty) == plain);
  CHECK(outcome(Sdk::go_v2, config, empty) == dual);
}

TEST_CASE("the region comes from other variables for other SDKs") {
  const Environment region = environment_of({{"AWS_REGION", "eu-west-1"}});
  const Environment fallback = environment_of({{"AWS_DEFAULT_REGION", "eu-west-1"}});
  const std::string there = "api.ecr.eu-west-1.amazonaws.com";
  CHECK(outcome(Sdk::aws_cli_v2, west, region) == there);
  CHECK(outcome(Sdk::botocore, west, region) == plain);
  CHECK(outcome(Sdk::go_v2, west, region) == there);
  CHECK(outcome(Sdk::js_v3, west, region) == there);
  CHECK(outcome(Sdk::botocore, west, fallback) == there);
  CHECK(outcome(Sdk::js_v3, west, fallback) == plain);
  for (const Sdk sdk : all_sdks) CHECK(outcome(sdk, "") == "region");
}

TEST_CASE("endpoint URLs: service variable, general variable, services section, profile") {
  const std::string config = west + "endpoint_url = https://d.example\nservices = x\n[services x]\n" +
                             "ecr =\n  endpoint_url = https://c.example\n";
  for (const Sdk sdk : all_sdks) {
    CHECK(outcome(sdk, config,
                  environment_of({{"AWS_ENDPOINT_URL_ECR", "https://a.example"},
                                  {"AWS_ENDPOINT_URL", "https://b.example"}})) == "a.example");
    CHECK(outcome(sdk, config, environment_of({{"AWS_ENDPOINT_URL", "https://b.example"}})) == "b.example");
    CHECK(outcome(sdk, config) == "c.example");
    CHECK(outcome(sdk, config, {}, Service::ecr_public) == "d.example");
    CHECK(outcome(sdk, config, environment_of({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}})) == plain);
    CHECK(outcome(sdk, west + "ecr =\n  endpoint_url = https://nested.example\n") == plain);
  }
}

TEST_CASE("a URL with a switch: dropped by Python, refused by Go and JavaScript") {
  const std::string config = west + "endpoint_url = https://d.example\nuse_dualstack_endpoint = true\n";
  CHECK(outcome(Sdk::aws_cli_v2, config) == "d.example");
  CHECK(outcome(Sdk::botocore, config) == "d.example");
  CHECK(outcome(Sdk::go_v2, config) == "url_clash");
  CHECK(outcome(Sdk::js_v3, config) == "url_clash");
}

TEST_CASE("a services section that is missing stops Python alone") {
  const std::string config = west + "services = nowhere\nendpoint_url = https://d.example\n";
  CHECK(outcome(Sdk::aws_cli_v2, config) == "services");
  CHECK(outcome(Sdk::go_v2, config) == "d.example");
  CHECK(outcome(Sdk::js_v3, config) == plain);
}

TEST_CASE("which file wins, and which [default]") {
  const std::string credentials = "[default]\nregion = eu-west-1\nuse_dualstack_endpoint = true\n";
  const std::string config = west + "use_dualstack_endpoint = false\n";
  CHECK(outcome(Sdk::botocore, config, {}, Service::ecr, credentials) == "ecr.eu-west-1.api.aws");
  CHECK(outcome(Sdk::go_v2, config, {}, Service::ecr, credentials) == "ecr.eu-west-1.api.aws");
  CHECK(outcome(Sdk::js_v3, config, {}, Service::ecr, credentials) == "api.ecr.eu-west-1.amazonaws.com");
  const std::string twice = "[profile default]\nregion = us-west-2\n[default]\nregion = eu-west-1\n";
  CHECK(outcome(Sdk::aws_cli_v2, twice) == "api.ecr.eu-west-1.amazonaws.com");
  CHECK(outcome(Sdk::go_v2, twice) == plain);
  CHECK(outcome(Sdk::js_v3, twice) == plain);
}

TEST_CASE("the rule set's names, by era") {
  Settings settings;
  settings.region = "us-east-1";
  settings.fips.on = true;
  CHECK(rule_set_host(settings, Service::ecr, Era::current) == "api.ecr-fips.us-east-1.amazonaws.com");
  CHECK(rule_set_host(settings, Service::ecr, Era::before_fips_link) == "ecr-fips.us-east-1.amazonaws.com");
  settings.dual_stack.on = true;
  CHECK(rule_set_host(settings, Service::ecr, Era::current) == "ecr-fips.us-east-1.api.aws");
  CHECK(rule_set_host(settings, Service::ecr, Era::before_dual_ecr) == "api.ecr-fips.us-east-1.api.aws");
  CHECK(rule_set_host(settings, Service::ecr_public, Era::current) == "api.ecr-public-fips.us-east-1.api.aws");
  settings.fips.on = false;
  CHECK(rule_set_host(settings, Service::ecr_public, Era::current) == "ecr-public.us-east-1.api.aws");
  settings.region = "eu-isoe-west-1";
  CHECK(rule_set_host(settings, Service::ecr, Era::current) == "ecr.eu-isoe-west-1.api.cloud-aws.adc-e.uk");
  CHECK(rule_set_host(settings, Service::ecr, Era::before_fips_link) ==
        "api.ecr.eu-isoe-west-1.api.cloud-aws.adc-e.uk");
}

TEST_CASE("NO_PROXY, image globs, and what is printed of a URL") {
  CHECK(bypasses_proxy("localhost, .amazonaws.com", "api.ecr.us-west-2.amazonaws.com"));
  CHECK_FALSE(bypasses_proxy(".amazonaws.com", "ecr.us-west-2.api.aws"));
  CHECK_FALSE(bypasses_proxy(".amazonaws.com", "amazonaws.com"));
  CHECK(bypasses_proxy("api.aws", "ecr.us-west-2.api.aws"));
  CHECK_FALSE(bypasses_proxy("api.aws", "notapi.aws"));
  CHECK(bypasses_proxy("*", "x"));
  CHECK_FALSE(bypasses_proxy("", "x"));
  CHECK(matches_image_glob("*.dkr-ecr.*.on.aws", "123456789012.dkr-ecr.us-west-2.on.aws"));
  CHECK_FALSE(matches_image_glob("*.dkr.ecr.*.amazonaws.com", "123456789012.dkr-ecr.us-west-2.on.aws"));
  CHECK_FALSE(matches_image_glob("*.aws", "123456789012.dkr-ecr.us-west-2.on.aws"));
  CHECK(without_secrets("https://me:pw@host.example:8443/x?token=y#z") == "https://host.example:8443/x");
  CHECK(without_secrets("http://me:p@ss@[2001:db8::1]:3128") == "http://[2001:db8::1]:3128");
}
