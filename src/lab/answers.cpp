#include "answers.hpp"

#include <fmt/format.h>

#include "ecr6/core/text.hpp"

namespace ecr6::lab {

namespace {

std::string host_of(std::string_view request) {
  const std::string lower = to_lower(request);
  const auto at = lower.find("\r\nhost:");
  if (at == lower.npos) return {};
  const auto begin = at + 7;
  return std::string{trimmed(std::string_view{lower}.substr(begin, lower.find("\r\n", begin) - begin))};
}

std::string with_body(std::string_view head, std::string_view type, std::string_view body) {
  return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", head, type,
                     body.size(), body);
}

std::string registry_answer(const std::string& host) {
  const bool is_public = host.find("public") != host.npos;
  const std::string challenge =
      is_public ? fmt::format("Bearer realm=\"https://{}/token/\",service=\"public.ecr.aws\",scope=\"aws\"", host)
                : fmt::format("Basic realm=\"https://{}/\",service=\"ecr.amazonaws.com\"", host);
  return with_body(
      fmt::format("401 Unauthorized\r\nDocker-Distribution-Api-Version: registry/2.0\r\nWww-Authenticate: {}",
                  challenge),
      "text/plain; charset=utf-8", "Not Authorized\n");
}

}  // namespace

std::string answer_to(std::string_view request) {
  const std::string host = host_of(request);
  if (request.starts_with("GET /v2/")) return registry_answer(host);
  if (host.find(".s3.") != host.npos || host.find("cloudfront") != host.npos)
    return with_body("403 Forbidden\r\nServer: AmazonS3", "application/xml",
                     "<Error><Code>AccessDenied</Code></Error>");
  return with_body("404 Not Found\r\nx-amzn-RequestId: 00000000-0000-0000-0000-000000000000", "application/json", "{}");
}

}  // namespace ecr6::lab
