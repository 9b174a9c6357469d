#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "fixes.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

std::string outcome_of(const ClientEndpoint& endpoint) {
  return endpoint.host ? *endpoint.host : "stops: " + endpoint.error->sentence;
}

std::string said_of(const ClientEndpoint& endpoint) {
  return fmt::format("{}, {}: {}", title(endpoint.sdk), title(endpoint.service), outcome_of(endpoint));
}

std::vector<const ClientEndpoint*> of_service(const ProfileSurvey& profile, Service service) {
  std::vector<const ClientEndpoint*> endpoints;
  for (const ClientEndpoint& endpoint : profile.endpoints)
    if (endpoint.service == service) endpoints.push_back(&endpoint);
  return endpoints;
}

Finding made(std::string id, Severity severity, std::string summary) {
  Finding finding;
  finding.id = std::move(id);
  finding.severity = severity;
  finding.summary = std::move(summary);
  return finding;
}

/// What switches dual-stack on. While the variable is set no file counts.
std::string enabling(const HomeSurvey& home, const ProfileSurvey& profile, const ClientEndpoint& endpoint) {
  const std::string& source = endpoint.dual_stack_source;
  if (!source.starts_with("AWS_USE_DUALSTACK_ENDPOINT")) return switch_on(home, profile.name, "use_dualstack_endpoint");
  const std::string_view place = std::string_view{source}.substr(source.rfind('(') + 1);
  return fmt::format("edit {}: AWS_USE_DUALSTACK_ENDPOINT=true", place.substr(0, place.size() - 1));
}

/// A client that stops over something else than a missing region has a finding of its own for that.
bool counts(const ClientEndpoint& endpoint) { return !endpoint.error || endpoint.error->refusal == Refusal::region; }

/// The reasons that not every client has.
void add_reasons(const std::vector<const ClientEndpoint*>& endpoints, Finding& finding) {
  for (const ClientEndpoint* endpoint : endpoints)
    for (const std::string& why : endpoint->why) {
      const auto has = [&](const ClientEndpoint* other) {
        return std::find(other->why.begin(), other->why.end(), why) != other->why.end();
      };
      if (!std::all_of(endpoints.begin(), endpoints.end(), has))
        finding.evidence.push_back(fmt::format("{}: {}", title(endpoint->sdk), why));
    }
}

/// One setting, two meanings: the clients of a profile do not go to the same place.
void judge_difference(const ProfileSurvey& profile, std::vector<Finding>& findings) {
  for (const Service service : all_services) {
    auto endpoints = of_service(profile, service);
    std::erase_if(endpoints, [](const ClientEndpoint* endpoint) { return !counts(*endpoint); });
    const auto differs = [&](const ClientEndpoint* other) { return outcome_of(*other) != outcome_of(*endpoints[0]); };
    if (std::none_of(endpoints.begin(), endpoints.end(), differs)) continue;
    Finding finding = made("config.sdks-differ", Severity::warning,
                           fmt::format("the clients of profile '{}' do not use the same endpoint", profile.name));
    for (const ClientEndpoint* endpoint : endpoints) finding.evidence.push_back(said_of(*endpoint));
    add_reasons(endpoints, finding);
    finding.advice =
        "Write booleans as true or false in lower case and without a comment behind them, set the region as both "
        "AWS_REGION and AWS_DEFAULT_REGION or in the profile, and keep each key in the config file alone.";
    findings.push_back(std::move(finding));
    return;  // ECR Public's difference has the same reason
  }
}

/// A text that is neither `true` nor `false` means different things, and often the opposite of what was meant.
void judge_booleans(const ProfileSurvey& profile, std::vector<Finding>& findings) {
  Finding finding = made("config.bad-boolean", Severity::warning,
                         fmt::format("a switch of profile '{}' is neither true nor false", profile.name));
  for (const ClientEndpoint* endpoint : of_service(profile, Service::ecr))
    for (const std::string& doubt : endpoint->doubts)
      finding.evidence.push_back(fmt::format("{}: {}", title(endpoint->sdk), doubt));
  if (finding.evidence.empty()) return;
  finding.advice =
      "Write true or false, in lower case, without quotes and without a comment behind it: that is the one "
      "spelling which every client reads alike.";
  findings.push_back(std::move(finding));
}

std::string_view slug_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::boolean:
      return "config.bad-boolean";
    case Refusal::services:
      return "config.services-missing";
    case Refusal::url_clash:
      return "config.url-with-dual-stack";
    case Refusal::url:
      return "config.bad-endpoint-url";
    case Refusal::profile:
      return "config.profile-missing";
    default:
      return {};  // a refused file has its own rule, a missing region is a note
  }
}

std::string advice_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::boolean:
      return "Write true or false. Python takes anything but true for false; the Go SDK stops.";
    case Refusal::services:
      return "Add the [services NAME] section, or take the 'services' key out of the profile.";
    case Refusal::url_clash:
      return "Choose one: an endpoint URL, or the switches. botocore drops the switches without a word, Go and "
             "JavaScript refuse to run. For dual-stack, remove the URL.";
    case Refusal::url:
      return "Write the URL with its scheme and host: https://ecr.us-west-2.api.aws.";
    default:
      return "Name a profile that exists, or add it to the config file as [profile NAME].";
  }
}

