#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ecr6/core/time.hpp"
#include "ecr6/logs/event.hpp"

namespace ecr6::logs {

/// How many events, split by way and by source, and when.
struct Tally {
  std::array<std::uint64_t, all_ways.size()> by_way{};
  std::array<std::uint64_t, all_sources.size()> by_source{};
  std::uint64_t denied{};             ///< by any way
  std::uint64_t denied_over_ipv6{};   ///< what a policy does that only lists IPv4 sources
  std::optional<Moment> first, last;  ///< empty when no event had a time

  [[nodiscard]] std::uint64_t events() const;
  [[nodiscard]] std::uint64_t of(Way way) const { return by_way[static_cast<std::size_t>(way)]; }
  [[nodiscard]] std::uint64_t of(Source source) const { return by_source[static_cast<std::size_t>(source)]; }
  void add(const Event& event);
  void add(const Tally& other);
};

/// Tallies by key in bounded memory. When twice `keep` keys have come, the rarest are given up: their events go to
/// `others`, so that the sum is always exact. A key that comes back after it was given up starts at 0 again, hence
/// counts are lower bounds once `pruned`. A key that is busy all along stays.
class Table {
 public:
  static constexpr std::size_t default_keep = 4096;

  struct Row {
    Tally tally;
    std::string example;  ///< what the first event of this key brought along
  };
  using Entry = std::pair<const std::string, Row>;

  Table() : Table{default_keep} {}
  explicit Table(std::size_t keep) : keep_{keep} {}

  void add(std::string_view key, const Event& event, std::string_view example = {});

  /// Busiest first; at equal counts by key. At most `keep` rows; pointers into the table.
  [[nodiscard]] std::vector<const Entry*> busiest() const;
  /// The events of keys that are in no row of `busiest`.
  [[nodiscard]] Tally others() const;
  [[nodiscard]] bool pruned() const { return pruned_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  void prune();
  [[nodiscard]] std::vector<const Entry*> sorted() const;

  std::unordered_map<std::string, Row, Hash, std::equal_to<>> rows_;
  Tally given_up_;
  std::size_t keep_;
  bool pruned_{};
};

}  // namespace ecr6::logs
