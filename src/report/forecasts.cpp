#include <fmt/format.h>

#include <algorithm>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t sentence_column = 24;
constexpr std::size_t most_names = 4;

using Forecasts = std::vector<ClientForecast>;

/// Endpoints where every client does the same; times may differ.
struct Group {
  std::vector<std::string> names;
  Forecasts fastest, slowest;
};

bool is_impaired(Reachability word) { return word == Reachability::unreachable || word == Reachability::degraded; }

bool says_something(const Forecasts& forecasts) {
  return std::any_of(forecasts.begin(), forecasts.end(),
                     [](const ClientForecast& forecast) { return forecast.outcome != ForecastOutcome::not_known; });
}

/// A family is broken or slow, and something can be told about it.
bool is_worth_telling(const EndpointVerdict& words, const Forecasts& forecasts) {
  if (!says_something(forecasts)) return false;
  return is_impaired(words.ipv6) || is_impaired(words.ipv4) ||
         std::any_of(forecasts.begin(), forecasts.end(), is_hampered);
}

bool all_alike(const Forecasts& left, const Forecasts& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), are_alike);
}

void widen(Group& group, const Forecasts& forecasts) {
  const auto time = [](const ClientForecast& forecast) { return std::pair{forecast.connect, forecast.lookup}; };
  for (std::size_t i = 0; i < forecasts.size(); ++i) {
    if (time(forecasts[i]) < time(group.fastest[i])) group.fastest[i] = forecasts[i];
    if (time(forecasts[i]) > time(group.slowest[i])) group.slowest[i] = forecasts[i];
  }
}

std::vector<Group> groups_of(const Observation& observation, const Diagnosis& diagnosis) {
  std::vector<Group> groups;
  const std::size_t known =
      std::min({observation.endpoints.size(), diagnosis.endpoints.size(), diagnosis.forecasts.size()});
  for (std::size_t i = 0; i < known; ++i) {
    const Forecasts& forecasts = diagnosis.forecasts[i];
    if (!observation.endpoints[i].required || !is_worth_telling(diagnosis.endpoints[i], forecasts)) continue;
    const auto alike = [&](const Group& group) { return all_alike(group.fastest, forecasts); };
    auto found = std::find_if(groups.begin(), groups.end(), alike);
    if (found == groups.end()) found = groups.insert(groups.end(), {{}, forecasts, forecasts});
    found->names.push_back(label_of(observation.endpoints[i].endpoint));
    widen(*found, forecasts);
  }
  return groups;
}

std::string names_of(Group group, const Style& style) {
  if (group.names.size() > most_names) {
    const std::size_t rest = group.names.size() - most_names + 1;
    group.names.resize(most_names - 1);
    group.names.push_back(fmt::format("and {} more", rest));
  }
  std::string out;
  for (const std::string& name : group.names)
    for (const std::string& line : wrap(name, 2, static_cast<std::size_t>(style.width))) out += line + "\n";
  return out;
}

std::string one_client(const ClientForecast& fastest, const ClientForecast& slowest, const Style& style) {
  std::string margin = padded(fmt::format("    {}", title(fastest.client)), sentence_column);
  std::string out;
  const auto width = static_cast<std::size_t>(style.width);
  for (const std::string& line : wrap(printable(sentence(fastest, slowest)), sentence_column, width)) {
    out += (out.empty() ? margin + line.substr(std::min(line.size(), sentence_column)) : line) + "\n";
  }
  return out;
}

}  // namespace

std::string forecasts_block(const Observation& observation, const Diagnosis& diagnosis, const Style& style) {
  const auto groups = groups_of(observation, diagnosis);
  if (groups.empty()) return {};
  std::string out = paint("What clients would do", Tone::strong, style.colour) + "\n";
  for (const Group& group : groups) {
    out += names_of(group, style);
    for (std::size_t i = 0; i < group.fastest.size(); ++i) out += one_client(group.fastest[i], group.slowest[i], style);
  }
  return out;
}

}  // namespace ecr6::report
