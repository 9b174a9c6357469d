#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ecr6/policy/report.hpp"
#include "ecr6/policy/scope.hpp"

namespace ecr6::policy {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string name_of(const Statement& statement) {
  if (!statement.sid) return fmt::format("statement {}", statement.index);
  return fmt::format("statement {} \"{}\"", statement.index, printable(*statement.sid));
}

std::string heading(const Document& document) {
  const auto about = std::count_if(document.statements.begin(), document.statements.end(),
                                   [&](const Statement& s) { return !reach(s, document.type).empty(); });
  const std::string why = document.type_given ? "as given" : fmt::format("guessed: {}", document.type_reason);
  return fmt::format("{}:{}: {} policy ({}); {} of {} can touch ECR\n", printable(document.file),
                     to_text(document.text->place(document.span.begin)), to_string(document.type), why, about,
                     counted(document.statements.size(), "statement"));
}

std::string_view level(Severity severity) {
  if (severity == Severity::error) return "breaks";
  return severity == Severity::warning ? "trap" : "note";
}

std::string finding_text(const Document& document, const Finding& finding) {
  std::string out =
      fmt::format("  {:<7} {}  {}{}\n          {}{}\n", level(finding.severity), finding.id,
                  name_of(document.statements[finding.statement]), finding.about_ecr ? "" : " (not about ECR)",
                  finding.summary, finding.undocumented ? " [not documented by AWS]" : "");
  for (const std::string& line : finding.evidence) out += fmt::format("          {}\n", printable(line));
  return out + fmt::format("          -> {}\n", finding.advice);
}

std::string decider(const Report& report, const Decision& decision) {
  if (!decision.decided_by) return decision.outcome == Outcome::deny ? "no statement allows it" : "";
  const Document& document = report.documents[decision.decided_by->document];
  const Statement& statement = document.statements[decision.decided_by->statement];
  const std::string where = fmt::format("{}:{} {}", printable(document.file),
                                        to_text(document.text->place(statement.span.begin)), name_of(statement));
  if (decision.outcome != Outcome::deny) return "by " + where;
  if (decision.explicit_deny) return "explicitly, by " + where;
  return fmt::format("implicitly: {} does not hold for this caller", where);
}

/// Actions with the same outcome, for the same reasons, share a block.
std::string caller_text(const Report& report, const CallerReport& caller) {
  const std::string address = caller.caller.address ? caller.caller.address->to_string() : "";
  std::string out = caller.caller.path == Path::internet
                        ? fmt::format("caller {} (through the Internet, calling ECR itself)\n", address)
                        : "caller through a VPC endpoint\n";
  std::vector<std::pair<std::string, std::string>> blocks;  // what is said, and of which actions
  std::string_view group;
  for (const Decision& decision : caller.decisions) {
    std::string said = fmt::format("  {:<14}", to_string(decision.outcome));
    std::string rest;
    if (const std::string by = decider(report, decision); !by.empty()) rest += fmt::format("\n      {}", by);
    for (const std::string& reason : decision.reasons) rest += fmt::format("\n      on {}", printable(reason));
    if (blocks.empty() || blocks.back().second != said + "\n" + rest)
      blocks.emplace_back(decision.action, said + "\n" + rest);
    else
      blocks.back().first +=
          fmt::format("{}{}", decision.group == group ? ", " : ",\n                ", decision.action);
    group = decision.group;
  }
  for (const auto& [names, said] : blocks) {
    const auto line = said.find('\n');
    out += said.substr(0, line) + names + said.substr(line + 1) + "\n";
  }
  for (const std::string& caveat : caller.caveats) out += fmt::format("  note: {}\n", caveat);
  return out;
}

std::size_t problem_count(const Report& report) {
  std::size_t count = report.problems.size();
  for (const Document& document : report.documents) count += document.problems.size();
  return count;
}

std::string summary(const Report& report) {
  std::size_t statements = 0;
  const auto& counts = report.counts;
  for (const Document& document : report.documents) statements += document.statements.size();
  std::string out =
      fmt::format("{}, {}: {} for IPv6 callers, {}, {}", counted(report.documents.size(), "document"),
                  counted(statements, "statement"), counts[2] == 1 ? "1 breaks" : fmt::format("{} break", counts[2]),
                  counted(counts[1], "trap"), counted(counts[0], "note"));
  if (report.files_skipped + report.files_without > 0)
    out += fmt::format("; files skipped: {} not JSON, {} without a policy", report.files_skipped, report.files_without);
  if (counts[0] + counts[1] + counts[2] > max_findings)
    out += fmt::format("; only the first {} are shown", max_findings);
  if (const std::size_t problems = problem_count(report); problems > 0)
    out += fmt::format("; {}, and what stands there is not judged", counted(problems, "error"));
  return out + "\n";
}

}  // namespace

std::string render_text(const Report& report) {
  std::string out;
  for (std::size_t i = 0; i < report.documents.size(); ++i) {
    out += heading(report.documents[i]);
    for (const Finding& finding : report.findings[i]) out += finding_text(report.documents[i], finding);
  }
  for (const CallerReport& caller : report.callers) out += caller_text(report, caller);
  return out + summary(report);
}

std::string render_diff(const Report& report) {
  std::string out;
  for (const SuggestedFile& suggested : report.suggestions) out += suggested.diff;
  return out;
}

std::string render_remaining(const Report& report) {
  std::string out;
  for (const SuggestedFile& suggested : report.suggestions)
    for (const Finding& finding : suggested.remaining)
      out += fmt::format("{}:{}: left as it is: {}: {}\n", printable(suggested.file), to_text(finding.place),
                         finding.id, finding.summary);
  return out;
}

}  // namespace ecr6::policy
