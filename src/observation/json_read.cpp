#include <fmt/format.h>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/observation/json.hpp"
#include "load.hpp"

namespace ecr6 {

namespace json = boost::json;

namespace {

/// The contract is nine levels deep; a newer version may add some.
constexpr std::size_t max_depth = 24;

std::string sentence_for(boost::system::error_code error, bool at_end) {
  if (error == json::error::incomplete || (at_end && error == json::error::syntax))
    return "the text ends in the middle of the run: expected the rest of the JSON object";
  if (error == json::error::too_deep) return fmt::format("expected JSON of at most {} levels, found more", max_depth);
  if (error == json::error::extra_data) return "expected the end of the text after the JSON object, found more";
  return fmt::format("expected JSON, found something else ({})", error.message());
}

std::variant<json::value, std::string> parsed(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::stream_parser parser{{}, options};
  boost::system::error_code error;
  std::size_t consumed = parser.write_some(text.data(), text.size(), error);
  if (!error && trimmed(text.substr(consumed)).empty()) {
    consumed = text.size();
    parser.finish(error);
  } else if (!error) {
    error = json::error::extra_data;
  }
  if (!error) return parser.release();
  const JsonError place = place_of(text, consumed, sentence_for(error, consumed == text.size()));
  return fmt::format("line {}, column {}: {}", place.line, place.column, place.message);
}

/// Empty when this is a recorded run of this contract.
std::string objection_to(const json::value& root) {
  const auto* object = root.if_object();
  const auto* schema = object == nullptr ? nullptr : object->if_contains("schema");
  const auto* word = schema == nullptr ? nullptr : schema->if_string();
  if (word == nullptr) return fmt::format("/schema: expected \"{}\", found nothing: not a run of ecr6", check_schema);
  const std::string_view found{word->data(), word->size()};
  if (found == check_schema) return {};
  const bool other_version = found.starts_with("ecr6.check/");
  const bool is_error = found == "ecr6.error/1";
  return fmt::format("/schema: expected \"{}\", found \"{}\": {}", check_schema, printable(found.substr(0, 60)),
                     other_version ? "recorded by a version with another contract; read it with that one"
                     : is_error    ? "the message of a command that failed, not a recorded run"
                                   : "not a recorded run");
}

}  // namespace

std::variant<Observation, std::string> observation_from_json(std::string_view text) {
  auto root = parsed(text);
  if (auto* sentence = std::get_if<std::string>(&root)) return std::move(*sentence);
  const json::value& value = std::get<json::value>(root);
  if (auto objection = objection_to(value); !objection.empty()) return objection;
  reading::Problem problem;
  Observation observation;
  reading::load(reading::Node{value, problem}, observation);
  if (problem.found()) return std::move(problem.sentence);
  return observation;
}

}  // namespace ecr6
