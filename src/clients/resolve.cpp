#include "ecr6/clients/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/partitions.hpp"
#include "ecr6/aws/recognise.hpp"
#include "ecr6/clients/url.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::clients {

namespace {

const aws::Partition& partition_for(std::string_view region) {
  const aws::Partition* const found = aws::partition_of(region);
  return found != nullptr ? *found : *aws::partition_named("aws");
}

/// Whether the rule set of the era leaves out the `api.` of a dual-stack name. When ECR Public's did is not known.
bool short_dual_name(const aws::Partition& partition, Service service, Era era) {
  if (era == Era::current) return service == Service::ecr || partition.id == "aws";
  if (era != Era::before_fips_link) return false;
  return partition.id == "aws" || (service == Service::ecr && partition.dual_stack_confirmed);
}

bool short_fips_name(const aws::Partition& partition, Service service, Era era) {
  return era != Era::current && service == Service::ecr && (partition.id == "aws" || partition.id == "aws-us-gov");
}

std::string releases_of(Sdk sdk, Service service, Era era) {
  const bool is_cli = sdk == Sdk::aws_cli_v2;
  if (era == Era::before_urls) return is_cli ? "AWS CLI before 2.13" : "botocore before 1.31";
  if (service == Service::ecr_public)
    return fmt::format("{} releases that do not know ECR Public's dual-stack name", title(sdk));
  if (is_python(sdk))
    return fmt::format("{}botocore {} and older", is_cli ? "AWS CLI v2 with the data of " : "",
                       era == Era::before_fips_link ? "1.40.72" : "1.38.5");
  const bool go = sdk == Sdk::go_v2;
  if (era == Era::before_fips_link) return fmt::format("{} releases before 2025-11-13", title(sdk));
  return fmt::format("{} releases of before May 2025{}", title(sdk), go ? " (service/ecr 1.36.2)" : "");
}

/// The eras that can have given another name, the newest first. Behind a URL it is the one that did not read URLs.
std::vector<Era> past_eras(const ClientEndpoint& endpoint, const Settings& settings) {
  const bool reads_url = settings.endpoint_url || (endpoint.error && endpoint.error->refusal == Refusal::services);
  if (!reads_url) return {Era::before_fips_link, Era::before_dual_ecr};
  return is_python(endpoint.sdk) ? std::vector{Era::before_urls} : std::vector<Era>{};
}

/// botocore's and JavaScript's test; in Go the URL that comes of it is none.
bool is_host_label(std::string_view text) {
  const auto label_byte = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), label_byte);
}

void add_older(ClientEndpoint& endpoint, const Settings& settings) {
  if (!settings.region || !is_host_label(*settings.region)) return;
  std::string newer = endpoint.host.value_or("");
  for (const Era era : past_eras(endpoint, settings)) {
    std::string host = rule_set_host(settings, endpoint.service, era);
    if (host != newer) endpoint.older.push_back({era, releases_of(endpoint.sdk, endpoint.service, era), host});
    newer = std::move(host);
  }
}

void explain(ClientEndpoint& endpoint, const Settings& settings) {
  if (settings.region) endpoint.why.push_back(fmt::format("region {}: {}", *settings.region, settings.region_source));
  if (!settings.dual_stack.source.empty())
    endpoint.why.push_back(
        fmt::format("dual-stack {}: {}", settings.dual_stack.on ? "on" : "off", settings.dual_stack.source));
  else
    endpoint.why.push_back("dual-stack off: the default");
  if (!settings.fips.source.empty())
    endpoint.why.push_back(fmt::format("FIPS {}: {}", settings.fips.on ? "on" : "off", settings.fips.source));
  if (settings.endpoint_url)
    endpoint.why.push_back(fmt::format("endpoint URL {}: {}", endpoint.url, settings.endpoint_url_source));
}

