#pragma once

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace ecr6 {

/// JSON text of a value: keys in insertion order, numbers in plain decimal (12.5, never 1.25E1), invalid UTF-8
/// repaired, no final newline. `indent` 0 gives one line. Non-finite numbers become null.
[[nodiscard]] std::string to_text(const boost::json::value& value, int indent = 2);

struct JsonError {
  std::size_t line{};    ///< 1-based
  std::size_t column{};  ///< 1-based, in bytes
  std::string message;
};

/// Line and column (1-based, bytes) of a byte offset in a text.
[[nodiscard]] JsonError place_of(std::string_view text, std::size_t offset, std::string message);

}  // namespace ecr6
