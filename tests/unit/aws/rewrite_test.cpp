#include "ecr6/aws/rewrite.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "ecr6/aws/rewrite_hints.hpp"

using namespace ecr6;
using namespace ecr6::aws;

namespace {

struct Outcome {
  std::string text;
  std::vector<Sighting> names;
};

Outcome rewritten(std::string_view text, std::size_t piece = 1 << 20) {
  Outcome outcome;
  Rewriter rewriter{[&](std::string_view part) { outcome.text += part; },
                    [&](const Sighting& name) { outcome.names.push_back(name); }};
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) rewriter.feed(text.substr(0, piece));
  rewriter.finish();
  return outcome;
}

const std::string old_name = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
const std::string new_name = "123456789012.dkr-ecr.us-west-2.on.aws";

/// Bits of real files, and what makes them hard.
const std::vector<std::string> bits{old_name,
                                    new_name,
                                    "public.ecr.aws",
                                    "api.ecr.us-east-1.amazonaws.com",
                                    "\n",
                                    "\r\n",
                                    " ",
                                    "\"",
                                    "/",
                                    "//",
                                    "https://",
                                    ":",
                                    "=",
                                    "@",
                                    ".",
                                    "-",
                                    "*",
                                    "$",
                                    "${A}",
                                    "{{ .x }}",
                                    "{{ end }}",
                                    "<a>",
                                    "%s",
                                    "$(B)",
                                    "ecr",
                                    ".dkr.ecr.",
                                    ".amazonaws.com",
                                    "${A}.dkr.ecr.${B}.amazonaws.com",
                                    "}",
                                    "{",
                                    ")",
                                    "(",
                                    "x",
                                    "\xC3\xA9",
                                    "\\n",
                                    "${A:-",
                                    "{{ default \"public.ecr.aws\" }}",
                                    "dkr.ecr",
                                    "\xEF\xBB\xBF",
                                    "aaaaaaaa"};

std::string random_text(std::mt19937& random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += bits[random() % bits.size()];
  return text;
}

}  // namespace

TEST_CASE("the host of an ECR name is replaced, and nothing around it") {
  struct Row {
    std::string before, after;
  };
  const Row rows[] = {
      {"FROM " + old_name + "/app:1.0 AS x\r\n", "FROM " + new_name + "/app:1.0 AS x\r\n"},
      {"image: '" + old_name + ":443/a@sha256:ab' # old", "image: '" + new_name + ":443/a@sha256:ab' # old"},
      {"\xEF\xBB\xBF" + old_name, "\xEF\xBB\xBF" + new_name},
      {"see " + old_name + ".", "see " + new_name + "."},
      {"docker://" + old_name + "/a oci://" + old_name, "docker://" + new_name + "/a oci://" + new_name},
      {R"("https:\/\/)" + old_name + R"(\/v2\/")", R"("https:\/\/)" + new_name + R"(\/v2\/")"},
      {R"("a\n)" + old_name + "\"", R"("a\n)" + new_name + "\""},
      {"${R:-" + old_name + "} ${R-" + old_name + "}/x", "${R:-" + new_name + "} ${R-" + new_name + "}/x"},
      {"AWS@" + old_name + ",(" + old_name + ")", "AWS@" + new_name + ",(" + new_name + ")"},
      {"123456789012.DKR.ECR-FIPS.us-gov-west-1.AMAZONAWS.com/A", "123456789012.dkr-ecr-fips.us-gov-west-1.on.aws/A"},
      {"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
       "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn"},
      {"https://api.ecr.eu-west-1.amazonaws.com/ ecr.eu-west-1.amazonaws.com",
       "https://ecr.eu-west-1.api.aws/ ecr.eu-west-1.api.aws"},
      {"ecr-fips.us-east-1.amazonaws.com", "ecr-fips.us-east-1.api.aws"},
      {"api.ecr-public.us-east-1.amazonaws.com", "ecr-public.us-east-1.api.aws"},
      {"public.ecr.aws/nginx:1", "ecr-public.aws.com/nginx:1"},
      {"{{ if .a }}" + old_name + "{{ else }}public.ecr.aws{{ end }}",
       "{{ if .a }}" + new_name + "{{ else }}ecr-public.aws.com{{ end }}"},
      {"<td>" + old_name + "</td>", "<td>" + new_name + "</td>"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.before);
    CHECK(rewritten(row.before).text == row.after);
  }
}

