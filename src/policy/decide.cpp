#include "ecr6/policy/decide.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/policy/ip_value.hpp"
#include "ecr6/policy/scope.hpp"

namespace ecr6::policy {

namespace {

/// One statement's answer to one action of one caller.
struct Answer {
  StatementRef where;
  Effect effect{};
  PolicyType type{};
  Truth truth;  ///< whether the statement applies, all considered
};

/// A caller's answers from every statement; conditions are judged once, not once per action.
class Hearing {
 public:
  Hearing(const std::vector<Document>& documents, const Caller& caller) : documents_{documents}, caller_{caller} {
    for (const Document& document : documents)
      for (const Statement& statement : document.statements)
        conditions_.push_back(both(applies_to_caller(statement), truth_of(statement, caller)));
  }

  [[nodiscard]] std::vector<Answer> on(const Action& action) const {
    std::vector<Answer> answers;
    std::size_t condition = 0;
    for (std::size_t d = 0; d < documents_.size(); ++d)
      for (std::size_t s = 0; s < documents_[d].statements.size(); ++s)
        consider({d, s}, action, conditions_[condition++], answers);
    return answers;
  }

 private:
  void consider(StatementRef where, const Action& action, const Truth& condition, std::vector<Answer>& answers) const {
    const Document& document = documents_[where.document];
    const Statement& statement = document.statements[where.statement];
    const bool elsewhere = document.type == PolicyType::endpoint && caller_.path == Path::internet;
    if (elsewhere || !governs(document.type, action)) return;
    const Truth scope = applies_to(statement, action);
    if (scope.verdict == Verdict::no) return;
    Truth truth = both(scope, condition);
    if (document.type == PolicyType::registry) truth = both(std::move(truth), registry_truth(action));
    answers.push_back({where, statement.effect, document.type, std::move(truth)});
  }

  static Truth registry_truth(const Action& action) {
    if (action.account_level)
      return {Verdict::indeterminate, {"whether a registry policy governs the login is not documented"}};
    return {Verdict::depends,
            {"the registry policy scope: only V2 covers this action (aws ecr get-account-setting "
             "--name REGISTRY_POLICY_SCOPE)"}};
  }

