#include "ecr6/clients/ini.hpp"

#include <doctest/doctest.h>

using namespace ecr6::clients;

namespace {

std::string value(std::string_view text, IniDialect dialect, std::string_view key = "use_dualstack_endpoint") {
  const IniFile file = read_ini(text, dialect);
  if (file.problem) return "refused in line " + std::to_string(file.problem->line);
  for (const IniSection& section : file.sections)
    if (const IniEntry* const entry = find(section.entries, key)) return entry->value;
  return "absent";
}

struct Row {
  const char* name;
  const char* text;
  const char* botocore;
  const char* go;
  const char* javascript;
};

}  // namespace

TEST_CASE("one line of ~/.aws/config means what the SDK makes of it") {
  const Row rows[] = {
      {"plain", "[default]\nuse_dualstack_endpoint = true\n", "true", "true", "true"},
      {"carriage returns", "[default]\r\nuse_dualstack_endpoint = true\r\n", "true", "true", "true"},
      {"comment behind it", "[default]\nuse_dualstack_endpoint = true # on\n", "true # on", "true", "true"},
      {"comment without a blank", "[default]\nuse_dualstack_endpoint = true#on\n", "true#on", "true", "true#on"},
      {"colon", "[default]\nuse_dualstack_endpoint: true\n", "true", "true", "absent"},
      {"upper-case key", "[default]\nUSE_DUALSTACK_ENDPOINT = true\n", "true", "true", "absent"},
      {"quotes", "[default]\nuse_dualstack_endpoint = \"true\"\n", "\"true\"", "true", "\"true\""},
      {"repeated key", "[default]\nuse_dualstack_endpoint = true\nuse_dualstack_endpoint = false\n",
       "refused in line 3", "false", "false"},
      {"repeated section", "[default]\nuse_dualstack_endpoint = true\n[default]\n", "refused in line 3", "true",
       "true"},
      {"no sign", "[default]\nuse_dualstack_endpoint = true\nnonsense\n", "refused in line 3", "refused in line 3",
       "true"},
      {"line before the header", "x = y\n[default]\nuse_dualstack_endpoint = true\n", "refused in line 1", "true",
       "true"},
      {"indented below a value", "[default]\nx = y\n  use_dualstack_endpoint = true\n", "absent", "absent", "true"},
      {"indented first key", "[default]\n  use_dualstack_endpoint = true\n", "true", "absent", "true"},
      {"nested", "[default]\necr =\n  use_dualstack_endpoint = true\n", "absent", "absent", "absent"},
      {"behind a nested block", "[default]\necr =\n  x = y\nuse_dualstack_endpoint = true\n", "true", "true", "true"},
      {"empty file", "", "absent", "absent", "absent"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(value(row.text, IniDialect::botocore) == row.botocore);
    CHECK(value(row.text, IniDialect::go) == row.go);
    CHECK(value(row.text, IniDialect::javascript) == row.javascript);
  }
}

TEST_CASE("nested keys keep their lines") {
  for (const IniDialect dialect : {IniDialect::botocore, IniDialect::go, IniDialect::javascript}) {
    const IniFile file = read_ini(
        "[services x]\necr =\n  endpoint_url = https://a\n  use_fips_endpoint = true\ns3 =\n  b = c\n", dialect);
    REQUIRE(file.sections.size() == 1);
    CHECK(file.sections[0].name == "services x");
    const IniEntry* const ecr = find(file.sections[0].entries, "ecr");
    REQUIRE(ecr != nullptr);
    CHECK(ecr->line == 2);
    REQUIRE(ecr->nested.size() == 2);
    CHECK(ecr->nested[0] == IniEntry{"endpoint_url", "https://a", 3, {}});
    CHECK(ecr->nested[1].line == 4);
  }
}

TEST_CASE("secrets are not kept, not even behind a key that is") {
  const char* const text =
      "[default]\naws_secret_access_key = SECRET\nuse_dualstack_endpoint = true\n  aws_session_token = SECRET\n";
  for (const IniDialect dialect : {IniDialect::botocore, IniDialect::go, IniDialect::javascript})
    for (const IniSection& section : read_ini(text, dialect).sections)
      for (const IniEntry& entry : section.entries) {
        CAPTURE(entry.key);
        CHECK(entry.value.find("SECRET") == std::string::npos);
      }
}

TEST_CASE("a file with too many lines is refused, whoever reads it") {
  CHECK(read_ini(std::string(200'000, '\n'), IniDialect::javascript).problem.has_value());
}
