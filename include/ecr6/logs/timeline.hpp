#pragma once

#include <chrono>
#include <cstddef>
#include <map>

#include "ecr6/logs/table.hpp"

namespace ecr6::logs {

/// Tallies over time, in bounded memory: by hour, and by day or month once the events span too many of them.
class Timeline {
 public:
  enum class Unit { hour, day, month };
  static constexpr std::size_t default_limit = 2500;  ///< a hundred days of hours

  Timeline() : Timeline{default_limit} {}
  explicit Timeline(std::size_t limit) : limit_{limit} {}

  /// Events without a time are counted apart.
  void add(const Event& event);

  struct View {
    Unit unit{Unit::hour};
    std::map<Moment, Tally> slots;  ///< by start, oldest first; only those with events
  };
  /// The finest unit that needs no more than `rows` slots, or months.
  [[nodiscard]] View view(std::size_t rows) const;
  [[nodiscard]] std::uint64_t untimed() const { return untimed_; }

 private:
  View stored_;
  std::uint64_t untimed_{};
  std::size_t limit_;
};

/// "hour", "day", "month".
[[nodiscard]] std::string_view to_string(Timeline::Unit unit);

}  // namespace ecr6::logs
