#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/clients/audit.hpp"

/// The rules, by the part of the configuration that they judge. Each adds what it finds.
namespace ecr6::clients {

void judge_aws_files(const HomeSurvey& home, std::vector<Finding>& findings);
void judge_endpoints(const HomeSurvey& home, std::vector<Finding>& findings);
void judge_docker(const Survey& survey, std::vector<Finding>& findings);
void judge_containerd(const Survey& survey, std::vector<Finding>& findings);
void judge_kubelet(const Survey& survey, std::vector<Finding>& findings);
void judge_proxies(const Survey& survey, std::vector<Finding>& findings);

/// The dual-stack name of a host that is an IPv4-only ECR name; empty for every other host. A port is ignored.
[[nodiscard]] std::optional<std::string> dual_stack_name(std::string_view host);

/// How a NO_PROXY list matches (golang.org/x/net/http/httpproxy): names and everything below, `.name` only below, `*`.
[[nodiscard]] bool bypasses_proxy(std::string_view no_proxy, std::string_view host);

/// Kubernetes' URLsMatch for a host: label by label, as many labels, each a glob.
[[nodiscard]] bool matches_image_glob(std::string_view pattern, std::string_view host);

}  // namespace ecr6::clients
