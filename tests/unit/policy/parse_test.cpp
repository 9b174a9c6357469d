#include <doctest/doctest.h>

#include "ecr6/policy/document.hpp"
#include "sample.hpp"

using namespace ecr6::policy;
using samples::document;
using samples::read;

namespace {

const std::string bare = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]})";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

/// What is wrong with a document, and where: "LINE:COLUMN message"; empty when nothing is.
std::string first_problem(const std::string& text) {
  const Contents contents = read(text);
  const auto& problems = contents.problems.empty() ? contents.documents.front().problems : contents.problems;
  return problems.empty() ? "" : to_text(problems.front().place) + " " + problems.front().message;
}

}  // namespace

TEST_CASE("a policy is found in every form that people have it in") {
  struct Row {
    const char* name;
    std::string text;
    PolicyType type;
  };
  const std::string repository = R"({"Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:*"}]})";
  const Row rows[] = {
      {"bare", bare, PolicyType::identity},
      {"byte order mark and CRLF", "\xef\xbb\xbf\r\n" + bare + "\r\n", PolicyType::identity},
      {"statement object", R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", PolicyType::identity},
      {"no resource", R"({"Statement":{"Effect":"Allow","Action":"ecr:*"}})", PolicyType::resource},
      {"with principal", repository, PolicyType::resource},
      {"get-repository-policy",
       R"({"registryId":"1","repositoryName":"r","policyText":")" + escaped(repository) + "\"}", PolicyType::resource},
      {"get-registry-policy", R"({"registryId":"1","policyText":")" + escaped(repository) + "\"}",
       PolicyType::registry},
      {"get-policy-version", R"({"PolicyVersion":{"Document":)" + bare + R"(,"VersionId":"v1"}})",
       PolicyType::identity},
      {"get-role-policy", R"({"RoleName":"r","PolicyDocument":)" + bare + "}", PolicyType::identity},
      {"describe-vpc-endpoints",
       R"({"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PolicyDocument":")" + escaped(repository) + "\"}]}",
       PolicyType::endpoint},
      {"describe-policy", R"({"Policy":{"PolicySummary":{},"Content":")" + escaped(bare) + "\"}}", PolicyType::scp},
      {"registry by its action",
       R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:ReplicateImage","Resource":"*"}})",
       PolicyType::registry},
      {"one JSON string", "\"" + escaped(bare) + "\"", PolicyType::identity},
      {"percent-encoded",
       "%7B%22Statement%22%3A%7B%22Effect%22:%22Allow%22,%22Action%22:%22ecr:*%22,%22Resource%22:%22*%22%7D%7D",
       PolicyType::identity},
      {"percent-encoded in JSON",
       R"({"PolicyDocument":"%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D"})",
       PolicyType::identity},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Contents contents = read(row.text);
    CHECK(contents.problems.empty());
    REQUIRE(contents.documents.size() == 1);
    CHECK(contents.documents[0].problems.empty());
    CHECK(contents.documents[0].statements.size() == 1);
    CHECK(to_string(contents.documents[0].type) == to_string(row.type));
  }
}

TEST_CASE("several documents in one file are all read, one after the other and line by line") {
  CHECK(read(bare + bare + "\n\n" + bare).documents.size() == 3);
  CHECK(read("[" + bare + "," + bare + "]").documents.size() == 2);
  CHECK(read(R"({"PolicyDocument":)" + bare + "}\n" + bare + "\n{\"other\":1}\n").documents.size() == 2);
}

TEST_CASE("after a broken document reading goes on at the next line, and the break has its place") {
  const Contents contents = read(bare + "\n{\"Statement\": [tru]}\n" + bare + "\n");
  CHECK(contents.documents.size() == 2);
  REQUIRE(contents.problems.size() == 1);
  CHECK(contents.problems[0].place.line == 2);
  CHECK(contents.problems[0].place.column == 16);
}