TEST_CASE("templates keep their pieces and get the suffix that is certain") {
  const std::pair<std::string, std::string> rows[] = {
      {"${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com", "${AWS_ACCOUNT_ID}.dkr-ecr.${AWS_REGION}.on.aws"},
      {"{{ .Values.account }}.dkr.ecr.{{ .Values.region }}.amazonaws.com/x",
       "{{ .Values.account }}.dkr-ecr.{{ .Values.region }}.on.aws/x"},
      {"!Sub ${AWS::AccountId}.dkr.ecr-fips.${AWS::Region}.amazonaws.com",
       "!Sub ${AWS::AccountId}.dkr-ecr-fips.${AWS::Region}.on.aws"},
      {"\"${var.x[\"a\"]}.dkr.ecr.us-east-1.amazonaws.com\"", "\"${var.x[\"a\"]}.dkr-ecr.us-east-1.on.aws\""},
      {"$A.dkr.ecr.$R.amazonaws.com", "$A.dkr-ecr.$R.on.aws"},
      {"$(A).dkr.ecr.$(R).amazonaws.com.cn/x", "$(A).dkr-ecr.$(R).on.amazonwebservices.com.cn/x"},
      {"f\"{a}.dkr.ecr.{r}.amazonaws.com\" \"%s.dkr.ecr.%s.amazonaws.com\"",
       "f\"{a}.dkr-ecr.{r}.on.aws\" \"%s.dkr-ecr.%s.on.aws\""},
      {"<account>.dkr.ecr.<region>.amazonaws.com", "<account>.dkr-ecr.<region>.on.aws"},
      {"https://api.ecr.${R}.amazonaws.com/", "https://ecr.${R}.api.aws/"},
      {"{{ .Values.ecr.id }}.dkr.ecr.{{ .r }}.amazonaws.com", "{{ .Values.ecr.id }}.dkr-ecr.{{ .r }}.on.aws"},
  };
  for (const auto& [before, after] : rows) {
    CAPTURE(before);
    CHECK(rewritten(before).text == after);
  }
}

TEST_CASE("what only looks like ECR, or is no host where it stands, is neither changed nor reported") {
  const std::string rows[] = {
      old_name + ".evil.example",
      "https://proxy.example/" + old_name + "/x",
      "https://proxy.example/https://" + old_name + "/x",
      "https://" + old_name + "@evil.example/",
      "https://" + old_name + ":x@evil.example/",
      "x" + old_name,
      "nginx:" + old_name,
      "123.dkr.ecr.us-west-2.amazonaws.com",
      "123456789012.dkr.ecr.nowhere.amazonaws.com",
      "vpce-1-2.dkr.ecr.us-east-1.vpce.amazonaws.com https://vpce-1-2.api.ecr.us-east-1.vpce.amazonaws.com",
      "${V}.api.ecr.${R}.vpce.amazonaws.com",
      "ecr.amazonaws.com gallery.ecr.aws my-public.ecr.aws",
      "com.amazonaws.us-east-1.ecr.dkr",
      new_name + " ecr.us-west-2.api.aws ${A}.dkr-ecr.${R}.on.aws ecr-public.aws.com",
      "\xC3\xA9" + old_name,
      "prod-us-east-1-starport-layer-bucket.s3.dualstack.us-east-1.amazonaws.com",
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    const Outcome outcome = rewritten(row);
    CHECK(outcome.text == row);
    CHECK(outcome.names.empty());
  }
}

TEST_CASE("what cannot be settled is reported with its place and left alone") {
  const std::pair<std::string, Fate> rows[] = {
      {"${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}", Fate::uncertain},
      {"{{ .a }}.dkr.ecr.{{ .r }}.{{ .suffix }}", Fate::uncertain},
      {"{{ .a }}.dkr.ecr.{{ .r }}.amazonaws.com{{ .cn }}", Fate::uncertain},
      {"*.dkr.ecr.*.amazonaws.com", Fate::pattern},
      {"123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", Fate::unconfirmed},
      {"api.ecr.us-iso-east-1.c2s.ic.gov", Fate::unconfirmed},
      {"${A}.dkr.ecr.${R}.amazonaws.eu", Fate::unconfirmed},
      {"api.ecr.us-east-1.api.aws", Fate::wrong},
      {"prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com", Fate::layers},
      {"prod-${R}-starport-layer-bucket", Fate::layers},
  };
  for (const auto& [name, fate] : rows) {
    CAPTURE(name);
    const std::string text = "one\r\n\n  \"" + name + "\"\n";
    const Outcome outcome = rewritten(text);
    CHECK(outcome.text == text);
    REQUIRE(outcome.names.size() == 1);
    CHECK(outcome.names[0].fate == fate);
    CHECK(name.starts_with(outcome.names[0].text));
    CHECK(outcome.names[0].line == 3);
    CHECK(outcome.names[0].column == 4);
    CHECK(!reason(fate).empty());
  }
  CHECK(rewritten("account + \".dkr.ecr.\" + region").names.at(0).fate == Fate::fragment);
}

