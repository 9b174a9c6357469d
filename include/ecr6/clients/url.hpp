#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ecr6::clients {

/// The parts of a URL that this program looks at. Userinfo is read over and never kept.
struct Url {
  std::string scheme;  ///< lower case; empty when the text has none
  std::string host;    ///< lower case, no brackets, no final dot
  std::string port;    ///< digits; empty when there is none
  std::string path;    ///< with its slash; no query, no fragment
};

/// Reads `scheme://[userinfo@]host[:port][/path]`, the scheme being optional. Empty when there is no host,
/// when the port is none, and when an `@` behind the authority says that a password may have been cut in two.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

/// The same text without userinfo, query and fragment: fit to be printed.
[[nodiscard]] std::string without_secrets(std::string_view url);

}  // namespace ecr6::clients