TEST_CASE("text that is not UTF-8, and quotes of a word processor, are called what they are") {
  const auto problem = [](const std::string& text) {
    const Contents contents = samples::read(text);
    return contents.problems.empty() ? "" : to_text(contents.problems[0].place) + " " + contents.problems[0].message;
  };
  CHECK(problem("{\"Sid\": \"caf\xE9\"}").starts_with("1:13 not JSON: a byte that is not UTF-8"));
  CHECK(problem("{\n\xE2\x80\x9CStatement\xE2\x80\x9D: []}").starts_with("2:1 not JSON: a typographic quote"));
  CHECK(problem("{\n\xC2\xA0\"Statement\": []}").starts_with("2:1 not JSON: a typographic quote or space"));
  CHECK(problem("{\"Sid\": x}") == "1:9 not JSON: syntax error");
}

TEST_CASE("every statement, key and value knows where it stands") {
  const std::string text =
      "{\n  \"Statement\": [\n    {\"Effect\": \"Deny\", \"Action\": \"ecr:*\",\n     \"Condition\": "
      "{\"NotIpAddress\": {\n"
      "       \"aws:SourceIp\": [\"192.0.2.0/24\",\n         \"198.51.100.0/24\"]}}}]}\n";
  const Document found = document(text);
  REQUIRE(found.statements.size() == 1);
  const ConditionEntry& entry = found.statements[0].condition.at(0);
  const auto place = [&](Span span) { return to_text(found.text->place(span.begin)); };
  CHECK(place(found.statements[0].span) == "3:5");
  CHECK(place(entry.operator_span) == "4:20");
  CHECK(place(entry.key_span) == "5:8");
  CHECK(place(entry.values.values.at(1).span) == "6:10");
  CHECK(found.text->slice(entry.values.values.at(1).span) == "\"198.51.100.0/24\"");
}

TEST_CASE("a place inside an escaped policy is named twice: in the file, and in the policy") {
  const std::string inner = "{\n \"Statement\": {\n  \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}";
  const Document found = document("{\n  \"policyText\": \"" + escaped(inner) + "\"\n}");
  REQUIRE(found.statements.size() == 1);
  const Place place = found.text->place(found.statements[0].span.begin);
  CHECK(place.line == 2);
  CHECK(place.inner_line == 2);
  CHECK(place.inner_column == 15);
  // The string starts at column 18; "{\n " is 4 bytes there, the key and its colon are 15 with two backslashes.
  CHECK(place.column == 18 + 4 + 15);
}

TEST_CASE("a duplicate key is an error wherever it stands, also when its spelling differs") {
  struct Row {
    std::string text;
    std::string place;
    std::string word;
  };
  const Row rows[] = {
      {R"({"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}})", "1:32", "\"Effect\""},
      {R"({"Statement":{"Effect":"Allow","\u0045ffect":"Deny","Action":"*","Resource":"*"}})", "1:32", "\"Effect\""},
      {R"({"Version":"2012-10-17","Version":"2012-10-17","Statement":[]})", "1:25", "\"Version\""},
      {samples::policy(
           "Allow",
           "\"IpAddress\":{\"aws:SourceIp\":\"192.0.2.0/24\"},\n\"IpAddress\":{\"aws:SourceIp\":\"2001:db8::/32\"}"),
       "2:1", "\"IpAddress\""},
      {samples::policy("Allow", R"("IpAddress":{"aws:SourceIp":"192.0.2.0/24","aws:sourceip":"2001:db8::/32"})"),
       "1:143", "different case"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string problem = first_problem(row.text);
    CAPTURE(problem);
    CHECK(problem.find("duplicate key") != problem.npos);
    CHECK(problem.find(row.word) != problem.npos);
    CHECK(problem.starts_with(row.place + " "));
  }
}

TEST_CASE("a key that stands twice is not taken for its opposite") {
  const auto count = [](const std::string& text) { return samples::document(text).problems.size(); };
  CHECK(count(R"({"Statement":{"Effect":"Allow","Action":"a:b","Action":"*"}})") == 1);
  CHECK(count(R"({"Statement":{"Effect":"Allow","Action":"a:b","NotAction":"*"}})") == 1);
  CHECK(count(R"({"Statement":{"Effect":"Allow","Action":"*","Principal":"*","Principal":"*"}})") == 1);
  CHECK(count(R"({"Statement":{"Effect":"Allow","Action":"*","Principal":"*","NotPrincipal":"*"}})") == 1);
}

