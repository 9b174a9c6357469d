#include "ecr6/policy/audit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/policy/scope.hpp"
#include "traps.hpp"

namespace ecr6::policy {

namespace {

constexpr std::size_t max_quote = 160;    // bytes
constexpr std::size_t max_evidence = 10;  // pieces per finding

struct ChangeText {
  std::string_view id;
  std::string_view summary;
  std::string_view advice;
};

ChangeText text_of(Change change) {
  switch (change) {
    case Change::loses_access:
      return {"policy.loses-access", "loses access: no IPv6 caller satisfies this Allow",
              "Add the callers' IPv6 prefixes to the same list."};
    case Change::loses_access_deny:
      return {"policy.loses-access-deny",
              "loses access by an explicit deny: every IPv6 caller satisfies this Deny, and no Allow overrules it",
              "Add the callers' IPv6 prefixes to the same list."};
    case Change::gains_access:
      return {"policy.gains-access",
              "gains access: every IPv6 caller satisfies this Allow, blocked IPv4 hosts included",
              "Add the IPv6 prefixes of what is blocked, or deny \"::/0\" except known prefixes in a statement of its "
              "own."};
    case Change::escapes_deny:
      return {"policy.escapes-deny", "escapes a deny: no IPv6 caller satisfies this Deny",
              "Add the IPv6 prefixes of what is blocked, or deny \"::/0\" except known prefixes in a statement of its "
              "own."};
  }
  return {};
}

/// The statement's address conditions on a path, quoted.
std::vector<Span> filters(const Statement& statement, Path path) {
  std::vector<Span> spans;
  for (const ConditionEntry& entry : statement.condition)
    if (carries_address(entry.key, path)) spans.push_back(entry.block_span);
  return spans;
}

/// Conditions that the caller's address and path do not settle: the statement applies only where they hold.
std::vector<const ConditionEntry*> open_conditions(const Statement& statement, Path path) {
  std::vector<const ConditionEntry*> open;
  for (const ConditionEntry& entry : statement.condition)
    if (!carries_address(entry.key, path) && truth_of(entry, Caller{path, {}}).verdict == Verdict::depends)
      open.push_back(&entry);
  return open;
}

class Auditor {
 public:
  explicit Auditor(const Document& document) : document_{document} {
    for (const Statement& statement : document.statements)
      about_ecr_.push_back(!reach(statement, document.type).empty());
  }

  std::vector<Finding> run() {
    for (const Shift& shift : shifts(document_)) add_shift(shift);
    for (std::size_t i = 0; i < document_.statements.size(); ++i) {
      for (const Trap& trap : traps(document_, document_.statements[i])) add_trap(i, trap);
      add_missing_key(i);
    }
    const auto order = [](const Finding& left, const Finding& right) {
      return std::pair{left.statement, -static_cast<int>(left.severity)} <
             std::pair{right.statement, -static_cast<int>(right.severity)};
    };
    std::stable_sort(findings_.begin(), findings_.end(), order);
    return std::move(findings_);
  }

 private:
  Finding& add(std::size_t statement, std::string_view id, const std::vector<Span>& evidence) {
    Finding finding;
    finding.id = id;
    finding.severity = Severity::info;
    finding.statement = statement;
    finding.about_ecr = about_ecr_[statement];
    finding.place =
        document_.text->place(evidence.empty() ? document_.statements[statement].span.begin : evidence[0].begin);
    for (std::size_t i = 0; i < std::min(evidence.size(), max_evidence); ++i)
      finding.evidence.push_back(quoted(document_, evidence[i]));
    if (evidence.size() > max_evidence)
      finding.evidence.push_back(fmt::format("and {} more", evidence.size() - max_evidence));
    return findings_.emplace_back(std::move(finding));
  }

