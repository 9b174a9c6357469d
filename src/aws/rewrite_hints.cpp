#include "ecr6/aws/rewrite_hints.hpp"

#include <array>

#include "ecr6/core/text.hpp"
#include "rewrite_anchor.hpp"

namespace ecr6::aws {

namespace {

struct Row {
  std::string_view word;  ///< lower case
  std::string_view id;
  std::string_view message;
};

/// Read in the clients' sources; commits where no release number is known.
constexpr std::string_view credential_helper =
    "amazon-ecr-credential-helper recognises dual-stack registries since 0.10.0 and ecr-public.aws.com since 0.12.0";
constexpr std::array<Row, 17> rows{{
    {"aws-actions/amazon-ecr-login", "client",
     "aws-actions/amazon-ecr-login (as of 03f1aad) logs in to the IPv4-only host alone; log in to the dual-stack host "
     "with 'aws ecr get-login-password | docker login'"},
    {"docker/login-action", "client",
     "docker/login-action (as of 9f4a8ea5) does not recognise dual-stack hosts with FIPS, of China and of the ISO "
     "partitions"},
    {"docker-credential-ecr-login", "client", credential_helper},
    {"amazon-ecr-credential-helper", "client", credential_helper},
    {"\"ecr-login\"", "client", credential_helper},
    {"ecr-credential-provider", "client",
     "ecr-credential-provider v1.31 to v1.35.0 asks api.ecr.<region>.api.aws, which does not exist; its matchImages "
     "needs *.dkr-ecr.*.on.aws and *.dkr-ecr-fips.*.on.aws too"},
    {"goharbor", "client", "Harbor (as of c50c7ddd) recognises no dual-stack name"},
    {"package-ecosystem", "client", "Dependabot (dependabot-core as of 54c10285) recognises no dual-stack name"},
    {"kops.k8s.io", "client", "kops (as of 268927e) passes no dual-stack name to the kubelet's credential provider"},
    {"project-zot", "client", "zot (as of 6d19b445) fails on dual-stack registries when it syncs"},
    {"zotregistry", "client", "zot (as of 6d19b445) fails on dual-stack registries when it syncs"},
    {"aquasecurity/trivy", "client",
     "trivy (as of dc3c56ee) does not recognise dual-stack hosts of China and of the ISO partitions"},
    {"gardener-extension-provider-aws", "client",
     "gardener-extension-provider-aws (as of 2ff8d81) does not recognise dual-stack hosts with FIPS and of China"},
    {"toolkit.fluxcd.io", "client",
     "Flux (fluxcd/pkg before 2026-07-25) does not recognise dual-stack hosts of China and ecr-public.aws.com"},
    {"credhelpers", "credentials",
     "Docker's credential helpers are chosen per exact host; the dual-stack host needs a key of its own"},
    {"matchimages", "credentials",
     "the kubelet asks a credential provider only for hosts that matchImages covers; add *.dkr-ecr.*.on.aws"},
    {"aws:sourceip", "source-ip",
     "a policy filters by aws:SourceIp; callers over IPv6 come from other addresses: 'ecr6 policy' says what changes"},
}};

}  // namespace

std::vector<RewriteHint> rewrite_hints(std::string_view text) {
  const std::string lower = to_lower(text);
  std::vector<RewriteHint> hints;
  for (const auto& [word, id, message] : rows) {
    const auto at = lower.find(word);
    const bool known = !hints.empty() && hints.back().message == message;
    if (at == lower.npos || known) continue;
    hints.push_back({std::string{id}, count_line_feeds(text.substr(0, at)) + 1, std::string{message}});
  }
  return hints;
}

}  // namespace ecr6::aws
