#include "endpoints_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::cli {

namespace {

constexpr std::size_t width = 80;

using aws::PlannedEndpoint;

std::string group_of(const PlannedEndpoint& planned) {
  const Endpoint& endpoint = planned.endpoint;
  if (!endpoint.partition) return "as given";
  if (!endpoint.region || endpoint.role == Role::public_api) return "ECR Public";
  return fmt::format("{} (partition {})", *endpoint.region, *endpoint.partition);
}

std::string_view kind_of(const PlannedEndpoint& planned) {
  if (!planned.right_name.empty()) return "wrong";
  if (planned.endpoint.role == Role::public_layers) return "both";
  if (!planned.endpoint.addressing) return "";
  return planned.endpoint.addressing == Addressing::ipv4_only ? "today" : "dual-stack";
}

std::string shown_name(const Endpoint& endpoint) {
  if (endpoint.port == 443) return endpoint.name;
  const bool is_v6 = endpoint.name.find(':') != endpoint.name.npos;
  return is_v6 ? fmt::format("[{}]:{}", endpoint.name, endpoint.port)
               : fmt::format("{}:{}", endpoint.name, endpoint.port);
}

bool is_marked(const PlannedEndpoint& planned) { return !planned.endpoint.confirmed && planned.right_name.empty(); }

struct Row {
  std::string_view role;
  std::string_view kind;
  std::string name;
};

/// `  role  kind  name`; a role is said once for rows that follow each other. A name too long for its line stands
/// below.
std::string render_rows(const std::vector<Row>& rows) {
  std::size_t role_width = 0;
  for (const Row& row : rows) role_width = std::max(role_width, row.role.size());
  std::string text;
  std::string_view last;
  for (const auto& [role, kind, name] : rows) {
    const bool fits = 2 + role_width + 2 + 12 + name.size() <= width;
    const std::string_view shown_role = fits && role == last ? std::string_view{} : role;
    text += fits ? fmt::format("  {:<{}}  {:<12}{}\n", shown_role, role_width, kind, name)
                 : fmt::format("  {:<{}}  {}\n    {}\n", shown_role, role_width, kind, name);
    last = fits ? role : std::string_view{};
  }
  return text;
}

/// Wrong names, then today's, then the dual-stack ones; otherwise as planned.
int rank(const PlannedEndpoint& planned) {
  if (!planned.right_name.empty()) return 0;
  return planned.endpoint.addressing == Addressing::ipv4_only ? 1 : 2;
}

/// The rows of one group: its roles in the order of the plan.
std::string render_group(std::vector<const PlannedEndpoint*> members) {
  std::vector<Role> roles;
  for (const PlannedEndpoint* member : members)
    if (std::find(roles.begin(), roles.end(), member->endpoint.role) == roles.end())
      roles.push_back(member->endpoint.role);
  const auto place = [&](const PlannedEndpoint* member) {
    return std::pair{std::find(roles.begin(), roles.end(), member->endpoint.role), rank(*member)};
  };
  std::stable_sort(members.begin(), members.end(),
                   [&](const auto* left, const auto* right) { return place(left) < place(right); });
  std::vector<Row> rows;
  rows.reserve(members.size());
  for (const PlannedEndpoint* member : members)
    rows.push_back({to_string(member->endpoint.role), kind_of(*member),
                    printable(shown_name(member->endpoint)) + (is_marked(*member) ? " *" : "")});
  return render_rows(rows);
}

/// Words to lines of at most 80 columns, the second and further ones indented like the first word.
std::string wrapped(std::string_view text) {
  std::string out = "-";
  std::size_t column = out.size();
  for (const std::string_view word : split(text, ' ')) {
    if (column + 1 + word.size() > width) {
      out += "\n ";
      column = 1;
    }
    out += ' ';
    out += word;
    column += 1 + word.size();
  }
  return out + "\n";
}

}  // namespace

std::string render_endpoints(const aws::Plan& plan) {
  std::vector<std::string> groups;
  for (const PlannedEndpoint& planned : plan.endpoints)
    if (const auto group = group_of(planned); std::find(groups.begin(), groups.end(), group) == groups.end())
      groups.push_back(group);
  std::string text;
  for (const std::string& group : groups) {
    std::vector<const PlannedEndpoint*> members;
    for (const PlannedEndpoint& planned : plan.endpoints)
      if (group_of(planned) == group) members.push_back(&planned);
    text += group + "\n" + render_group(std::move(members)) + "\n";
  }
  const std::size_t without_notes = text.size() - 1;
  if (std::any_of(plan.endpoints.begin(), plan.endpoints.end(), is_marked)) text += "* unconfirmed\n";
  for (const std::string& note : aws::all_notes(plan)) text += wrapped(printable(note));
  if (text.size() == without_notes + 1) text.pop_back();
  return text;
}

}  // namespace ecr6::cli
