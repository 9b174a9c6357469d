#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ecr6/aws/rewrite.hpp"

namespace ecr6::cli {

/// Whether a text holds ECR names as UTF-16, which starts with a byte order mark. Without its zero bytes ASCII in it
/// reads as such; where the names stand is not told. Other texts are not looked at.
class WideNames {
 public:
  WideNames() = default;
  WideNames(const WideNames&) = delete;
  WideNames& operator=(const WideNames&) = delete;

  void feed(std::string_view block) {
    if (!wide_) wide_ = block.starts_with("\xff\xfe") || block.starts_with("\xfe\xff");
    if (!*wide_) return;
    std::string narrow;
    for (const char c : block)
      if (c != '\0' && c != '\xff' && c != '\xfe') narrow += c;
    rewriter_.feed(narrow);
  }
  [[nodiscard]] bool is_wide() const { return wide_.value_or(false); }
  [[nodiscard]] bool found() {
    rewriter_.finish();
    return found_;
  }

 private:
  std::optional<bool> wide_;  ///< empty before the first block
  bool found_{};
  aws::Rewriter rewriter_{{}, [this](const aws::Sighting&) { found_ = true; }};
};

}  // namespace ecr6::cli
