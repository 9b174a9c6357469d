#pragma once

#include <string>
#include <string_view>

namespace ecr6::lab {

/// What ECR says without credentials to one request (its whole header block): the registry's 401, S3's 403, and for
/// the API a 404. AWS documents no answer of the API to `GET /`; that one is the embedded ECR's own.
[[nodiscard]] std::string answer_to(std::string_view request);

}  // namespace ecr6::lab
