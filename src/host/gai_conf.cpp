#include "host/gai_conf.hpp"

#include <charconv>
#include <optional>

#include "ecr6/core/text.hpp"
#include "host/fields.hpp"
#include "host/text_file.hpp"

namespace ecr6::host {

namespace {

constexpr const char* gai_conf = "/etc/gai.conf";
constexpr std::size_t most_bytes = std::size_t{1024} * 1024;
constexpr std::size_t most_rules = 64;

std::optional<int> number(std::string_view text) {
  int value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

bool is_prefix(std::string_view text) {
  const auto whole = Address::parse(text);
  const auto prefix = Prefix::parse(text);
  return (whole && whole->is_v6()) || (prefix && prefix->address.is_v6());
}

}  // namespace

std::vector<PrecedenceRule> precedence_rules(std::string_view text) {
  std::vector<PrecedenceRule> rules;
  int line{};
  for (const std::string_view each : split(text, '\n')) {
    ++line;
    const auto words = fields(each);
    if (words.size() < 3 || !equal_ignoring_case(words[0], "precedence") || !is_prefix(words[1])) continue;
    const auto value = number(words[2]);
    if (value && *value >= 0 && rules.size() < most_rules) rules.push_back({std::string{words[1]}, *value, line});
  }
  return rules;
}

void read_gai_conf(HostFacts& facts) {
  const auto text = read_text_file(gai_conf, most_bytes);
  if (!text)
    facts.notes.push_back(text.error().sentence);
  else if (*text)
    facts.gai_precedences = precedence_rules(**text);
}

}  // namespace ecr6::host
