#include <doctest/doctest.h>
#include <fmt/format.h>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/observation/json.hpp"
#include "samples.hpp"

namespace ecr6 {

namespace json = boost::json;

namespace {

Observation read(std::string_view text) {
  auto result = observation_from_json(text);
  const auto* sentence = std::get_if<std::string>(&result);
  INFO((sentence == nullptr ? std::string{} : *sentence));
  REQUIRE(sentence == nullptr);
  return std::move(std::get<Observation>(result));
}

std::string complaint(std::string_view text) {
  const auto result = observation_from_json(text);
  REQUIRE(std::holds_alternative<std::string>(result));
  return std::get<std::string>(result);
}

/// A run of one endpoint with `members` beside its name and role.
std::string with_endpoint(std::string_view members) {
  return fmt::format(R"({{"schema":"ecr6.check/1","started_at":"2026-08-22T15:17:05Z",
"endpoints":[{{"name":"ecr.us-west-2.api.aws","role":"api","addressing":"dual_stack"{}}}]}})",
                     members);
}

/// Takes each member of each object away in turn; what is left has to read or to be refused in words.
void prune(json::value& root, json::value& part, std::size_t& cases) {
  if (auto* array = part.if_array())
    for (json::value& item : *array) prune(root, item, cases);
  auto* object = part.if_object();
  if (object == nullptr) return;
  std::vector<std::string> keys;
  for (const auto& member : *object) keys.emplace_back(member.key());
  for (const std::string& key : keys) {
    prune(root, object->at(key), cases);
    const json::value kept = object->at(key);
    for (const json::value& other :
         {json::value(nullptr), json::value(-1), json::value("?"), json::value(json::object())}) {
      (*object)[key] = other;
      const auto result = observation_from_json(to_text(root));
      const auto* sentence = std::get_if<std::string>(&result);
      CAPTURE(key);
      if (sentence != nullptr) CHECK(sentence->find("expected") != sentence->npos);
      ++cases;
    }
    (*object)[key] = kept;
  }
}

}  // namespace

TEST_CASE("an observation with every field filled in survives JSON") {
  const Observation before = samples::filled_in();
  CHECK(read(to_text(to_json(before))) == before);
  CHECK(read(to_text(to_json(before), 0)) == before);
}

TEST_CASE("a nearly empty observation survives JSON") {
  const Observation before = samples::nearly_empty();
  CHECK(read(to_text(to_json(before))) == before);
}

TEST_CASE("every word of the vocabularies survives JSON") {
  Observation run = samples::nearly_empty();
  run.nameservers.emplace_back();
  EndpointObservation& seen = run.endpoints[0];
  for (int word = 0; word <= static_cast<int>(Cause::other); ++word) {
    Attempt& attempt = seen.attempts.emplace_back();
    attempt.address = Address::parse("2001:db8::1").value();
    attempt.reached = static_cast<Reached>(word % 3);
    attempt.cause = static_cast<Cause>(word);
  }
  std::vector<ServerAnswer> answers(static_cast<std::size_t>(DnsOutcome::unreachable) + 1);
  for (std::size_t i = 0; i < answers.size(); ++i) answers[i].outcome = static_cast<DnsOutcome>(i);
  seen.ipv4_lookup = merge(answers);
  CHECK(read(to_text(to_json(run))) == run);
}

TEST_CASE("what was not reached is absent, what is empty by contract is null") {
  Observation run = samples::nearly_empty();
  run.endpoints[0].attempts.emplace_back().cause = Cause::connect_timeout;
  const json::object object = to_json(run);
  const json::object& endpoint = object.at("endpoints").at(0).as_object();
  for (const char* name : {"account", "partition", "region", "addressing"}) CHECK(endpoint.at(name).is_null());
  CHECK(endpoint.at("race").at("winner").is_null());
  CHECK(endpoint.at("dns").as_object().empty());
  const json::object& attempt = endpoint.at("attempts").at(0).as_object();
  for (const char* name : {"tls", "http", "connect_ms", "tls_ms", "http_ms", "source_address"})
    CHECK_FALSE(attempt.contains(name));
}

TEST_CASE("bytes that are not text survive JSON as hexadecimal digits") {
  const json::object object = to_json(samples::filled_in());
  CHECK(object.at("endpoints").at(0).at("attempts").at(0).at("first_bytes_hex") == "485454502f312e3100ff1b");
}

TEST_CASE("a record of another tool or version without the fields of this one gets sensible defaults") {
  const Observation run = read(R"({"schema":"ecr6.check/1","started_at":"2026-08-22T15:17:05Z","later":[1],
    "verdict":{"require":"migrate"},"endpoints":[
    {"name":"a","role":"api","addressing":"dual_stack","unknown":{"x":1}},{"name":"b","role":"api","addressing":"ipv4_only"},
    {"name":"c","role":"layers","addressing":"dual_stack"},{"name":"d","role":"other","addressing":null},
    {"name":"e","role":"registry","addressing":"dual_stack","account":null}]})");
  REQUIRE(run.endpoints.size() == 5);
  CHECK(run.endpoints[0].required);
  CHECK_FALSE(run.endpoints[1].required);
  CHECK_FALSE(run.endpoints[2].required);
  CHECK(run.endpoints[3].required);
  CHECK(run.endpoints[4].placeholder_account);
  CHECK_FALSE(run.endpoints[0].placeholder_account);
  CHECK(run.endpoints[0].endpoint.port == 443);
  CHECK(run.settings.require == Require::migrate);
}