/// A configured URL and a switch do not go together: Python drops the switch, the rule sets of Go and JavaScript stop.
void use_url(ClientEndpoint& endpoint, const Settings& settings) {
  const auto url = parse_url(*settings.endpoint_url);
  endpoint.url = without_secrets(*settings.endpoint_url);
  const bool clash = settings.dual_stack.on || settings.fips.on;
  if (clash && !is_python(endpoint.sdk)) {
    endpoint.error =
        ClientError{Refusal::url_clash, fmt::format("Invalid Configuration: {} and custom endpoint are not supported",
                                                    settings.fips.on ? "FIPS" : "Dualstack")};
    return;
  }
  if (!url || url->scheme.empty()) {
    endpoint.error = ClientError{Refusal::url, fmt::format("'{}' is no URL with a scheme and a host", endpoint.url)};
    return;
  }
  if (!endpoint.region && endpoint.sdk != Sdk::go_v2) {
    endpoint.error = ClientError{Refusal::region, "no region is configured, which signing needs"};
    return;
  }
  if (clash) endpoint.why.push_back("botocore drops dual-stack and FIPS when an endpoint URL is configured");
  endpoint.host = url->host;
}

void use_rule_set(ClientEndpoint& endpoint, const Settings& settings) {
  if (!settings.region || settings.region->empty()) {
    endpoint.error = ClientError{Refusal::region, "no region is configured"};
    return;
  }
  if (!is_host_label(*settings.region)) {
    endpoint.error = ClientError{Refusal::region, fmt::format("the region '{}' cannot be part of a host name ({})",
                                                              *settings.region, settings.region_source)};
    return;
  }
  endpoint.dual_stack = settings.dual_stack.on;
  endpoint.fips = settings.fips.on;
  endpoint.host = rule_set_host(settings, endpoint.service, Era::current);
}

}  // namespace

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::file:
      return "file";
    case Refusal::profile:
      return "profile";
    case Refusal::boolean:
      return "boolean";
    case Refusal::services:
      return "services";
    case Refusal::url_clash:
      return "url_clash";
    case Refusal::url:
      return "url";
    case Refusal::region:
      return "region";
  }
  return "";
}

std::string rule_set_host(const Settings& settings, Service service, Era era) {
  const aws::Partition& partition = partition_for(*settings.region);
  const bool dual = settings.dual_stack.on;
  const bool fips = settings.fips.on;
  const bool bare = dual ? short_dual_name(partition, service, era) : fips && short_fips_name(partition, service, era);
  // In ECR Public's rules FIPS keeps the `api.` everywhere.
  const bool keeps_api = !bare || (service == Service::ecr_public && fips);
  return fmt::format("{}{}{}.{}.{}", keeps_api ? "api." : "", service == Service::ecr ? "ecr" : "ecr-public",
                     fips ? "-fips" : "", *settings.region, dual ? partition.dual_stack_suffix : partition.dns_suffix);
}

ClientEndpoint resolve(const Environment& environment, const SharedConfig& shared, const std::string& profile,
                       Service service) {
  const Settings settings = read_settings(environment, shared, profile, service);
  ClientEndpoint endpoint;
  endpoint.sdk = shared.sdk;
  endpoint.service = service;
  endpoint.region = settings.region;
  endpoint.error = settings.error;
  endpoint.dual_stack_source = settings.dual_stack.source;
  for (const Switch* word : {&settings.dual_stack, &settings.fips})
    endpoint.doubts.insert(endpoint.doubts.end(), word->doubts.begin(), word->doubts.end());
  if (endpoint.error) {
    if (endpoint.error->refusal == Refusal::services) add_older(endpoint, settings);
    return endpoint;
  }
  if (settings.endpoint_url)
    use_url(endpoint, settings);
  else
    use_rule_set(endpoint, settings);
  explain(endpoint, settings);
  add_older(endpoint, settings);
  if (!endpoint.host) return endpoint;
  if (const auto name = aws::recognise(*endpoint.host)) {
    endpoint.ipv6 = name->endpoint.addressing == Addressing::dual_stack && name->spelling != aws::Spelling::wrong;
    endpoint.confirmed = name->endpoint.confirmed;
  }
  return endpoint;
}

}  // namespace ecr6::clients
