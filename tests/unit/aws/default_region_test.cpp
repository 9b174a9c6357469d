#include "ecr6/aws/default_region.hpp"

#include <doctest/doctest.h>

#include <map>

#include "ecr6/aws/shared_config.hpp"

using namespace ecr6;
using namespace ecr6::aws;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

EnvironmentLookup lookup(Variables variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional{found->second};
  };
}

constexpr const char* config = R"(region = us-east-1
# a comment
[default]
region=us-west-2 ; the office
output = json

[ profile   team ]
s3 =
  region = ap-south-1
  addressing_style = path
Region = us-east-2
region = eu-west-1   # the last one wins

[profile quiet]
region =
[team]
region = sa-east-1
[broken
region = ca-west-1
)";

}  // namespace

TEST_CASE("the region comes from the environment, then from the profile") {
  struct Row {
    Variables variables;
    const char* region;
    const char* source;
  };
  const Row rows[] = {
      {{{"AWS_REGION", "eu-north-1"}, {"AWS_DEFAULT_REGION", "us-east-1"}}, "eu-north-1", "AWS_REGION"},
      {{{"AWS_REGION", ""}, {"AWS_DEFAULT_REGION", "us-east-1"}}, "us-east-1", "AWS_DEFAULT_REGION"},
      {{}, "us-west-2", "profile 'default' in /c"},
      {{{"AWS_PROFILE", "team"}}, "eu-west-1", "profile 'team' in /c"},
      {{{"AWS_PROFILE", "team"}, {"AWS_DEFAULT_PROFILE", "quiet"}}, "eu-west-1", "profile 'team' in /c"},
      {{{"AWS_PROFILE", ""}, {"AWS_DEFAULT_PROFILE", "team"}}, "eu-west-1", "profile 'team' in /c"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.source);
    const auto found = default_region(lookup(row.variables), {"/c", config});
    REQUIRE(found.has_value());
    CHECK(found->region == row.region);
    CHECK(found->source == row.source);
  }
}

TEST_CASE("without a region the problem says what to set") {
  struct Row {
    Variables variables;
    ConfigFile file;
    const char* says;
  };
  const Row rows[] = {
      {{}, {"/c", std::nullopt}, "there is no /c; name a region (ecr6 check us-west-2) or set AWS_REGION"},
      {{}, {"", std::nullopt}, "without HOME"},
      {{}, {"/c", "[profile x]\nregion = us-west-2\n"}, "profile 'default' in /c sets none"},
      {{{"AWS_PROFILE", "quiet"}}, {"/c", config}, "profile 'quiet' in /c sets none"},
      {{{"AWS_PROFILE", "other"}}, {"/c", config}, "the profile 'other' that the environment names is not in /c"},
      {{{"AWS_REGION", "us-wset-2x"}}, {"/c", config}, "the nearest one is 'us-west-2' (from AWS_REGION)"},
      {{{"AWS_REGION", "aws-global"}}, {"/c", config}, "pseudo-region"},
  };
  for (const Row& row : rows) {
    const auto found = default_region(lookup(row.variables), row.file);
    REQUIRE_FALSE(found.has_value());
    CAPTURE(found.error().sentence);
    CHECK(found.error().sentence.find(row.says) != std::string::npos);
  }
}

TEST_CASE("the config file's place follows AWS_CONFIG_FILE and HOME") {
  CHECK(config_path(lookup({{"HOME", "/home/u"}})) == "/home/u/.aws/config");
  CHECK(config_path(lookup({{"HOME", "/home/u"}, {"AWS_CONFIG_FILE", "/x"}})) == "/x");
  CHECK(config_path(lookup({{"HOME", "/home/u"}, {"AWS_CONFIG_FILE", "~/x"}})) == "/home/u/x");
  CHECK(config_path(lookup({})) == "");
}

TEST_CASE("a shared config keeps nested settings apart and lists the lines it cannot read") {
  const SharedConfig parsed = parse_shared_config(config);
  REQUIRE(parsed.sections.size() == 4);
  const ConfigSection& team = parsed.sections[1];
  CHECK(team.name == "profile team");
  CHECK(team.line == 7);
  REQUIRE(team.entries.size() == 3);
  REQUIRE(team.entries[0].nested.size() == 2);
  CHECK(team.entries[0].nested[0].key == "region");
  CHECK(team.entries[0].nested[0].line == 9);
  CHECK(parsed.unreadable == std::vector<std::size_t>{1, 18, 19});
  CHECK(parse_shared_config("").sections.empty());
  CHECK(profile_setting(parse_shared_config("\xef\xbb\xbf[default]\r\nregion = us-west-2\r\n"), "default", "region") ==
        "us-west-2");
  CHECK(profile_setting(parse_shared_config("[default]\nregion = a#b\n"), "default", "region") == "a#b");
  CHECK_FALSE(profile_setting(parse_shared_config("[default]\nregion = # none\n"), "default", "region"));
  CHECK(profile_setting(parse_shared_config("[default]\n  output = json\n  region = us-west-2\n"), "default",
                        "region") == "us-west-2");
  CHECK(profile_setting(parse_shared_config("[default]\nregion = a\n[profile default]\nregion = b\n"), "default",
                        "region") == "b");
}
