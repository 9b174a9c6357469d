#pragma once

#include <array>
#include <string_view>

namespace ecr6::clients {

/// The families of AWS clients whose reading of the same configuration differs.
enum class Sdk {
  aws_cli_v2,  ///< botocore with its own order of AWS_REGION and AWS_PROFILE
  botocore,    ///< boto3, AWS CLI v1
  go_v2,       ///< Docker's ecr-login helper, the kubelet's credential provider, Terraform
  js_v3,       ///< CDK, GitHub actions
};

inline constexpr std::array all_sdks{Sdk::aws_cli_v2, Sdk::botocore, Sdk::go_v2, Sdk::js_v3};

enum class Service { ecr, ecr_public };

inline constexpr std::array all_services{Service::ecr, Service::ecr_public};

/// The JSON word.
[[nodiscard]] std::string_view to_string(Sdk sdk);
[[nodiscard]] std::string_view to_string(Service service);
/// For people: "AWS CLI v2", "boto3, AWS CLI v1", "Go SDK v2", "JavaScript SDK v3"; "ECR", "ECR Public".
[[nodiscard]] std::string_view title(Sdk sdk);
[[nodiscard]] std::string_view title(Service service);
[[nodiscard]] constexpr bool is_python(Sdk sdk) { return sdk == Sdk::aws_cli_v2 || sdk == Sdk::botocore; }

}  // namespace ecr6::clients