TEST_CASE("a wrong name in a record without required and right_name does not carry the verdict") {
  const auto run = read(R"({"schema":"ecr6.check/1","started_at":"2026-08-22T15:17:05Z","endpoints":[
{"name":"api.ecr.us-west-2.api.aws","role":"api","addressing":"dual_stack"}]})");
  CHECK_FALSE(run.endpoints[0].required);
  CHECK(run.endpoints[0].right_name == "ecr.us-west-2.api.aws");
}

TEST_CASE("a cause of a newer version is kept as other, with its word in the detail") {
  const Observation run =
      read(with_endpoint(R"(,"attempts":[{"address":"::1","reached":"tls","cause":"quantum_flux","detail":"words"}])"));
  CHECK(run.endpoints[0].attempts[0].cause == Cause::other);
  CHECK(run.endpoints[0].attempts[0].detail == "quantum_flux: words");
}

TEST_CASE("what is not a recorded run is refused in one sentence that names the place") {
  struct Row {
    std::string text;
    std::string_view sentence;
  };
  const Row rows[] = {
      {"", "line 1, column 1: the text ends in the middle of the run: expected the rest of the JSON object"},
      {"{\n  \"schema\": \"ecr6.ch",
       "line 2, column 21: the text ends in the middle of the run: expected the rest of the JSON object"},
      {"{\n  \"schema\": ?}", "line 2, column 13: expected JSON, found something else (syntax error)"},
      {"{} {}", "line 1, column 4: expected the end of the text after the JSON object, found more"},
      {std::string(40, '['), "line 1, column 25: expected JSON of at most 24 levels, found more"},
      {"{}", "/schema: expected \"ecr6.check/1\", found nothing: not a run of ecr6"},
      {"[]", "/schema: expected \"ecr6.check/1\", found nothing: not a run of ecr6"},
      {R"({"schema":"ecr6.check/2"})",
       "/schema: expected \"ecr6.check/1\", found \"ecr6.check/2\": recorded by a version with another contract; read "
       "it "
       "with that one"},
      {R"({"schema":"ecr6.error/1","error":"x"})",
       "/schema: expected \"ecr6.check/1\", found \"ecr6.error/1\": the message of a command that failed, not a "
       "recorded "
       "run"},
      {R"({"schema":"ecr6.endpoints/1"})",
       "/schema: expected \"ecr6.check/1\", found \"ecr6.endpoints/1\": not a recorded run"},
      {R"({"schema":"ecr6.check/1"})", "/started_at: expected when the run began, found nothing"},
      {with_endpoint(R"(,"port":"443")"), "/endpoints/0/port: expected a whole number from 0 to 65535, found \"443\""},
      {with_endpoint(R"(,"port":65536)"), "/endpoints/0/port: expected a whole number from 0 to 65535, found 65536"},
      {with_endpoint(R"(,"attempts":[{"address":"::1%eth0","reached":"tls"}])"),
       "/endpoints/0/attempts/0/address: expected an IPv6 or IPv4 address without zone, found \"::1%eth0\""},
      {with_endpoint(R"(,"attempts":[{"address":"::1","family":"ipv4","reached":"done"}])"),
       "/endpoints/0/attempts/0/family: expected the family of the address, found \"ipv4\""},
      {with_endpoint(R"(,"attempts":[{"address":"::1","reached":"tls","cause":null}])"),
       "/endpoints/0/attempts/0/cause: expected a cause, as the attempt did not get to \"done\", found null"},
      {with_endpoint(R"(,"attempts":[{"address":"::1","reached":"done","cause":"tls_alert"}])"),
       "/endpoints/0/attempts/0/cause: expected null, as the attempt got to \"done\", found \"tls_alert\""},
      {with_endpoint(R"(,"dns":{"ipv6":{"outcome":"lost"}})"),
       "/endpoints/0/dns/ipv6/outcome: expected a word that this version knows, found \"lost\""},
      {with_endpoint(R"(,"dns":{"ipv6":{"outcome":"answered","records":[{"address":"192.0.2.1"}]}})"),
       "/endpoints/0/dns/ipv6/records/0/address: expected an address of this family, found \"192.0.2.1\""},
      {with_endpoint(R"(,"dns":{"ipv6":{"outcome":"timeout","by_resolver":[{"resolver":0,"outcome":"timeout"}]}})"),
       "/endpoints/0/dns/ipv6/by_resolver/0/resolver: expected the index of one of /resolvers, found 0"},
      {with_endpoint(R"(,"attempts":{})"), "/endpoints/0/attempts: expected an array, found an object"},
      {with_endpoint(R"(,"race":[])"), "/endpoints/0/race: expected an object, found an array of 0"},
      {with_endpoint(R"(,"race":{"duration_ms":-1})"),
       "/endpoints/0/race/duration_ms: expected a number of milliseconds, 0 or more, found -1"},
      {with_endpoint(R"(,"dns":{"ipv6":)" + std::string{R"({"outcome":"answered","aliases":[)"} +
                     [] {
                       std::string many;
                       for (int i = 0; i < 16'385; ++i) many += i == 0 ? "\"a\"" : ",\"a\"";
                       return many;
                     }() +
                     "]}}"),
       "/endpoints/0/dns/ipv6/aliases: expected an array of at most 16384 items, found an array of 16385"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 300));
    CHECK(complaint(row.text) == row.sentence);
  }
}

TEST_CASE("a surprising value in any place reads or is refused with the place and what was expected") {
  json::value root = to_json(samples::filled_in());
  std::size_t cases = 0;
  prune(root, root, cases);
  CHECK(cases > 400);
}

}  // namespace ecr6
