#include "ecr6/core/json.hpp"

#include <boost/json.hpp>

#include "ecr6/observation/json.hpp"
#include "ecr6/report/report.hpp"

namespace ecr6::report {

namespace {

namespace json = boost::json;

json::object finding_to_json(const Finding& finding) {
  json::object out;
  out["id"] = finding.id;
  out["severity"] = to_string(finding.severity);
  out["endpoint"] = finding.endpoint ? json::value(*finding.endpoint) : json::value();
  out["family"] = finding.family ? json::value(to_string(*finding.family)) : json::value();
  out["summary"] = finding.summary;
  out["evidence"] = json::array(finding.evidence.begin(), finding.evidence.end());
  out["advice"] = finding.advice;
  return out;
}

json::object verdict_to_json(const Verdict& verdict) {
  json::object out;
  out["ipv6"] = to_string(verdict.ipv6);
  out["migrate"] = to_string(verdict.migrate);
  out["require"] = to_string(verdict.require);
  out["exit_code"] = verdict.exit_code;
  return out;
}

json::object passed_over_to_json(const PassedOver& passed) {
  json::object out;
  out["family"] = to_string(passed.address.family());
  out["address"] = passed.address.to_string();
  out["cause"] = passed.cause ? json::value(to_string(*passed.cause)) : json::value();
  out["waited_ms"] = to_ms(passed.waited);
  return out;
}

/// The contract has three words; family, address and cause tell the rest.
std::string_view outcome_word(ForecastOutcome outcome) {
  if (outcome == ForecastOutcome::connects) return "connects";
  return outcome == ForecastOutcome::not_known ? "unknown" : "fails";
}

json::object forecast_to_json(const ClientForecast& forecast) {
  const bool known = forecast.outcome != ForecastOutcome::not_known;
  json::object out;
  out["client"] = to_string(forecast.client);
  out["outcome"] = outcome_word(forecast.outcome);
  out["family"] = forecast.family() ? json::value(to_string(*forecast.family())) : json::value();
  out["address"] = forecast.address ? json::value(forecast.address->to_string()) : json::value();
  out["cause"] = forecast.cause ? json::value(to_string(*forecast.cause)) : json::value();
  out["lookup_ms"] = known ? json::value(to_ms(forecast.lookup)) : json::value();
  out["lookup_at_least"] = known && forecast.lookup_at_least;
  out["duration_ms"] = forecast.connect ? json::value(to_ms(*forecast.connect)) : json::value();
  out["duration_at_least"] = forecast.connect_at_least;
  json::array passed;
  for (const PassedOver& address : forecast.passed_over) passed.push_back(passed_over_to_json(address));
  out["passed_over"] = std::move(passed);
  out["words"] = sentence(forecast);
  return out;
}

void add_forecasts(json::array& endpoints, const std::vector<std::vector<ClientForecast>>& forecasts) {
  for (std::size_t i = 0; i < endpoints.size() && i < forecasts.size(); ++i) {
    json::array clients;
    for (const ClientForecast& forecast : forecasts[i]) clients.push_back(forecast_to_json(forecast));
    endpoints[i].as_object()["forecast"] = std::move(clients);
  }
}

void add_words(json::array& endpoints, const std::vector<EndpointVerdict>& words) {
  for (std::size_t i = 0; i < endpoints.size() && i < words.size(); ++i) {
    json::object& endpoint = endpoints[i].as_object();
    endpoint["ipv6"] = to_string(words[i].ipv6);
    endpoint["ipv4"] = to_string(words[i].ipv4);
  }
}

}  // namespace

std::string render_json(const Observation& observation, const Diagnosis& diagnosis) {
  json::object out = to_json(observation);
  add_words(out["endpoints"].as_array(), diagnosis.endpoints);
  add_forecasts(out["endpoints"].as_array(), diagnosis.forecasts);
  json::array findings;
  for (const Finding& finding : diagnosis.findings) findings.push_back(finding_to_json(finding));
  out["findings"] = std::move(findings);
  out["verdict"] = verdict_to_json(diagnosis.verdict);
  return to_text(out) + "\n";
}

}  // namespace ecr6::report
