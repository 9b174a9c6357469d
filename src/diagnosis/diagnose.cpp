#include <algorithm>

#include "rules.hpp"
#include "verdict.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

Findings findings_of(const Observation& run, const std::vector<EndpointVerdict>& words) {
  Findings findings;
  const auto silences = silences_of(run);
  for (const RunRule rule : run_rules()) rule({run, silences}, findings);
  for (std::size_t i = 0; i < run.endpoints.size(); ++i)
    for (const EndpointRule rule : endpoint_rules()) rule({run, silences, run.endpoints[i], words[i]}, findings);
  const auto by_severity = [](const Finding& left, const Finding& right) { return left.severity > right.severity; };
  std::stable_sort(findings.begin(), findings.end(), by_severity);
  return findings;
}

}  // namespace

Diagnosis diagnose(const Observation& observation) {
  Diagnosis diagnosis;
  for (const EndpointObservation& seen : observation.endpoints)
    diagnosis.endpoints.push_back(words_of(observation, seen));
  diagnosis.findings = findings_of(observation, diagnosis.endpoints);
  for (const EndpointObservation& seen : observation.endpoints)
    diagnosis.forecasts.push_back(forecast(observation, seen));
  diagnosis.verdict = verdict_of(observation, diagnosis.endpoints);
  return diagnosis;
}

}  // namespace ecr6
