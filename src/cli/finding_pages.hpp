#pragma once

#include <span>
#include <string_view>

namespace ecr6::cli {

/// A page of docs/findings, put into the program when it was built.
struct FindingPage {
  std::string_view id;     ///< "dns.no-aaaa"
  std::string_view title;  ///< one line, no final full stop
  std::string_view text;   ///< the whole page, Markdown
};

/// Every page, by id.
[[nodiscard]] std::span<const FindingPage> finding_pages();

}  // namespace ecr6::cli