TEST_CASE("keys of JSON objects and lines that log in are told apart") {
  const auto key = rewritten("{\"auths\": {\"https://" + old_name + "/v2/\" : {}}}");
  CHECK((key.names.at(0).is_key && !key.names.at(0).is_login));
  const auto login = rewritten("docker login -u AWS --password-stdin " + old_name);
  CHECK((login.names.at(0).is_login && !login.names.at(0).is_key));
  CHECK_FALSE(rewritten("{\"image\": \"" + old_name + "/a\"}").names.at(0).is_key);
}

TEST_CASE("places are counted through texts longer than any buffer") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += i % 7 == 0 ? "some secret line\n" : "another line that says nothing\r\n";
  text += "   " + old_name;
  const Outcome outcome = rewritten(text, 5000);
  REQUIRE(outcome.names.size() == 1);
  CHECK(outcome.names[0].line == 20'001);
  CHECK(outcome.names[0].column == 4);
  CHECK(outcome.names[0].offset == text.size() - old_name.size());
  CHECK(rewritten(std::string(3'000'000, 'x') + " " + old_name).names.at(0).column == 3'000'002);
}

TEST_CASE("running twice changes nothing, pieces of any size give the same, and only names differ") {
  std::mt19937 random{20'250'501};
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random, 1 + random() % 40);
    CAPTURE(text);
    const Outcome once = rewritten(text);
    CHECK(rewritten(once.text).text == once.text);
    CHECK(rewritten(text, 1 + random() % 50).text == once.text);
    std::string expected;
    std::size_t at = 0;
    for (const Sighting& name : once.names) {
      CHECK(text.substr(name.offset, name.text.size()) == name.text);
      if (name.fate != Fate::rewritten) continue;
      expected += text.substr(at, name.offset - at) + name.replacement;
      at = name.offset + name.text.size();
    }
    CHECK(once.text == expected + text.substr(at));
  }
}

TEST_CASE("a text longer than the buffers comes out the same in pieces of any size") {
  std::mt19937 random{6};
  const std::string text = random_text(random, 20'000);
  const Outcome once = rewritten(text);
  CHECK(once.names.size() > 100);
  for (const std::size_t piece : {1000U, 4097U, 70'000U}) {
    const Outcome other = rewritten(text, piece);
    CHECK(other.text == once.text);
    REQUIRE(other.names.size() == once.names.size());
    for (std::size_t i = 0; i < once.names.size(); ++i) CHECK(other.names[i].offset == once.names[i].offset);
  }
  CHECK(rewritten(once.text).text == once.text);
}

TEST_CASE("the diff has context, merges what is near and marks a missing line end") {
  CHECK(unified_diff("f", "a\n", "a\n") == "");
  CHECK(unified_diff("f", "1\n2\n3\n4\n5\n6\nx", "1\n2\n3\n4\n5\n6\ny") ==
        "--- f\n+++ f\n@@ -4,4 +4,4 @@\n 4\n 5\n 6\n-x\n\\ No newline at end of file\n+y\n"
        "\\ No newline at end of file\n");
}

TEST_CASE("clients that lack dual-stack names and source filters are found with their line") {
  const auto hints = rewrite_hints("a\n- uses: aws-actions/amazon-ecr-login@v2\n\"AWS:SourceIp\": []\n");
  REQUIRE(hints.size() == 2);
  CHECK((hints[0].id == "client" && hints[0].line == 2));
  CHECK((hints[1].id == "source-ip" && hints[1].line == 3));
  CHECK(rewrite_hints("nothing of interest").empty());
}
