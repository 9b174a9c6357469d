#include <fmt/format.h>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/observation/ec2_text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

// What the option --ec2 adds to a report.
namespace ecr6::report {

namespace {

constexpr std::size_t most_ranges = 8;

/// The command that adds the subnets' ranges to policies; empty without such ranges.
std::string suggestion(const Ec2Facts& facts) {
  const std::vector<Prefix> ranges = subnet_ranges(facts);
  std::string command = "ecr6 policy";
  for (std::size_t i = 0; i < ranges.size() && i < most_ranges; ++i) command += " --suggest " + ranges[i].to_string();
  return ranges.empty() ? "" : fmt::format("for policies that filter by address: {} FILE", command);
}

std::vector<std::string> lines_of(const Ec2Facts& facts) {
  std::vector<std::string> lines;
  for (const Ec2Interface& interface : facts.interfaces) lines.push_back(printable(to_text(interface)));
  if (facts.interfaces_left_out > 0)
    lines.push_back(counted(facts.interfaces_left_out, "more interface", "more interfaces"));
  if (!facts.detail.empty()) lines.push_back(printable(facts.detail));
  if (const std::string words = suggestion(facts); !words.empty()) lines.push_back(words);
  return lines;
}

}  // namespace

std::string ec2_block(const Observation& observation, const Style& style) {
  if (!observation.host.ec2) return {};
  const Ec2Facts& facts = *observation.host.ec2;
  const std::string from = facts.service ? " at " + facts.service->to_string() : "";
  std::string out = paint(fmt::format("EC2's metadata service{}: {} after {}", from, to_string(facts.outcome),
                                      to_text(facts.duration)),
                          Tone::strong, style.colour) +
                    "\n";
  for (const std::string& line : lines_of(facts))
    for (const std::string& piece : wrap(line, 2, static_cast<std::size_t>(style.width))) out += piece + "\n";
  return out + "\n";
}

}  // namespace ecr6::report
