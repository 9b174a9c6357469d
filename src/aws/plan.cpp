#include "ecr6/aws/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/partitions.hpp"
#include "plan_notes.hpp"

namespace ecr6::aws {

namespace {

constexpr std::uint16_t https_port = 443;

bool is_wrong_name(const Endpoint& endpoint) {
  const auto name = recognise(endpoint.name);
  return name && name->spelling == Spelling::wrong;
}

/// Collects endpoints in order, each once, under the options' filters.
class Planner {
 public:
  explicit Planner(const PlanOptions& options) : options_{options} {}

  void operator()(const RegionTarget& target) {
    const Place place{target.region, target.account ? target.account : options_.account, options_.fips};
    for (const Role role : {Role::api, Role::registry, Role::layers}) add_pair(role, place, target.region);
  }

  void operator()(const PublicTarget&) {
    for (const Role role : {Role::public_api, Role::public_registry}) add_pair(role, public_place(), "public");
    add_public_layers("public");
  }

  void operator()(const AllTarget&) {
    for (const std::string_view region : partition_named(options_.partition)->regions)
      for (const Role role : {Role::api, Role::registry})
        add_pair(role, {std::string{region}, options_.account, options_.fips}, "all");
  }

  void operator()(const HostTarget& target) {
    port_ = target.port;
    if (!target.name || target.name->spelling == Spelling::vpc_endpoint)
      add_other(target);
    else if (target.name->spelling == Spelling::bare)
      add_pair(Role::registry, place_of(*target.name), target.host);
    else
      add_named(*target.name);
    port_.reset();
    if (target.name && target.name->spelling != Spelling::vpc_endpoint) add_companions(*target.name);
  }

  [[nodiscard]] std::vector<PlannedEndpoint> take() { return std::move(endpoints_); }

 private:
  [[nodiscard]] Place public_place() const { return {"us-east-1", std::nullopt, options_.fips}; }

  [[nodiscard]] Place place_of(const EcrName& name) const {
    const Endpoint& endpoint = name.endpoint;
    return {endpoint.region.value_or(""), endpoint.account ? endpoint.account : options_.account,
            endpoint.fips || options_.fips};
  }

  void add_other(const HostTarget& target) {
    Endpoint endpoint;
    endpoint.name = target.host;
    add(std::move(endpoint), {Reason::named, {}});
  }

  /// The dual-stack endpoint of a place, then today's.
  void add_pair(Role role, const Place& place, const std::string& target) {
    if (auto dual = dual_stack_endpoint(role, place)) add(std::move(*dual), {Reason::of_target, target});
    add_all(current_endpoints(role, place), {Reason::of_target, target});
  }

  void add_all(std::vector<Endpoint> endpoints, const Because& because) {
    for (Endpoint& endpoint : endpoints) add(std::move(endpoint), because);
  }

  /// A name that the user wrote, its dual-stack twin before it and today's after it.
  void add_named(const EcrName& name) {
    const std::string& given = name.endpoint.name;
    if (name.spelling == Spelling::wrong) return add_wrong(name);
    if (auto dual = dual_stack_twin(name)) add(std::move(*dual), {Reason::dual_stack_twin, given});
    add(name.endpoint, {Reason::named, {}});
    if (name.spelling == Spelling::alternate)
      add_all(current_endpoints(name.endpoint.role, place_of(name)), {Reason::right_name, given});
    else
      add_all(current_twins(name), {Reason::current_twin, given});
  }

  /// A wrong name as given, and beside it the right ones.
  void add_wrong(const EcrName& name) {
    const Because because{Reason::right_name, name.endpoint.name};
    add(name.endpoint, {Reason::named, {}});
    if (auto dual = dual_stack_twin(name)) add(std::move(*dual), because);
    add_all(current_twins(name), because);
  }

