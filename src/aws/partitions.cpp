#include "ecr6/aws/partitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

using Words = std::string_view[];

constexpr Words aws_prefixes = {"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"};
constexpr Words aws_regions = {"af-south-1",     "ap-east-1",      "ap-east-2",      "ap-northeast-1", "ap-northeast-2",
                               "ap-northeast-3", "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2",
                               "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
                               "ca-central-1",   "ca-west-1",      "eu-central-1",   "eu-central-2",   "eu-north-1",
                               "eu-south-1",     "eu-south-2",     "eu-west-1",      "eu-west-2",      "eu-west-3",
                               "il-central-1",   "me-central-1",   "me-south-1",     "mx-central-1",   "sa-east-1",
                               "us-east-1",      "us-east-2",      "us-west-1",      "us-west-2"};
constexpr Words cn_prefixes = {"cn"};
constexpr Words cn_regions = {"cn-north-1", "cn-northwest-1"};
constexpr Words gov_prefixes = {"us-gov"};
constexpr Words gov_regions = {"us-gov-east-1", "us-gov-west-1"};
constexpr Words eusc_prefixes = {"eusc-de"};
constexpr Words eusc_regions = {"eusc-de-east-1"};
constexpr Words iso_prefixes = {"us-iso"};
constexpr Words iso_regions = {"us-iso-east-1", "us-iso-west-1"};
constexpr Words iso_b_prefixes = {"us-isob"};
constexpr Words iso_b_regions = {"us-isob-east-1", "us-isob-west-1"};
constexpr Words iso_e_prefixes = {"eu-isoe"};
constexpr Words iso_e_regions = {"eu-isoe-west-1"};
constexpr Words iso_f_prefixes = {"us-isof"};
constexpr Words iso_f_regions = {"us-isof-east-1", "us-isof-south-1"};

constexpr std::array<Partition, 8> table{{
    {"aws", "amazonaws.com", "api.aws", "on.aws", aws_prefixes, aws_regions, "us-east-1", true},
    {"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "on.amazonwebservices.com.cn", cn_prefixes,
     cn_regions, "cn-north-1", true},
    {"aws-us-gov", "amazonaws.com", "api.aws", "on.aws", gov_prefixes, gov_regions, "us-gov-west-1", true},
    {"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "", eusc_prefixes, eusc_regions, "eusc-de-east-1", false},
    {"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "on.aws.ic.gov", iso_prefixes, iso_regions, "us-iso-east-1", false},
    {"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "on.aws.scloud", iso_b_prefixes, iso_b_regions, "us-isob-east-1",
     false},
    {"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "on.cloud-aws.adc-e.uk", iso_e_prefixes, iso_e_regions,
     "eu-isoe-west-1", false},
    {"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "on.aws.hci.ic.gov", iso_f_prefixes, iso_f_regions,
     "us-isof-south-1", false},
}};

/// `prod-<region>-starport-layer-bucket` has to fit into one DNS label of 63 octets.
constexpr std::size_t longest_region = 63 - std::string_view{"prod--starport-layer-bucket"}.size();

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// The pattern's \w, in the lower case that host names have here.
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; }

/// `-\w+-\d+`, and nothing after it.
bool is_region_tail(std::string_view text) {
  if (!text.starts_with('-')) return false;
  const auto dash = text.find('-', 1);
  if (dash == text.npos) return false;
  const auto word = text.substr(1, dash - 1);
  const auto digits = text.substr(dash + 1);
  return !word.empty() && std::all_of(word.begin(), word.end(), is_word) && !digits.empty() &&
         std::all_of(digits.begin(), digits.end(), is_digit);
}

bool matches(const Partition& partition, std::string_view region) {
  return std::any_of(partition.region_prefixes.begin(), partition.region_prefixes.end(), [&](std::string_view prefix) {
    return region.starts_with(prefix) && is_region_tail(region.substr(prefix.size()));
  });
}

Problem misspelled(std::string_view text, std::string_view region) {
  const std::string_view stem = region.substr(0, region.empty() ? 0 : region.size() - 1);
  if (partition_of(stem) != nullptr && !is_digit(region.back()) && is_listed_region(stem))
    return problem(fmt::format("'{}' is not a region (an availability zone?); did you mean '{}'?", text, stem));
  return problem(fmt::format("'{}' is not an AWS region; the nearest one is '{}'", text, nearest_region(region)));
}

}  // namespace

std::span<const Partition> partitions() { return table; }

const Partition* partition_of(std::string_view region) {
  if (region.size() > longest_region) return nullptr;
  const auto found = std::find_if(table.begin(), table.end(), [&](const Partition& p) { return matches(p, region); });
  return found == table.end() ? nullptr : &*found;
}

const Partition* partition_named(std::string_view id) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Partition& p) { return p.id == id; });
  return found == table.end() ? nullptr : &*found;
}

bool is_pseudo_region(std::string_view text) {
  constexpr std::string_view end = "-global";
  return text.ends_with(end) && partition_named(text.substr(0, text.size() - end.size())) != nullptr;
}

bool is_listed_region(std::string_view region) {
  return std::any_of(table.begin(), table.end(), [&](const Partition& p) {
    return std::find(p.regions.begin(), p.regions.end(), region) != p.regions.end();
  });
}

std::string_view nearest_region(std::string_view text) {
  std::string_view nearest = table.front().main_region;
  const std::string lower = to_lower(text.substr(0, 2 * longest_region));
  std::size_t least = edit_distance(lower, nearest);
  for (const Partition& partition : table)
    for (const std::string_view region : partition.regions)
      if (const std::size_t edits = edit_distance(lower, region); edits < least) {
        least = edits;
        nearest = region;
      }
  return nearest;
}

Expected<std::string> checked_region(std::string_view text) {
  const std::string region = to_lower(text);
  if (partition_of(region) != nullptr) return region;
  if (is_pseudo_region(region)) {
    const auto* partition = partition_named(region.substr(0, region.size() - std::string_view{"-global"}.size()));
    return problem(
        fmt::format("'{}' is a pseudo-region without ECR endpoints of its own; name a real one, such as '{}'", text,
                    partition->main_region));
  }
  return misspelled(text, region);
}

Expected<std::string> checked_account(std::string_view text) {
  if (text.size() == 12 && std::all_of(text.begin(), text.end(), is_digit)) return std::string{text};
  return problem(fmt::format("'{}' is not an AWS account number: 12 digits, without dashes, are expected", text));
}

}  // namespace ecr6::aws
