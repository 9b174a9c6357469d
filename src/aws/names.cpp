#include "ecr6/aws/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ecr6/aws/partitions.hpp"

namespace ecr6::aws {

namespace {

constexpr std::string_view public_region = "us-east-1";

/// Where AWS documents FIPS endpoints of ECR (general reference, "Amazon ECR endpoints and quotas").
bool has_documented_fips(std::string_view region) {
  constexpr std::array<std::string_view, 6> regions{"us-east-1", "us-east-2",     "us-west-1",
                                                    "us-west-2", "us-gov-east-1", "us-gov-west-1"};
  return std::find(regions.begin(), regions.end(), region) != regions.end();
}

/// Where botocore's endpoints.json lists no dual-stack variant although the partition has them.
bool lacks_listed_dual_stack(std::string_view region) { return region == "ap-east-2" || region == "ap-southeast-6"; }

bool is_confirmed(Role role, Addressing addressing, const Partition& partition, const Place& place) {
  const bool dual = addressing == Addressing::dual_stack;
  switch (role) {
    case Role::api:
      if (place.fips && !has_documented_fips(place.region)) return false;
      return !dual || (partition.dual_stack_confirmed && !lacks_listed_dual_stack(place.region));
    case Role::registry:
      return !place.fips || has_documented_fips(place.region);
    case Role::layers:
      return !dual || partition.dual_stack_confirmed;
    case Role::public_api:
      return !place.fips && (place.region == public_region || (!dual && partition.id == "aws"));
    default:
      return true;
  }
}

std::string_view dash_fips(const Place& place) { return place.fips ? "-fips" : ""; }
std::string_view account_label(const Place& place) { return place.account ? *place.account : placeholder_account; }

std::string dual_stack_name(Role role, const Partition& partition, const Place& place) {
  const auto& [region, account, fips] = place;
  switch (role) {
    case Role::api:
      return fmt::format("ecr{}.{}.{}", dash_fips(place), region, partition.dual_stack_suffix);
    case Role::registry:
      if (partition.registry_suffix.empty()) return {};
      return fmt::format("{}.dkr-ecr{}.{}.{}", account_label(place), dash_fips(place), region,
                         partition.registry_suffix);
    case Role::layers:
      return fmt::format("prod-{0}-starport-layer-bucket.s3.dualstack.{0}.{1}", region, partition.dns_suffix);
    case Role::public_api:
      // The rule set of ecr-public drops the "api." in the aws partition alone, and keeps it before FIPS.
      if (fips) return fmt::format("api.ecr-public-fips.{}.{}", region, partition.dual_stack_suffix);
      return fmt::format("{}ecr-public.{}.{}", partition.id == "aws" ? "" : "api.", region,
                         partition.dual_stack_suffix);
    case Role::public_registry:
      return "ecr-public.aws.com";
    default:
      return {};
  }
}

std::vector<std::string> current_names(Role role, const Partition& partition, const Place& place) {
  const std::string_view suffix = partition.dns_suffix;
  switch (role) {
    case Role::api: {
      std::vector<std::string> names{fmt::format("api.ecr{}.{}.{}", dash_fips(place), place.region, suffix)};
      if (place.fips) names.push_back(fmt::format("ecr-fips.{}.{}", place.region, suffix));
      return names;
    }
    case Role::registry:
      return {fmt::format("{}.dkr.ecr{}.{}.{}", account_label(place), dash_fips(place), place.region, suffix)};
    case Role::layers:
      return {fmt::format("prod-{0}-starport-layer-bucket.s3.{0}.{1}", place.region, suffix)};
    case Role::public_api:
      return {fmt::format("api.ecr-public{}.{}.{}", dash_fips(place), place.region, suffix)};
    case Role::public_registry:
      return {"public.ecr.aws"};
    default:
      return {};
  }
}

std::vector<std::string> alternate_names(Role role, const Partition& partition, const Place& place) {
  if (role == Role::api && !place.fips) return {fmt::format("ecr.{}.{}", place.region, partition.dns_suffix)};
  if (role == Role::public_api && !place.fips)
    return {fmt::format("ecr-public.{}.{}", place.region, partition.dns_suffix)};
  return {};
}

bool has_region(Role role) { return role != Role::public_registry && role != Role::public_layers; }
bool has_fips(Role role) { return role == Role::api || role == Role::registry || role == Role::public_api; }

/// The public registry has no region; it belongs to the aws partition.
const Partition* partition_for(Role role, const Place& place) {
  return has_region(role) ? partition_of(place.region) : partition_named("aws");
}

struct Kind {
  Role role;
  Addressing addressing;
};

Endpoint make(std::string name, Kind kind, const Partition& partition, const Place& place) {
  Endpoint endpoint;
  endpoint.name = std::move(name);
  endpoint.role = kind.role;
  endpoint.addressing = kind.addressing;
  endpoint.partition = std::string{partition.id};
  if (has_region(kind.role)) endpoint.region = place.region;
  if (kind.role == Role::registry) endpoint.account = place.account;
  endpoint.fips = place.fips && has_fips(kind.role);
  endpoint.confirmed = is_confirmed(kind.role, kind.addressing, partition, place);
  return endpoint;
}

using NamesOf = std::vector<std::string> (*)(Role, const Partition&, const Place&);

std::vector<Endpoint> ipv4_only(Role role, const Place& place, NamesOf names_of) {
  const Partition* const partition = partition_for(role, place);
  std::vector<Endpoint> endpoints;
  if (partition == nullptr) return endpoints;
  for (std::string& name : names_of(role, *partition, place))
    endpoints.push_back(make(std::move(name), {role, Addressing::ipv4_only}, *partition, place));
  return endpoints;
}

}  // namespace

std::optional<Endpoint> dual_stack_endpoint(Role role, const Place& place) {
  const Partition* const partition = partition_for(role, place);
  if (partition == nullptr) return std::nullopt;
  std::string name = dual_stack_name(role, *partition, place);
  if (name.empty()) return std::nullopt;
  return make(std::move(name), {role, Addressing::dual_stack}, *partition, place);
}

std::vector<Endpoint> current_endpoints(Role role, const Place& place) { return ipv4_only(role, place, current_names); }

std::vector<Endpoint> alternate_endpoints(Role role, const Place& place) {
  return ipv4_only(role, place, alternate_names);
}

std::vector<Endpoint> public_layer_endpoints() {
  std::vector<Endpoint> endpoints;
  for (const char* name : {"d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"})
    endpoints.push_back(make(name, {Role::public_layers, Addressing::dual_stack}, *partition_named("aws"), Place{}));
  return endpoints;
}

}  // namespace ecr6::aws
