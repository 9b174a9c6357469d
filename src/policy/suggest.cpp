#include "ecr6/policy/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/policy/change.hpp"
#include "ecr6/policy/ip_value.hpp"
#include "ecr6/policy/scope.hpp"
#include "new_statement.hpp"

namespace ecr6::policy {

namespace {

constexpr int widest = 32;

std::string refusal(const Prefix& prefix, bool force) {
  const std::string text = prefix.to_string();
  if (!prefix.address.is_v6()) return fmt::format("{} is an IPv4 prefix; expected an IPv6 one", text);
  if (prefix.has_host_bits())
    return fmt::format("{} has host bits set; {} is meant?", text, prefix.masked().to_string());
  if (prefix.length < widest)
    return force ? ""
                 : fmt::format("{} is wider than /{}, more than one network has; --force if it is meant", text, widest);
  const bool local = Prefix::parse("fc00::/7")->contains(prefix);
  if (!local && !Prefix::parse("2000::/3")->contains(prefix))
    return fmt::format("{} is not global unicast (2000::/3): no client has such a source address", text);
  if (force) return "";
  if (local)
    return fmt::format("{} is unique local: aws:SourceIp never carries it; --force if it is for aws:VpcSourceIp", text);
  if (prefix.length == 128)
    return fmt::format("{} is one address, and hosts change theirs; give the subnet's /64, or --force", text);
  return "";
}

class Editor {
 public:
  Editor(const Document& document, const std::vector<Prefix>& prefixes) : document_{document}, prefixes_{prefixes} {
    for (const Statement& statement : document.statements)
      if (statement.sid) sids_.insert(*statement.sid);
  }

  std::vector<Edit> run() {
    std::vector<std::string> added(document_.statements.size());
    for (const Shift& shift : shifts(document_)) {
      const Statement& statement = document_.statements[shift.statement];
      if (!shift.change || shift.companion || reach(statement, document_.type).empty()) continue;
      const bool list = shift.change == Change::loses_access || shift.change == Change::loses_access_deny;
      if (list)
        extend_lists(statement, shift);
      else
        added[shift.statement] +=
            separator_after(document_, statement) + deny_unknown_ipv6(document_, shift, sid_for(statement), prefixes_);
    }
    for (std::size_t i = 0; i < added.size(); ++i)
      if (!added[i].empty()) add_statements(document_.statements[i], added[i]);
    const auto order = [](const Edit& left, const Edit& right) { return left.begin < right.begin; };
    std::stable_sort(insertions_.begin(), insertions_.end(), order);
    return std::move(insertions_);
  }

 private:
  std::string sid_for(const Statement& model) { return model.sid ? fresh_sid(*model.sid, sids_) : ""; }

  void insert(std::size_t offset, std::string text) {
    const std::size_t place = document_.text->file_offset(offset);
    insertions_.push_back({place, place, document_.text->packed(std::move(text))});
  }

  /// An Allow needs the prefixes in each list that shuts IPv6 out, a Deny in each list of exceptions.
  void extend_lists(const Statement& statement, const Shift& shift) {
    const bool deny = shift.change == Change::loses_access_deny;
    for (const ConditionEntry& entry : statement.condition) {
      if (!carries_address(entry.key, shift.path) || entry.op.comparison != Comparison::ip) continue;
      if (entry.op.negated != deny) continue;
      const AddressSet listed = only(Family::ipv6, region_of(entry, shift.path).certain);
      const AddressSet matched = deny ? only(Family::ipv6, listed.complement()) : listed;
      extend(entry.values, missing_in(matched));
    }
  }

  /// Conditions are ANDed: a list with other IPv6 prefixes in it shuts these ones out as well.
  std::vector<Prefix> missing_in(const AddressSet& matched) const {
    std::vector<Prefix> missing;
    for (const Prefix& prefix : prefixes_)
      if (const AddressSet set{{prefix}}; set.intersected(matched) != set) missing.push_back(prefix);
    return missing;
  }

  void extend(const ValueList& list, const std::vector<Prefix>& prefixes) {
    if (list.values.empty() || prefixes.empty()) return;
    const std::string_view view = document_.text->view();
    std::string gap = " ";
    if (list.is_array) {
      const std::size_t bracket =
          list.values.size() == 1 ? list.span.begin + 1 : list.values[list.values.size() - 2].span.end;
      gap = std::string{view.substr(bracket, list.values.back().span.begin - bracket)};
      std::erase(gap, ',');
      if (gap.empty() && list.values.size() == 1) gap = " ";
    }
    std::string text;
    for (const Prefix& prefix : prefixes) text += "," + gap + "\"" + prefix.to_string() + "\"";
    if (!list.is_array) insert(list.span.begin, "[");
    insert(list.values.back().span.end, list.is_array ? text : text + "]");
  }

  void add_statements(const Statement& statement, const std::string& text) {
    if (!document_.statement_array) insert(statement.span.begin, "[");
    insert(statement.span.end, document_.statement_array ? text : text + "]");
  }

  const Document& document_;
  const std::vector<Prefix>& prefixes_;
  std::vector<Edit> insertions_;
  std::unordered_set<std::string> sids_;
};

}  // namespace

PrefixChoice suggestable_prefix(std::string_view text, bool force) {
  const auto prefix = Prefix::parse(text);
  if (!prefix) return {{}, fmt::format("\"{}\" is no IPv6 prefix; expected one such as 2001:db8:1234::/56", text)};
  const std::string why = refusal(*prefix, force);
  if (!why.empty()) return {{}, why};
  return {prefix, ""};
}

std::vector<Edit> suggest(const Document& document, const std::vector<Prefix>& prefixes) {
  if (prefixes.empty()) return {};
  return Editor{document, prefixes}.run();
}

}  // namespace ecr6::policy