  void add_shift(const Shift& shift) {
    const auto evidence = filters(document_.statements[shift.statement], shift.path);
    if (shift.companion) return add_companion(shift, evidence);
    if (!shift.change) return add_reverse(shift, evidence);
    const ChangeText text = text_of(*shift.change);
    Finding& finding = add(shift.statement, text.id, evidence);
    if (finding.about_ecr) finding.severity = Severity::error;
    finding.change = shift.change;
    finding.summary = text.summary;
    add_open_conditions(finding, shift);
    if (shift.path == Path::vpc_endpoint) finding.summary += " (callers through a VPC endpoint)";
    finding.advice = text.advice;
  }

  void add_open_conditions(Finding& finding, const Shift& shift) {
    const auto open = open_conditions(document_.statements[shift.statement], shift.path);
    if (open.empty()) return;
    finding.summary += ", where its other conditions hold";
    for (std::size_t i = 0; i < std::min(open.size(), max_evidence); ++i)
      finding.evidence.push_back(fmt::format("depends on {}, {}", open[i]->operator_text,
                                             quoted(document_, {open[i]->key_span.begin, open[i]->values.span.end})));
    if (open.size() > max_evidence)
      finding.evidence.push_back(fmt::format("and {} more conditions", open.size() - max_evidence));
  }

  void add_companion(const Shift& shift, const std::vector<Span>& evidence) {
    Finding& finding = add(shift.statement, "policy.paired-statement", evidence);
    finding.evidence.push_back(quoted(document_, document_.statements[*shift.companion].span));
    finding.summary = fmt::format("this statement leaves one family out; statement {} of the same scope speaks for it",
                                  document_.statements[*shift.companion].index);
    finding.advice = "Keep the two in step.";
  }

  void add_reverse(const Shift& shift, const std::vector<Span>& evidence) {
    Finding& finding = add(shift.statement, "policy.ipv6-only", evidence);
    if (finding.about_ecr) finding.severity = Severity::warning;
    finding.summary = "the list names IPv6 only: IPv4 callers lose or gain access by it";
    finding.advice = "Add the IPv4 prefixes as long as clients come over IPv4.";
  }

  void add_trap(std::size_t statement, const Trap& trap) {
    Finding& finding = add(statement, trap.text->id, trap.evidence);
    if (finding.about_ecr) finding.severity = trap.text->severity;
    finding.summary = trap.text->summary;
    finding.advice = trap.text->advice;
    finding.undocumented = trap.text->undocumented;
  }

  /// A caller through a VPC endpoint has no aws:SourceIp: a negated operator holds, a positive one does not.
  void add_missing_key(std::size_t index) {
    const Statement& statement = document_.statements[index];
    if (!filters_address(statement, Path::internet) || statement.damaged) return;
    const bool applies = truth_of(statement, Caller{Path::vpc_endpoint, {}}).verdict != Verdict::no;
    if (applies != (statement.effect == Effect::deny)) return;
    Finding& finding = add(index, "policy.vpc-endpoint", filters(statement, Path::internet));
    finding.summary = applies ? "callers through a VPC endpoint have no aws:SourceIp: this Deny can hit them as well"
                              : "callers through a VPC endpoint have no aws:SourceIp: this Allow never serves them";
    finding.advice = applies ? "Exempt them: add StringNotEqualsIfExists on aws:SourceVpc or aws:SourceVpce."
                             : "If they are to have access, add a statement on aws:SourceVpce.";
  }

  const Document& document_;
  std::vector<bool> about_ecr_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> audit(const Document& document) { return Auditor{document}.run(); }

int exit_code(const std::vector<Finding>& findings) {
  const auto has = [&](Severity severity) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == severity; });
  };
  if (has(Severity::error)) return 2;
  return has(Severity::warning) ? 1 : 0;
}

std::string quoted(const Document& document, Span span) {
  const Place place = document.text->place(span.begin);
  std::string out = fmt::format("line {}", place.line);
  if (place.inner_line) out += fmt::format(" (line {} of the policy inside)", *place.inner_line);
  out += ": ";
  const std::size_t start = out.size();
  bool blank = false;
  for (const char c : document.text->slice(span)) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (space && blank) continue;
    if (out.size() - start >= max_quote) return out + "…";
    out += space ? ' ' : c;
    blank = space;
  }
  return out;
}

}  // namespace ecr6::policy
