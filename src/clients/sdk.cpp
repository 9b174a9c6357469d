#include "ecr6/clients/sdk.hpp"

namespace ecr6::clients {

std::string_view to_string(Sdk sdk) {
  switch (sdk) {
    case Sdk::aws_cli_v2:
      return "aws_cli_v2";
    case Sdk::botocore:
      return "botocore";
    case Sdk::go_v2:
      return "go_v2";
    case Sdk::js_v3:
      return "js_v3";
  }
  return "";
}

std::string_view to_string(Service service) { return service == Service::ecr ? "ecr" : "ecr_public"; }

std::string_view title(Sdk sdk) {
  switch (sdk) {
    case Sdk::aws_cli_v2:
      return "AWS CLI v2";
    case Sdk::botocore:
      return "boto3, AWS CLI v1";
    case Sdk::go_v2:
      return "Go SDK v2";
    case Sdk::js_v3:
      return "JavaScript SDK v3";
  }
  return "";
}

std::string_view title(Service service) { return service == Service::ecr ? "ECR" : "ECR Public"; }

}  // namespace ecr6::clients
