#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/problem.hpp"
#include "ecr6/observation/observation.hpp"

namespace ecr6 {

/// The largest ip-ranges.json that is read; AWS's has 2 MB in 2026.
inline constexpr std::size_t max_ip_ranges_bytes = std::size_t{10} * 1024 * 1024;

/// What AWS's ip-ranges.json says (VPC user guide, "AWS IP address ranges"): every prefix with its region and service.
class IpRangesFile {
 public:
  /// The problem names line and column. A file without prefixes of both families is none: it could only mislead.
  [[nodiscard]] static Expected<IpRangesFile> parse(std::string_view text);

  [[nodiscard]] const std::string& created() const { return created_; }  ///< "2026-08-22-15-17-05", or empty
  [[nodiscard]] std::size_t entries() const { return entries_.size(); }
  /// The longest prefix that holds `address`, its region, and the services of every entry with that same prefix.
  [[nodiscard]] IpRangeMatch match(const Address& address) const;

 private:
  friend class IpRangesReader;
  struct Entry {
    Prefix prefix;  ///< without host bits
    std::uint32_t region{}, service{};
  };

  std::string created_;
  std::vector<std::string> words_;  ///< regions and services, each once
  std::vector<Entry> entries_;
};

/// What the file says of every address that DNS gave, and of names that are addresses; each once, in order.
[[nodiscard]] IpRanges matched_ranges(const IpRangesFile& file, std::string name, const Observation& run);

}  // namespace ecr6
