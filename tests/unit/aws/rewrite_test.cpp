#include "ecr6/aws/rewrite.hpp"

#include <doctest/doctest.h>

#include "ecr6/aws/rewrite_hints.hpp"
#include "rewriting.hpp"

using namespace ecr6;
using namespace ecr6::aws;
using samples::new_name;
using samples::old_name;
using samples::Outcome;
using samples::rewritten;

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
      {"u=https%3A%2F%2F" + old_name + "%2Fapp%3A1", "u=https%3A%2F%2F" + new_name + "%2Fapp%3A1"},
      {"q=%22" + old_name + "%22 x%20public.ecr.aws%2C", "q=%22" + new_name + "%22 x%20ecr-public.aws.com%2C"},
      {"${R:+" + old_name + "}", "${R:+" + new_name + "}"},
      {"\xE9\x95\x9C\xE5\x83\x8F\xEF\xBC\x9A" + old_name + "\xEF\xBC\x8C",
       "\xE9\x95\x9C\xE5\x83\x8F\xEF\xBC\x9A" + new_name + "\xEF\xBC\x8C"},
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
      {"$ECR_ID.dkr.ecr.$ECR_REGION.amazonaws.com", "$ECR_ID.dkr-ecr.$ECR_REGION.on.aws"},
      {"\"$env:ECR_ID.dkr.ecr.$env:REGION.amazonaws.com\"", "\"$env:ECR_ID.dkr-ecr.$env:REGION.on.aws\""},
      {"\"$1.dkr.ecr.$2.amazonaws.com\"", "\"$1.dkr-ecr.$2.on.aws\""},
      {"<%= a %>.dkr.ecr.<%= r %>.amazonaws.com", "<%= a %>.dkr-ecr.<%= r %>.on.aws"},
      {"aws_account_id.dkr.ecr.region.amazonaws.com", "aws_account_id.dkr-ecr.region.on.aws"},
      {"123456789012.dkr.ecr.__REGION__.amazonaws.com", "123456789012.dkr-ecr.__REGION__.on.aws"},
      {"https://api.ecr.region.amazonaws.com", "https://ecr.region.api.aws"},
      {"https%3A%2F%2F${A}.dkr.ecr.${R}.amazonaws.com%2Fapp", "https%3A%2F%2F${A}.dkr-ecr.${R}.on.aws%2Fapp"},
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
      "x%2Fpublic.ecr.aws%2Fx %2Fpublic.ecr.aws https%3A%2F%2F" + old_name + "%40evil.example",
      "account.dkr.ecr.region.example.com dkrx, ecr, the dkr, or ecr of it",
      "$1" + old_name,
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
      {"{a}.dkr.ecr.{r}.amazonaws.com{'.cn' if cn else ''}", Fate::uncertain},
      {R"(dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com)", Fate::pattern},
      {R"(dkr\\.ecr(-fips)?\\.)", Fate::pattern},
      {"dkr[.]ecr[.]", Fate::pattern},
      {R"(public\.ecr\.aws)", Fate::pattern},
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
}

TEST_CASE("pieces of a name that a program puts together are reported, quoted or not") {
  const std::pair<std::string, std::string> rows[] = {
      {"account + \".dkr.ecr.\" + region", ".dkr.ecr."},
      {"!Join ['.', [!Ref A, dkr.ecr, !Ref R, amazonaws.com]]", "dkr.ecr"},
      {"Fn::Join:\n- .\n- - !Ref A\n  - dkr.ecr\n  - !Ref R\n", "dkr.ecr"},
      {"join(\".\", [a, \"dkr\", \"ecr\", r, \"amazonaws.com\"])", "ecr"},
      {"`id`.dkr.ecr.us-east-1.amazonaws.com", ".dkr.ecr.us-east-1.amazonaws.com"},
      {"@ACC@.dkr.ecr.@R@.amazonaws.com", ".dkr.ecr."},
      {"lookup('id').dkr.ecr.us-east-1.amazonaws.com", ".dkr.ecr.us-east-1.amazonaws.com"},
  };
  for (const auto& [text, piece] : rows) {
    CAPTURE(text);
    const Outcome outcome = rewritten(text);
    CHECK(outcome.text == text);
    REQUIRE(outcome.names.size() == 1);
    CHECK(outcome.names[0].fate == Fate::fragment);
    CHECK(outcome.names[0].text == piece);
  }
  CHECK(rewritten("NO_PROXY=x,.dkr.ecr.us-east-1.amazonaws.com").names.at(0).fate == Fate::pattern);
}

TEST_CASE("keys of JSON objects and lines that log in are told apart") {
  const auto key = rewritten("{\"auths\": {\"https://" + old_name + "/v2/\" : {}}}");
  CHECK((key.names.at(0).is_key && !key.names.at(0).is_login));
  const auto login = rewritten("docker login -u AWS --password-stdin " + old_name);
  CHECK((login.names.at(0).is_login && !login.names.at(0).is_key));
  CHECK_FALSE(rewritten("{\"image\": \"" + old_name + "/a\"}").names.at(0).is_key);
}

TEST_CASE("clients that lack dual-stack names and source filters are found with their line") {
  const auto hints = rewrite_hints("a\n- uses: aws-actions/amazon-ecr-login@v2\n\"AWS:SourceIp\": []\n");
  REQUIRE(hints.size() == 2);
  CHECK((hints[0].id == "client" && hints[0].line == 2));
  CHECK((hints[1].id == "source-ip" && hints[1].line == 3));
  CHECK(rewrite_hints("nothing of interest").empty());
}