TEST_CASE("what is no condition is refused with its place") {
  // moto's vectors for syntax errors, and a few more of the same kind.
  for (const char* condition :
       {"[]", "\"a\"", R"({"a":"b"})", R"({"DateGreaterThan":"b"})", R"({"DateGreaterThan":[]})",
        R"({"DateGreaterThan":{"a":{}}})", R"({"x":{"a":"1"}})", R"({"ForAnyValue::StringEqualsIfExists":{"a":"asf"}})",
        R"([{"StringEquals":{"a":"b"}}])", R"({"NullIfExists":{"a":"true"}})",
        R"({"IpAddress":{"aws:SourceIp":[["::/0"]]}})", R"({"IpAddress":{"aws:SourceIp":null}})",
        R"({"IfExists":{"a":"b"}})", R"({"IpAddressIfExistsIfExists":{"a":"b"}})"}) {
    CAPTURE(condition);
    const std::string text =
        std::string{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"} + condition + "}}";
    CHECK(first_problem(text).starts_with("1:"));
    CHECK(document(text).statements.at(0).damaged);
  }
}

TEST_CASE("what is no statement is refused, and the others are still read") {
  struct Row {
    std::string statement;
    std::string says;
  };
  const Row rows[] = {
      {R"({"Effect":"allow","Action":"*"})", "\"Allow\" or \"Deny\""},
      {R"({"Action":"*"})", "without \"Effect\""},
      {R"({"Effect":"Allow"})", "without \"Action\""},
      {R"({"Effect":"Allow","Action":"*","NotAction":"s3:*"})", "beside its opposite"},
      {R"({"Effect":"Allow","Action":"*","Principal":"*","NotPrincipal":"*"})", "one of the two"},
      {R"({"Effect":"Allow","Action":"*","Conditions":{}})", "is \"Condition\" meant?"},
      {R"({"Effect":"Allow","Action":"*","effect":"Deny"})", "is \"Effect\" meant?"},
      {R"({"Effect":"Allow","Action":"*","Principal":"somebody"})", "as principal"},
      {R"("Allow")", "expected a statement"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.statement);
    const std::string text = R"({"Statement":[{"Effect":"Deny","Action":"*"},)" + row.statement + "]}";
    CHECK(first_problem(text).find(row.says) != std::string::npos);
    CHECK_FALSE(document(text).statements.at(0).damaged);
    CHECK(document(text).statements.at(1).damaged);
  }
}

TEST_CASE("template functions are values that cannot be told, not errors") {
  const Document found = document(
      R"({"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":{"Fn::GetAtt":["R","Arn"]},"Principal":{"AWS":{"Ref":"A"}},)"
      R"("Condition":{"IpAddress":{"aws:SourceIp":[{"Ref":"Cidr"},"192.0.2.0/24"]}}}})");
  CHECK(found.problems.empty());
  CHECK(found.statements.at(0).resource.values.at(0).unresolved);
  CHECK(found.statements.at(0).condition.at(0).values.values.at(0).unresolved);
}

TEST_CASE("broken text never gets past the reader, however deep or short") {
  CHECK(read("").documents.empty());
  CHECK(read("{").problems.size() == 1);
  CHECK(read("{\"Statement\": \"x\"}").documents.at(0).problems.size() == 1);
  CHECK(read(std::string(100'000, '[')).problems.at(0).message.find("deeper") != std::string::npos);
  CHECK(read("{\"a\": \"\xff\"}").problems.size() == 1);
  const std::string deep = R"({"Statement":)" + std::string(70, '[') + std::string(70, ']') + "}";
  CHECK(read(deep).problems.size() == 1);
}

TEST_CASE("a policy packed into too many strings is named, not followed for ever") {
  std::string text = bare;
  for (int i = 0; i < 5; ++i) text = "{\"Statement of\":\"" + escaped(text) + "\"}";
  const Contents contents = read(text);
  CHECK(contents.documents.empty());
  CHECK(contents.problems.size() == 1);
}
