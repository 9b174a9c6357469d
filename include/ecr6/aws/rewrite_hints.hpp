#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::aws {

/// Something in a file that has to change, or to be looked at, along with the names.
struct RewriteHint {
  std::string id;  ///< "client", "credentials", "source-ip"; "encoding" for a file that cannot be read as text
  std::uint64_t line{1};
  std::string message;  ///< a sentence without full stop
};

/// Clients that do not recognise dual-stack hosts, with the version that is known of, and policies that filter by
/// source address. Each at most once per text. Looks for fixed words, in any case.
[[nodiscard]] std::vector<RewriteHint> rewrite_hints(std::string_view text);

}  // namespace ecr6::aws
