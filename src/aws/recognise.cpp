#include "ecr6/aws/recognise.hpp"

#include <algorithm>

#include "ecr6/aws/partitions.hpp"
#include "ecr6/core/text.hpp"
#include "host_shape.hpp"

namespace ecr6::aws {

namespace {

/// RFC 1035 §2.3.4: what is longer is no host name.
constexpr std::size_t longest_host = 253;

/// Lower case, without the final dot; empty for what is too long.
std::string normal_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host.size() > longest_host ? std::string{} : to_lower(host);
}

std::optional<EcrName> recognise_public(std::string_view host) {
  std::vector<Endpoint> known = public_layer_endpoints();
  known.push_back(*dual_stack_endpoint(Role::public_registry, {}));
  for (Endpoint& endpoint : current_endpoints(Role::public_registry, {})) known.push_back(std::move(endpoint));
  for (Endpoint& endpoint : known)
    if (endpoint.name == host) return EcrName{std::move(endpoint), Spelling::standard, {}};
  return std::nullopt;
}

/// The same name without its account label.
Endpoint without_account(Endpoint endpoint) {
  endpoint.name.erase(0, endpoint.name.find('.') + 1);
  endpoint.account.reset();
  return endpoint;
}

/// Every right spelling of a place, the dual-stack one first.
std::vector<EcrName> spellings(Role role, const Place& place) {
  std::vector<EcrName> all;
  const auto current = current_endpoints(role, place);
  if (auto dual = dual_stack_endpoint(role, place)) all.push_back({std::move(*dual), Spelling::standard, {}});
  for (const Endpoint& endpoint : current)
    all.push_back(endpoint.name == current.front().name ? EcrName{endpoint, Spelling::standard, {}}
                                                        : EcrName{endpoint, Spelling::alternate, current.front().name});
  for (Endpoint& endpoint : alternate_endpoints(role, place))
    all.push_back({std::move(endpoint), Spelling::alternate, current.front().name});
  return all;
}

std::vector<EcrName> spellings_of(const HostShape& shape, const Place& place) {
  auto all = spellings(shape.role, place);
  if (shape.role != Role::registry || !shape.label.empty()) return all;
  for (EcrName& name : all) {
    name.endpoint = without_account(std::move(name.endpoint));
    name.spelling = Spelling::bare;
  }
  return all;
}

bool is_eusc_guess(std::string_view host, const HostShape& shape, const Place& place) {
  if (shape.role != Role::registry || partition_of(place.region)->id != "aws-eusc") return false;
  const std::string start = (shape.label.empty() ? "" : std::string{shape.label} + ".") + "dkr-ecr" +
                            (shape.fips ? "-fips." : ".") + place.region + ".";
  return std::any_of(std::begin(eusc_registry_guesses), std::end(eusc_registry_guesses),
                     [&](std::string_view guess) { return host == start + std::string{guess}; });
}

/// A name of ECR's shape that no right spelling equals.
EcrName other_spelling(std::string_view host, const HostShape& shape, const Place& place) {
  EcrName name;
  name.endpoint.name = host;
  name.endpoint.role = shape.role;
  if (!shape.vpce) name.endpoint.addressing = shape.addressing;
  name.endpoint.partition = std::string{partition_of(place.region)->id};
  name.endpoint.region = place.region;
  name.endpoint.account = place.account;
  name.endpoint.fips = shape.fips;
  name.endpoint.confirmed = shape.vpce;
  name.spelling = shape.vpce                          ? Spelling::vpc_endpoint
                  : is_eusc_guess(host, shape, place) ? Spelling::unconfirmed
                                                      : Spelling::wrong;
  if (name.spelling == Spelling::wrong) name.right_name = spellings_of(shape, place).front().endpoint.name;
  return name;
}

Place place_of(const HostShape& shape) {
  Place place{std::string{shape.region}, std::nullopt, shape.fips};
  if (shape.role == Role::registry && !shape.vpce && !shape.label.empty()) place.account = std::string{shape.label};
  return place;
}

Misfit misfit_of(const HostShape& shape) {
  Misfit misfit;
  const Place place = place_of(shape);
  if (place.account && !checked_account(*place.account)) misfit.account = *place.account;
  if (partition_of(place.region) == nullptr) misfit.region = place.region;
  return misfit;
}

Place place_of(const EcrName& name) {
  return {name.endpoint.region.value_or(""), name.endpoint.account, name.endpoint.fips};
}

bool is_bare(const EcrName& name) {
  return name.endpoint.role == Role::registry && name.spelling != Spelling::vpc_endpoint && !name.endpoint.account;
}

}  // namespace

std::optional<EcrName> recognise(std::string_view given) {
  const std::string host = normal_host(given);
  if (auto name = recognise_public(host)) return name;
  const auto shape = shape_of(host);
  if (!shape || shape->region.empty() || misfit_of(*shape) != Misfit{}) return std::nullopt;
  const Place place = place_of(*shape);
  if (shape->vpce) return other_spelling(host, *shape, place);
  for (EcrName& name : spellings_of(*shape, place))
    if (name.endpoint.name == host) return std::move(name);
  return other_spelling(host, *shape, place);
}

std::optional<Misfit> misfit(std::string_view given) {
  const std::string host = normal_host(given);
  const auto shape = shape_of(host);
  if (!shape) return std::nullopt;
  Misfit found = misfit_of(*shape);
  return found == Misfit{} ? std::nullopt : std::optional{std::move(found)};
}

std::optional<Endpoint> dual_stack_twin(const EcrName& name) {
  const bool settled = name.spelling != Spelling::wrong && name.endpoint.addressing == Addressing::dual_stack;
  if (settled || name.spelling == Spelling::vpc_endpoint) return std::nullopt;
  auto twin = dual_stack_endpoint(name.endpoint.role, place_of(name));
  return twin && is_bare(name) ? without_account(std::move(*twin)) : twin;
}

std::vector<Endpoint> current_twins(const EcrName& name) {
  const bool settled = name.spelling != Spelling::wrong && name.endpoint.addressing == Addressing::ipv4_only;
  if (settled || name.spelling == Spelling::vpc_endpoint) return {};
  auto twins = current_endpoints(name.endpoint.role, place_of(name));
  if (is_bare(name)) std::transform(twins.begin(), twins.end(), twins.begin(), without_account);
  return twins;
}

}  // namespace ecr6::aws
