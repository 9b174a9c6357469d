#include <boost/json.hpp>

#include "ecr6/clients/render.hpp"
#include "ecr6/clients/url.hpp"
#include "ecr6/core/json.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace json = boost::json;

namespace {

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::value or_null(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }

json::value or_null(const std::optional<Sourced>& value) {
  if (!value) return {};
  return json::object{{"value", value->text}, {"source", value->source}};
}

template <class T, class Function>
json::array array_of(const std::vector<T>& values, Function function) {
  json::array array;
  for (const T& value : values) array.push_back(function(value));
  return array;
}

json::array texts(const std::vector<std::string>& values) {
  return array_of(values, [](const std::string& text) { return json::value(text); });
}

json::value of_error(const std::optional<ClientError>& error) {
  if (!error) return {};
  return json::object{{"kind", to_string(error->refusal)}, {"sentence", error->sentence}};
}

json::value of_older(const OlderEndpoint& older) {
  return json::object{{"releases", older.releases}, {"host", older.host}};
}

json::value of_endpoint(const ClientEndpoint& endpoint) {
  return json::object{{"client", to_string(endpoint.sdk)},
                      {"service", to_string(endpoint.service)},
                      {"host", or_null(endpoint.host)},
                      {"url", or_null(endpoint.url)},
                      {"region", or_null(endpoint.region)},
                      {"dual_stack", endpoint.dual_stack},
                      {"fips", endpoint.fips},
                      {"ipv6_name", endpoint.ipv6},
                      {"confirmed", endpoint.confirmed},
                      {"error", of_error(endpoint.error)},
                      {"why", texts(endpoint.why)},
                      {"older", array_of(endpoint.older, of_older)}};
}

json::value of_profile(const ProfileSurvey& profile) {
  return json::object{{"name", profile.name},
                      {"source", or_null(profile.source)},
                      {"endpoints", array_of(profile.endpoints, of_endpoint)}};
}

bool has(const DockerClient& client, const std::string& host) {
  for (const RegistryCredential& credential : client.credentials)
    if (credential.host == host) return true;
  return client.store == "ecr-login";
}

json::value of_docker_client(const DockerClient& client) {
  json::array registries;
  for (const RegistryCredential& credential : client.credentials) {
    const auto twin = dual_stack_name(credential.host);
    registries.push_back(
        json::object{{"host", credential.host},
                     {"how", credential.how},
                     {"source", credential.source},
                     {"dual_stack_name", or_null(twin)},
                     {"dual_stack_has_credentials", twin ? json::value(has(client, *twin)) : json::value(nullptr)}});
  }
  return json::object{{"path", client.path}, {"store", or_null(client.store)}, {"registries", std::move(registries)}};
}

json::object active_profiles(const Environment& environment) {
  json::object active;
  for (const Sdk sdk : all_sdks) active[to_string(sdk)] = active_profile(environment, sdk);
  return active;
}

json::value of_home(const HomeSurvey& home, const Environment& environment) {
  return json::object{{"path", home.path},
                      {"aws_config", home.aws.config},
                      {"aws_credentials", home.aws.credentials},
                      {"active_profile", active_profiles(environment)},
                      {"profiles", array_of(home.profiles, of_profile)},
                      {"docker_clients", array_of(home.docker, of_docker_client)}};
}

json::value flag(const std::optional<bool>& value) { return value ? json::value(*value) : json::value(nullptr); }

json::value of_daemon(const DockerDaemon& daemon) {
  return json::object{
      {"path", daemon.path},
      {"ipv6", flag(daemon.ipv6)},
      {"ip6tables", flag(daemon.ip6tables)},
      {"fixed_cidr_v6", or_null(daemon.fixed_cidr_v6)},
      {"bridge", or_null(daemon.bridge)},
      {"bip", or_null(daemon.bip)},
      {"mirrors", array_of(daemon.mirrors, [](const Sourced& mirror) { return or_null(std::optional{mirror}); })}};
}

json::value of_host(const ContainerdHost& host) {
  return json::object{{"host", host.host}, {"kind", host.kind}, {"source", host.source}};
}

json::value of_registry_endpoint(const RegistryEndpoint& endpoint) {
  return json::object{
      {"registry", endpoint.registry}, {"kind", endpoint.kind}, {"url", endpoint.url}, {"source", endpoint.source}};
}

json::value of_containerd(const Containerd& containerd) {
  return json::object{{"paths", texts(containerd.paths)},
                      {"config_path", or_null(containerd.config_path)},
                      {"sandbox_image", or_null(containerd.sandbox_image)},
                      {"hosts", array_of(containerd.hosts, of_host)},
                      {"endpoints", array_of(containerd.endpoints, of_registry_endpoint)}};
}

json::value of_provider(const CredentialProvider& provider) {
  const auto pattern = [](const Sourced& one) { return or_null(std::optional{one}); };
  return json::object{
      {"name", provider.name}, {"source", provider.source}, {"match_images", array_of(provider.match_images, pattern)}};
}

json::value of_proxy(const ProxyFacts& proxy) {
  return json::object{{"user", proxy.user}, {"https", or_null(proxy.https)}, {"no_proxy", or_null(proxy.no_proxy)}};
}

json::value of_file(const ClientFile& file) {
  return json::object{{"path", file.path}, {"state", to_string(file.state)}, {"detail", or_null(file.detail)}};
}

json::array present_files(const Snapshot& snapshot) {
  json::array files;
  for (const ClientFile& file : snapshot.files)
    if (file.state != FileState::absent) files.push_back(of_file(file));
  return files;
}

json::value of_finding(const Finding& finding) {
  return json::object{{"id", finding.id},           {"severity", to_string(finding.severity)},
                      {"summary", finding.summary}, {"evidence", texts(finding.evidence)},
                      {"advice", finding.advice},   {"fixes", texts(finding.fixes)}};
}

}  // namespace

std::string render_json(const Report& report) {
  const Survey& survey = report.survey;
  const auto home = [&](const HomeSurvey& one) { return of_home(one, report.snapshot.environment); };
  const json::object object{
      {"schema", "ecr6.config/1"},
      {"tool", {{"name", "ecr6"}, {"version", ECR6_VERSION}}},
      {"root", report.root},
      {"files", present_files(report.snapshot)},
      {"homes", array_of(survey.homes, home)},
      {"docker_daemon", survey.daemon ? of_daemon(*survey.daemon) : json::value(nullptr)},
      {"containerd", survey.containerd ? of_containerd(*survey.containerd) : json::value(nullptr)},
      {"credential_providers", array_of(survey.providers, of_provider)},
      {"proxies", array_of(survey.proxies, of_proxy)},
      {"findings", array_of(report.findings, of_finding)},
      {"exit_code", exit_code(report.findings)}};
  return to_text(object) + "\n";
}

}  // namespace ecr6::clients
