#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"

namespace ecr6 {

/// What getaddrinfo(3) gives an application for a name, both families asked for (AF_UNSPEC).
struct SystemAnswer {
  std::vector<Address> addresses;  ///< in the order in which an application would try them; each once, at most 64
  std::size_t addresses_left_out{};
  std::string error;    ///< "EAI_NONAME: Name or service not known"; empty when there are addresses, or none was given
  Duration duration{};  ///< how long it took; how long it was waited for when `killed`
  bool killed{};        ///< it had not come back when the time was over

  friend bool operator==(const SystemAnswer&, const SystemAnswer&) = default;
};

/// The longest prefix of AWS's ip-ranges.json that holds an address.
struct IpRangeMatch {
  Address address;
  std::optional<Prefix> prefix;       ///< empty: no entry holds the address
  std::string region;                 ///< "us-west-2", "GLOBAL"
  std::vector<std::string> services;  ///< of all entries with that prefix, "AMAZON" last; at most 32
  friend bool operator==(const IpRangeMatch&, const IpRangeMatch&) = default;
};

/// What AWS's ip-ranges.json (--ip-ranges) says of the addresses that DNS gave.
struct IpRanges {
  std::string file;       ///< as given
  std::string created;    ///< the file's own createDate, "2026-08-22-15-17-05"
  std::size_t entries{};  ///< of both families
  std::vector<IpRangeMatch> matches;
  friend bool operator==(const IpRanges&, const IpRanges&) = default;
};

}  // namespace ecr6
