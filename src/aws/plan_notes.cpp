#include "plan_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ecr6/aws/partitions.hpp"

namespace ecr6::aws {

namespace {

using Notes = std::vector<std::string>;
using Endpoints = std::vector<PlannedEndpoint>;

/// Regions that the pattern accepts but this version has not heard of: new ones, or misspelled ones.
void note_unlisted_regions(const Endpoints& endpoints, Notes& notes) {
  std::set<std::string> unlisted;
  for (const PlannedEndpoint& planned : endpoints)
    if (planned.endpoint.region && !is_listed_region(*planned.endpoint.region))
      unlisted.insert(*planned.endpoint.region);
  for (const std::string& region : unlisted)
    notes.push_back(fmt::format("{} is not in this version's list of regions; if it is not new, did you mean {}?",
                                region, nearest_region(region)));
}

void note_placeholder(const Endpoints& endpoints, Notes& notes) {
  if (std::any_of(endpoints.begin(), endpoints.end(), [](const auto& planned) { return planned.placeholder_account; }))
    notes.push_back(
        fmt::format("no account given: the registry stands under the placeholder {}; "
                    "name yours with --account or ACCOUNT@REGION",
                    placeholder_account));
}

void note_unconfirmed(const Endpoints& endpoints, Notes& notes) {
  const auto is_unconfirmed = [](const PlannedEndpoint& planned) {
    return !planned.endpoint.confirmed && planned.right_name.empty();
  };
  if (std::any_of(endpoints.begin(), endpoints.end(), is_unconfirmed))
    notes.push_back("unconfirmed names follow from AWS's rules; whether they exist in DNS is not known");
}

/// The registries of a partition whose dual-stack spelling is not known.
void note_left_out(const Endpoints& endpoints, Notes& notes) {
  const auto lacks_spelling = [](const PlannedEndpoint& planned) {
    const Endpoint& e = planned.endpoint;
    const Partition* const partition = e.partition ? partition_named(*e.partition) : nullptr;
    return partition != nullptr && partition->registry_suffix.empty() && e.role == Role::registry;
  };
  const auto found = std::find_if(endpoints.begin(), endpoints.end(), lacks_spelling);
  if (found != endpoints.end() && found->endpoint.addressing == Addressing::ipv4_only)
    notes.push_back(fmt::format("the dual-stack registry of {} is left out: how its name is spelled is unconfirmed",
                                *found->endpoint.partition));
}

bool is_named_alternate(const PlannedEndpoint& planned, const EcrName& name) {
  return name.spelling == Spelling::alternate && planned.because.front().reason == Reason::named;
}

std::string another_spelling(const EcrName& name) {
  return fmt::format("{} is another spelling; AWS's tools use {} today", name.endpoint.name, name.right_name);
}

std::string remark_on(const PlannedEndpoint& planned) {
  const std::string& name = planned.endpoint.name;
  if (planned.not_an_ecr_name) return fmt::format("{} is not an ECR name; it is taken as given", name);
  const auto known = recognise(name);
  if (known && known->spelling == Spelling::wrong)
    return fmt::format("{} is not a name of ECR's; the right one is {}", name, known->right_name);
  return known && !known->endpoint.fips && is_named_alternate(planned, *known) ? another_spelling(*known) : "";
}

/// What no finding of a run says: the FIPS API has two spellings, and both are documented.
std::string note_on(const PlannedEndpoint& planned) {
  const auto known = recognise(planned.endpoint.name);
  if (known && known->spelling == Spelling::vpc_endpoint)
    return fmt::format("{} is the own name of a VPC endpoint; it is taken as given and has no dual-stack twin",
                       planned.endpoint.name);
  return known && known->endpoint.fips && is_named_alternate(planned, *known) ? another_spelling(*known) : "";
}

}  // namespace

std::vector<std::string> notes_on(const std::vector<PlannedEndpoint>& endpoints) {
  Notes notes;
  for (const PlannedEndpoint& planned : endpoints)
    if (std::string note = note_on(planned); !note.empty()) notes.push_back(std::move(note));
  note_left_out(endpoints, notes);
  note_unlisted_regions(endpoints, notes);
  return notes;
}

std::vector<std::string> remarks_on(const std::vector<PlannedEndpoint>& endpoints) {
  Notes remarks;
  for (const PlannedEndpoint& planned : endpoints)
    if (std::string remark = remark_on(planned); !remark.empty()) remarks.push_back(std::move(remark));
  note_placeholder(endpoints, remarks);
  note_unconfirmed(endpoints, remarks);
  return remarks;
}

std::vector<std::string> all_notes(const Plan& plan) {
  Notes all = plan.remarks;
  all.insert(all.end(), plan.notes.begin(), plan.notes.end());
  return all;
}

}  // namespace ecr6::aws
