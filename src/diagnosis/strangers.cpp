#include "strangers.hpp"

#include <algorithm>

#include "certificates.hpp"

namespace ecr6 {

namespace {

using Group = std::vector<const Attempt*>;

/// By authority, in the order of the attempts.
std::vector<Group> grouped(const EndpointObservation& seen) {
  std::vector<Group> groups;
  for (const Attempt& attempt : seen.attempts) {
    if (!attempt.tls || attempt.tls->issuer.empty() || !covers(*attempt.tls, seen.endpoint.name)) continue;
    const auto known = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return same_authority(*group.front()->tls, *attempt.tls);
    });
    if (known != groups.end())
      known->push_back(&attempt);
    else
      groups.push_back({&attempt});
  }
  return groups;
}

bool is_aws(const TlsFacts& tls) { return is_aws_authority(tls.root.empty() ? tls.issuer : tls.root); }
bool is_aws_group(const Group& group) { return is_aws(*group.front()->tls); }
bool is_verified(const Group& group) {
  return std::any_of(group.begin(), group.end(), [](const Attempt* attempt) { return attempt->tls->verified; });
}

/// AWS's on a name of AWS's; else the only one that this host trusts.
const Group* genuine_of(const std::vector<Group>& groups, bool aws_name) {
  const auto aws = std::find_if(groups.begin(), groups.end(), is_aws_group);
  if (aws_name && aws != groups.end()) return &*aws;
  if (std::count_if(groups.begin(), groups.end(), is_verified) != 1) return nullptr;
  return &*std::find_if(groups.begin(), groups.end(), is_verified);
}

/// Not AWS's, with nothing to compare it with.
bool tells_alone(const TlsFacts& tls, Trust trust) {
  if (is_aws(tls) || trust == Trust::lab) return false;
  if (tls.verified) return !tls.root.empty() && (trust == Trust::system || trust == Trust::environment);
  return tls.root.empty() && !is_self_signed(tls);  // self-signed: as likely a server that nobody has set up
}

Strangers beside(const Group& genuine, const std::vector<Group>& groups) {
  Strangers strangers;
  strangers.genuine = genuine.front();
  for (const Group& group : groups)
    if (&group != &genuine) strangers.attempts.insert(strangers.attempts.end(), group.begin(), group.end());
  return strangers;
}

Strangers alone(const std::vector<Group>& groups, Trust trust) {
  Strangers strangers;
  for (const Group& group : groups)
    for (const Attempt* attempt : group)
      if (tells_alone(*attempt->tls, trust)) strangers.attempts.push_back(attempt);
  return strangers;
}

Strangers undecided(const std::vector<Group>& groups) {
  Strangers strangers;
  for (const Group& group : groups) strangers.attempts.insert(strangers.attempts.end(), group.begin(), group.end());
  strangers.undecided = true;
  return strangers;
}

}  // namespace

Strangers strangers_of(const Observation& run, const EndpointObservation& seen) {
  const bool aws_name = is_signed_by_public_aws(seen.endpoint);
  const auto groups = grouped(seen);
  const auto verified = std::count_if(groups.begin(), groups.end(), is_verified);
  const Group* const genuine = genuine_of(groups, aws_name);
  Strangers strangers;
  if (genuine != nullptr && groups.size() > 1)
    strangers = beside(*genuine, groups);
  else if (aws_name && genuine == nullptr && verified > 1)
    strangers = undecided(groups);
  else if (aws_name)
    strangers = alone(groups, run.settings.trust);
  strangers.aws_name = aws_name;
  return strangers;
}

}  // namespace ecr6
