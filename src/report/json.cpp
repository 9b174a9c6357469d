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
  json::array findings;
  for (const Finding& finding : diagnosis.findings) findings.push_back(finding_to_json(finding));
  out["findings"] = std::move(findings);
  out["verdict"] = verdict_to_json(diagnosis.verdict);
  return to_text(out) + "\n";
}

}  // namespace ecr6::report
