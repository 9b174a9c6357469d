#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// One of AWS's partitions: regions that share DNS suffixes and a pattern of region names.
/// Source: botocore's partitions.json; the registry suffixes from AWS's ECR user guide and the ECS agent.
struct Partition {
  std::string_view id;                                ///< "aws", "aws-cn", …
  std::string_view dns_suffix;                        ///< of IPv4-only names: "amazonaws.com"
  std::string_view dual_stack_suffix;                 ///< of dual-stack API names: "api.aws"
  std::string_view registry_suffix;                   ///< of dual-stack registries: "on.aws"; empty where unconfirmed
  std::span<const std::string_view> region_prefixes;  ///< a region is PREFIX-\w+-\d+
  std::span<const std::string_view> regions;          ///< known when this was written; never used to reject one
  std::string_view main_region;                       ///< the one to suggest
  bool dual_stack_confirmed{};                        ///< its dual-stack API names are documented, not only generated
};

/// All eight.
[[nodiscard]] std::span<const Partition> partitions();

/// The partition whose pattern the region matches, anchored at both ends; null for anything else. Lower case.
[[nodiscard]] const Partition* partition_of(std::string_view region);
/// The partition of an id; null when there is none.
[[nodiscard]] const Partition* partition_named(std::string_view id);

/// `aws-global`, `aws-cn-global`, …: a region to SDKs, but not a place.
[[nodiscard]] bool is_pseudo_region(std::string_view text);
/// True when the list of this version has it.
[[nodiscard]] bool is_listed_region(std::string_view region);
/// The listed region closest to a text, by single-character edits.
[[nodiscard]] std::string_view nearest_region(std::string_view text);

/// The region in lower case, or a sentence that names the nearest real one: for pseudo-regions, availability zones
/// and misspellings. Any region that matches a partition's pattern is accepted, listed or not.
[[nodiscard]] Expected<std::string> checked_region(std::string_view text);
/// The account, or a sentence when it is not 12 digits.
[[nodiscard]] Expected<std::string> checked_account(std::string_view text);

}  // namespace ecr6::aws