  /// What a registry needs besides itself.
  void add_companions(const EcrName& name) {
    const std::string& given = name.endpoint.name;
    if (name.endpoint.role == Role::registry)
      for (const Role role : {Role::api, Role::layers}) add_pair(role, place_of(name), given);
    if (name.endpoint.role != Role::public_registry) return;
    add_pair(Role::public_api, public_place(), given);
    add_public_layers(given);
  }

  void add_public_layers(const std::string& target) { add_all(public_layer_endpoints(), {Reason::of_target, target}); }

  [[nodiscard]] bool is_wanted(const PlannedEndpoint& planned) const {
    const auto& only = options_.only;
    const bool role_fits = only.empty() || std::find(only.begin(), only.end(), planned.endpoint.role) != only.end();
    const bool is_current = planned.endpoint.addressing == Addressing::ipv4_only && planned.right_name.empty();
    return role_fits && (options_.current || !is_current);
  }

  [[nodiscard]] PlannedEndpoint planned_from(Endpoint endpoint) const {
    const auto name = recognise(endpoint.name);
    PlannedEndpoint planned;
    if (name && name->spelling == Spelling::wrong) planned.right_name = name->right_name;
    planned.not_an_ecr_name = !name;
    planned.placeholder_account = endpoint.role == Role::registry && !endpoint.account;
    planned.required = is_required(endpoint);
    planned.endpoint = std::move(endpoint);
    planned.endpoint.port = port_.value_or(options_.port.value_or(https_port));
    return planned;
  }

  void add(Endpoint endpoint, const Because& because) {
    PlannedEndpoint planned = planned_from(std::move(endpoint));
    if (!is_wanted(planned)) return;
    const auto known = std::find_if(endpoints_.begin(), endpoints_.end(), [&](const PlannedEndpoint& other) {
      return other.endpoint.name == planned.endpoint.name && other.endpoint.port == planned.endpoint.port;
    });
    if (known != endpoints_.end()) return merge(*known, planned, because);
    planned.because.push_back(because);
    endpoints_.push_back(std::move(planned));
  }

  /// The same endpoint over another target.
  static void merge(PlannedEndpoint& known, const PlannedEndpoint& again, const Because& because) {
    // The sample account may also be somebody's own: named once, it is no placeholder any more.
    if (again.endpoint.account) known.endpoint.account = again.endpoint.account;
    known.placeholder_account = known.placeholder_account && again.placeholder_account;
    if (std::find(known.because.begin(), known.because.end(), because) == known.because.end())
      known.because.push_back(because);
  }

  const PlanOptions& options_;
  std::optional<std::uint16_t> port_;  ///< of the host that is being added
  std::vector<PlannedEndpoint> endpoints_;
};

}  // namespace

std::string to_text(const Because& because) {
  switch (because.reason) {
    case Reason::named:
      return "named on the command line";
    case Reason::of_target:
      return "part of " + because.of;
    case Reason::dual_stack_twin:
      return "the dual-stack name of " + because.of;
    case Reason::current_twin:
      return "today's name of " + because.of;
    case Reason::right_name:
      return "the right name for " + because.of;
  }
  return {};
}

bool is_required(const Endpoint& endpoint) {
  switch (endpoint.role) {
    case Role::other:
      return true;
    case Role::layers:
    case Role::public_layers:
      return false;
    default:
      return endpoint.addressing == Addressing::dual_stack && !is_wrong_name(endpoint);
  }
}

Expected<Plan> plan(const std::vector<Target>& targets, const PlanOptions& options) {
  if (partition_named(options.partition) == nullptr)
    return problem(fmt::format("'{}' is not an AWS partition", options.partition));
  Planner planner{options};
  for (const Target& target : targets) std::visit(planner, target);
  Plan plan;
  plan.endpoints = planner.take();
  if (plan.endpoints.empty())
    return problem(
        "nothing is left to look at: the targets have no endpoint of the roles and kinds that were asked for");
  plan.notes = notes_on(plan.endpoints);
  plan.remarks = remarks_on(plan.endpoints);
  return plan;
}

}  // namespace ecr6::aws
