#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/clients/environment.hpp"
#include "ecr6/clients/sdk.hpp"
#include "ecr6/clients/shared_config.hpp"

/// Which endpoint a client uses, and why.
namespace ecr6::clients {

/// Why a client stops before it sends anything.
enum class Refusal {
  file,       ///< it cannot read a configuration file
  profile,    ///< the profile is not there
  boolean,    ///< a variable is neither true nor false
  services,   ///< the profile names a services section that is not there
  url_clash,  ///< an endpoint URL together with dual-stack or FIPS
  url,        ///< the endpoint URL is none
  region,     ///< no region
};

struct ClientError {
  Refusal refusal{};
  std::string sentence;
};

/// The JSON word.
[[nodiscard]] std::string_view to_string(Refusal refusal);

/// A switch of the configuration, as one SDK understands it.
struct Switch {
  bool on{};
  std::string source;                ///< where it was decided; empty for the default
  std::optional<ClientError> error;  ///< the client stops with this
  std::vector<std::string> doubts;   ///< a text that is neither true nor false, and what this SDK makes of it
};

/// Everything that decides the endpoint of one service.
struct Settings {
  std::optional<std::string> region;  ///< after a `fips-` prefix or `-fips` suffix has become the FIPS switch
  std::string region_source;
  Switch dual_stack;
  Switch fips;
  std::optional<std::string> endpoint_url;
  std::string endpoint_url_source;
  std::optional<ClientError> error;  ///< the client stops with this, whatever the rest says
};

[[nodiscard]] Settings read_settings(const Environment& environment, const SharedConfig& shared,
                                     const std::string& profile, Service service);

/// The names that ECR's endpoint rules have given over time.
enum class Era {
  current,           ///< botocore 1.40.73 (2025-11-13) and later
  before_fips_link,  ///< botocore 1.38.6 to 1.40.72: `ecr-fips.<region>.<suffix>` in aws and aws-us-gov
  before_dual_ecr,   ///< botocore up to 1.38.5: `api.ecr.<region>.api.aws`, which does not exist
  before_urls,       ///< AWS CLI before 2.13, botocore before 1.31: the same, and endpoint_url is not read
};

/// What an older release of the same client does with the same configuration.
struct OlderEndpoint {
  Era era{};
  std::string releases;  ///< which releases, in words
  std::string host;
};

/// The endpoint of one client, service and profile.
struct ClientEndpoint {
  Sdk sdk{};
  Service service{};
  std::optional<std::string> host;  ///< empty when the client has an error instead
  std::string url;                  ///< the configured URL without userinfo; empty when the rule set made the name
  std::optional<std::string> region;
  bool dual_stack{};              ///< the client asks the rule set for a dual-stack name
  std::string dual_stack_source;  ///< where that was decided; empty for the default
  bool fips{};
  bool ipv6{};           ///< the host is a dual-stack name of ECR
  bool confirmed{true};  ///< false: the rule set makes the name, nobody has confirmed that it exists
  std::optional<ClientError> error;
  std::vector<std::string> doubts;  ///< of its switches
  std::vector<std::string> why;     ///< one sentence per setting, each with its source
  std::vector<OlderEndpoint> older;
};

[[nodiscard]] ClientEndpoint resolve(const Environment& environment, const SharedConfig& shared,
                                     const std::string& profile, Service service);

/// The host that the rule set of an era gives. Regions of no known partition count as those of aws, as in the SDKs.
[[nodiscard]] std::string rule_set_host(const Settings& settings, Service service, Era era);

}  // namespace ecr6::clients
