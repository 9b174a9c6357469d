#include <fmt/format.h>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

std::string opening(const Observation& observation) {
  const std::string host = observation.host.name.empty() ? "" : " on " + printable(observation.host.name);
  return fmt::format("ecr6 {}{}, {}, took {}\n", printable(observation.tool_version), host,
                     to_rfc3339(observation.started_at), to_text(observation.duration));
}

}  // namespace

std::string render_text(const Observation& observation, const Diagnosis& diagnosis, const Style& style) {
  std::string out = opening(observation) + banners(observation, style) + "\n";
  out += table(observation, diagnosis, style) + "\n";
  out += findings_block(diagnosis, style) + "\n";
  out += extras_block(observation, style);
  if (const std::string notes = notes_block(observation, style); !notes.empty()) out += notes + "\n";
  if (const std::string told = forecasts_block(observation, diagnosis, style); !told.empty()) out += told + "\n";
  out += verdicts_block(diagnosis, style) + "\n";
  return out + painted_summary(observation, diagnosis, style);
}

}  // namespace ecr6::report