/// One finding for each way in which some client stops.
void judge_refusals(const ProfileSurvey& profile, std::vector<Finding>& findings) {
  for (const Refusal refusal :
       {Refusal::boolean, Refusal::services, Refusal::url_clash, Refusal::url, Refusal::profile}) {
    Finding finding = made(std::string{slug_of(refusal)}, Severity::error,
                           fmt::format("with profile '{}' some clients stop before they send anything", profile.name));
    for (const ClientEndpoint& endpoint : profile.endpoints)
      if (endpoint.error && endpoint.error->refusal == refusal) finding.evidence.push_back(said_of(endpoint));
    if (finding.evidence.empty()) continue;
    finding.advice = advice_of(refusal);
    findings.push_back(std::move(finding));
  }
}

/// A region that is there and yet none: a missing one is a note, it can come from elsewhere.
void judge_region(const ProfileSurvey& profile, std::vector<Finding>& findings) {
  Finding finding =
      made("config.bad-region", Severity::error,
           fmt::format("the region of profile '{}' cannot be part of a host name: some clients stop", profile.name));
  for (const ClientEndpoint& endpoint : profile.endpoints)
    if (endpoint.error && endpoint.error->refusal == Refusal::region && !endpoint.region.value_or("").empty())
      finding.evidence.push_back(said_of(endpoint));
  if (finding.evidence.empty()) return;
  finding.advice = "Write the region alone, as in us-west-2: no blank, dot, slash, quote or comment with it.";
  findings.push_back(std::move(finding));
}

/// A URL that names an IPv4-only ECR host keeps every switch from working.
void judge_pinned(const HomeSurvey& home, const ProfileSurvey& profile, std::vector<Finding>& findings) {
  for (const ClientEndpoint& endpoint : profile.endpoints) {
    const auto twin = endpoint.url.empty() || !endpoint.host ? std::nullopt : dual_stack_name(*endpoint.host);
    if (!twin) continue;
    Finding finding =
        made("config.endpoint-url-ipv4-only", Severity::warning,
             fmt::format("profile '{}' is pinned to {}, which is IPv4-only", profile.name, *endpoint.host));
    finding.evidence = endpoint.why;
    finding.advice = "While a URL is configured the dual-stack switch does nothing for this service.";
    finding.fixes = {fmt::format("replace {} by https://{} at that place, or remove it and: {}", endpoint.url, *twin,
                                 enabling(home, profile, endpoint))};
    findings.push_back(std::move(finding));
    return;
  }
}

/// Where the profile stands today, from the first client that goes anywhere.
void judge_stand(const HomeSurvey& home, const ProfileSurvey& profile, std::vector<Finding>& findings) {
  const auto endpoints = of_service(profile, Service::ecr);
  const auto goes = [](const ClientEndpoint* endpoint) { return endpoint->host.has_value(); };
  const auto first = std::find_if(endpoints.begin(), endpoints.end(), goes);
  if (first == endpoints.end() || !(*first)->url.empty()) return;
  const ClientEndpoint& endpoint = **first;
  Finding finding = endpoint.dual_stack
                        ? made("config.dual-stack-everywhere", Severity::info,
                               fmt::format("profile '{}' asks for dual-stack, for every AWS service", profile.name))
                        : made("config.ipv4-only-endpoint", Severity::info,
                               fmt::format("profile '{}' uses {}, which is IPv4-only", profile.name, *endpoint.host));
  finding.evidence = endpoint.why;
  if (endpoint.dual_stack) {
    finding.advice =
        "A service without a dual-stack endpoint in the region fails with this switch; set "
        "AWS_USE_DUALSTACK_ENDPOINT=false for the commands that call it.";
    for (const OlderEndpoint& older : endpoint.older)
      finding.evidence.push_back(fmt::format("{} make it {}", older.releases, older.host));
  } else {
    finding.advice = "To switch, set the key of the profile itself; it counts for every service.";
    finding.fixes = {enabling(home, profile, endpoint)};
  }
  if (!endpoint.confirmed)
    finding.evidence.push_back(*endpoint.host + " is what the rule set makes; nobody has confirmed that it exists");
  findings.push_back(std::move(finding));
}

}  // namespace

std::optional<std::string> dual_stack_name(std::string_view host) {
  const auto name = aws::recognise(host.substr(0, host.find(':')));
  if (!name || name->endpoint.addressing != Addressing::ipv4_only || name->spelling == aws::Spelling::wrong)
    return std::nullopt;
  const auto twin = aws::dual_stack_twin(*name);
  return twin ? std::optional{twin->name} : std::nullopt;
}

void judge_endpoints(const HomeSurvey& home, std::vector<Finding>& findings) {
  for (const ProfileSurvey& profile : home.profiles) {
    judge_refusals(profile, findings);
    judge_region(profile, findings);
    judge_booleans(profile, findings);
    judge_difference(profile, findings);
    judge_pinned(home, profile, findings);
    judge_stand(home, profile, findings);
  }
}

}  // namespace ecr6::clients