  const std::vector<Document>& documents_;
  const Caller& caller_;
  std::vector<Truth> conditions_;
};

bool grants(PolicyType type) {
  return type == PolicyType::identity || type == PolicyType::resource || type == PolicyType::registry;
}

/// The disjunction of the answers that `wanted` picks, and the first that carries it.
struct Sum {
  Truth truth;
  std::optional<StatementRef> by;
  bool any{};  ///< there was such an answer at all
};

Sum sum_of(const std::vector<Answer>& answers, const auto& wanted) {
  Sum sum;
  for (const Answer& answer : answers) {
    if (!wanted(answer)) continue;
    sum.any = true;
    Truth next = either(sum.truth, answer.truth);
    if (!sum.by || next.verdict != sum.truth.verdict) sum.by = answer.where;
    sum.truth = std::move(next);
  }
  return sum;
}

bool has_type(const std::vector<Document>& documents, PolicyType type) {
  return std::any_of(documents.begin(), documents.end(), [&](const Document& d) { return d.type == type; });
}

bool allows_anything(const std::vector<Document>& documents, PolicyType type) {
  return std::any_of(documents.begin(), documents.end(), [&](const Document& d) {
    return d.type == type && std::any_of(d.statements.begin(), d.statements.end(),
                                         [](const Statement& s) { return s.effect == Effect::allow; });
  });
}

/// What a capping type lets through. Deny-only service control policies cap nothing further.
std::optional<Sum> cap(const std::vector<Document>& documents, const std::vector<Answer>& answers, PolicyType type) {
  if (!has_type(documents, type)) return std::nullopt;
  if (type == PolicyType::scp && !allows_anything(documents, type)) return std::nullopt;
  return sum_of(answers, [&](const Answer& a) { return a.effect == Effect::allow && a.type == type; });
}

Outcome outcome_of(Verdict allowed) {
  switch (allowed) {
    case Verdict::no:
      return Outcome::deny;
    case Verdict::yes:
      return Outcome::allow;
    case Verdict::depends:
      return Outcome::depends;
    case Verdict::indeterminate:
      break;
  }
  return Outcome::indeterminate;
}

Sum grant(const std::vector<Document>& documents, const std::vector<Answer>& answers) {
  Sum sum = sum_of(answers, [](const Answer& a) { return a.effect == Effect::allow && grants(a.type); });
  if (!sum.any && !has_type(documents, PolicyType::identity))
    sum.truth = {Verdict::depends, {"an identity policy that allows it; none is among the documents"}};
  return sum;
}

Decision decide_one(const std::vector<Document>& documents, const std::vector<Answer>& answers, const Action& action,
                    const Caller& caller) {
  const Sum denied = sum_of(answers, [](const Answer& a) { return a.effect == Effect::deny; });
  Decision decision{action.name, action.group, Outcome::deny, true, denied.by, {}};
  if (denied.truth.verdict == Verdict::yes) return decision;
  const Sum granted = grant(documents, answers);
  Truth allowed = granted.truth;
  decision.decided_by = granted.by;
  decision.explicit_deny = false;
  std::vector<PolicyType> caps{PolicyType::scp};
  if (caller.path == Path::vpc_endpoint) caps.push_back(PolicyType::endpoint);
  for (const PolicyType type : caps) {
    const auto capped = cap(documents, answers, type);
    if (!capped) continue;
    if (capped->truth.verdict == Verdict::no && allowed.verdict != Verdict::no) decision.decided_by = capped->by;
    allowed = both(std::move(allowed), capped->truth);
  }
  if (allowed.verdict == Verdict::yes && denied.truth.verdict != Verdict::no) decision.decided_by = denied.by;
  allowed = both(std::move(allowed), opposite(denied.truth));
  decision.outcome = outcome_of(allowed.verdict);
  decision.reasons = std::move(allowed.reasons);
  return decision;
}

}  // namespace

std::string_view to_string(Outcome word) {
  constexpr std::string_view words[] = {"allow", "deny", "depends", "indeterminate"};
  return words[static_cast<std::size_t>(word)];
}

std::vector<Decision> decide(const std::vector<Document>& documents, const Caller& caller) {
  const Hearing hearing{documents, caller};
  std::vector<Decision> decisions;
  for (const Action& action : actions()) decisions.push_back(decide_one(documents, hearing.on(action), action, caller));
  return decisions;
}

std::vector<std::string> caveats(const std::vector<Document>& documents, const Caller& caller) {
  std::vector<std::string> notes;
  if (caller.address && unmapped(Prefix{*caller.address, 128}))
    notes.push_back(
        "an IPv4-mapped address: AWS does not document whether it counts as IPv4; ECR sees the IPv4 address "
        "of such a client");
  else if (caller.address && Prefix::parse("64:ff9b::/96")->contains(*caller.address))
    notes.push_back("a NAT64 address: AWS sees the public IPv4 address of the NAT gateway instead");
  else if (caller.address && caller.path == Path::internet &&
           (caller.address->is_private_v4() || !internet_addresses().contains(*caller.address)))
    notes.push_back("aws:SourceIp carries public addresses only; AWS never sees this one as the source");
  if (caller.path == Path::internet && has_type(documents, PolicyType::endpoint))
    notes.push_back("endpoint policies do not apply to a caller that comes through the Internet");
  if (has_type(documents, PolicyType::scp) && !allows_anything(documents, PolicyType::scp))
    notes.push_back(
        "no service control policy given allows anything; FullAWSAccess is taken to be attached beside them");
  if (has_type(documents, PolicyType::identity) && has_type(documents, PolicyType::resource))
    notes.push_back("within one account either policy may allow; across accounts both must");
  return notes;
}

}  // namespace ecr6::policy
