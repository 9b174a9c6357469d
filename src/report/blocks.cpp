#include "blocks.hpp"

#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
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

std::string subject_of(const Finding& finding) {
  std::string subject = finding.endpoint ? printable(*finding.endpoint) : "this host";
  if (finding.family) subject += fmt::format(", {}", title(*finding.family));
  return subject;
}

std::string headline(const Finding& finding, const Style& style) {
  const std::string severity{phrase(finding.severity)};
  const std::string rest = fmt::format("{}  {}", printable(finding.id), subject_of(finding));
  std::string out = paint(severity, tone_of(finding.severity), style.colour);
  // A long name gets a line of its own rather than a line that is too long.
  if (severity.size() + 2 + columns(rest) <= static_cast<std::size_t>(style.width))
    return out + "  " + paint(rest, Tone::strong, style.colour) + "\n";
  out += "  " + paint(printable(finding.id), Tone::strong, style.colour) + "\n";
  for (const std::string& line : wrap(subject_of(finding), 2, static_cast<std::size_t>(style.width)))
    out += paint(line, Tone::strong, style.colour) + "\n";
  return out;
}

std::string one_finding(const Finding& finding, const Style& style) {
  std::string out = headline(finding, style);
  for (const std::string& evidence : finding.evidence) out += labelled("seen", evidence, style);
  out += labelled("means", finding.summary, style);
  if (!finding.advice.empty()) out += labelled("do", finding.advice, style);
  return out;
}

std::string tally(const std::vector<Finding>& findings) {
  std::array<std::size_t, 3> counts{};
  for (const Finding& finding : findings) ++counts[static_cast<std::size_t>(finding.severity)];
  std::vector<std::string> parts;
  if (counts[2] > 0) parts.push_back(counted(counts[2], "error", "errors"));
  if (counts[1] > 0) parts.push_back(counted(counts[1], "warning", "warnings"));
  if (counts[0] > 0) parts.push_back(counted(counts[0], "note", "notes"));
  return join(parts, ", ");
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

std::string findings_block(const Diagnosis& diagnosis, const Style& style) {
  if (diagnosis.findings.empty()) return paint("Findings: none", Tone::strong, style.colour) + "\n";
  std::string out = paint(fmt::format("Findings: {}", tally(diagnosis.findings)), Tone::strong, style.colour) + "\n";
  for (const Finding& finding : diagnosis.findings) out += "\n" + one_finding(finding, style);
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
