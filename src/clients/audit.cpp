#include "ecr6/clients/audit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules.hpp"

namespace ecr6::clients {

namespace {

Finding about_broken(const BrokenFile& file) {
  Finding finding;
  finding.id = unreadable_id;
  finding.severity = Severity::error;
  finding.summary = fmt::format("{} could not be used, so what it decides is unknown", file.path);
  finding.evidence = {fmt::format("{}: {}", file.path, file.message)};
  finding.advice =
      "Run as a user that may read it, or repair it: a broken file stops its program as well. What is not read here "
      "you have to look at yourself.";
  return finding;
}

}  // namespace

std::vector<Finding> audit(const Survey& survey) {
  std::vector<Finding> findings;
  for (const BrokenFile& file : survey.broken) findings.push_back(about_broken(file));
  for (const HomeSurvey& home : survey.homes) {
    judge_aws_files(home, findings);
    judge_endpoints(home, findings);
  }
  judge_docker(survey, findings);
  judge_containerd(survey, findings);
  judge_kubelet(survey, findings);
  judge_proxies(survey, findings);
  const auto worse = [](const Finding& left, const Finding& right) { return left.severity > right.severity; };
  std::stable_sort(findings.begin(), findings.end(), worse);
  return findings;
}

int exit_code(const std::vector<Finding>& findings) {
  const auto is_unreadable = [](const Finding& finding) { return finding.id == unreadable_id; };
  if (std::any_of(findings.begin(), findings.end(), is_unreadable)) return 3;
  int code = 0;
  for (const Finding& finding : findings) code = std::max(code, static_cast<int>(finding.severity));
  return code;
}

}  // namespace ecr6::clients
