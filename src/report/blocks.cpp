#include "blocks.hpp"

#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t text_column = 9;

std::string banner(const std::string& text, const Style& style) {
  std::string out;
  for (const std::string& line : wrap("!! " + text, 0, static_cast<std::size_t>(style.width)))
    out += paint(line, Tone::notice, style.colour) + "\n";
  return out;
}

}  // namespace

std::string labelled(std::string_view label, std::string_view text, const Style& style) {
  std::string margin = fmt::format("  {:<6} ", label);
  std::string out;
  for (const std::string& line : wrap(printable(text), text_column, static_cast<std::size_t>(style.width))) {
    const bool fits = line.starts_with(std::string(text_column, ' '));
    if (!margin.empty() && !fits) out += margin.substr(0, 2 + label.size()) + "\n";
    out += !margin.empty() && fits ? margin + line.substr(text_column) : line;
    out += '\n';
    margin.clear();
  }
  return out;
}

std::string banners(const Observation& observation, const Style& style) {
  std::string out;
  if (!observation.settings.lab.empty())
    out += banner(fmt::format("LAB RUN: scenario {} of the embedded ECR on loopback; nothing outside this machine was "
                              "probed.",
                              printable(observation.settings.lab)),
                  style);
  if (observation.interrupted)
    out +=
        banner("INTERRUPTED: the run was stopped by hand; what had not finished by then counts as not tested.", style);
  if (observation.deadline_exceeded)
    out += banner(fmt::format("DEADLINE: the run was cut off after {} (--deadline); what had not finished by then "
                              "counts as not tested.",
                              to_text(observation.settings.deadline)),
                  style);
  return out;
}

std::string notes_block(const Observation& observation, const Style& style) {
  if (observation.notes.empty() && observation.host.notes.empty()) return {};
  std::string out = paint("Notes", Tone::strong, style.colour) + "\n";
  for (const auto* const notes : {&observation.notes, &observation.host.notes})
    for (const std::string& note : *notes)
      for (const std::string& line : wrap(printable(note), 2, static_cast<std::size_t>(style.width)))
        out += line + "\n";
  return out;
}

}  // namespace ecr6::report
