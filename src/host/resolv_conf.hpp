#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/problem.hpp"
#include "ecr6/observation/lookup.hpp"

namespace ecr6::host {

inline constexpr std::size_t max_resolv_conf_bytes = 65536;  ///< a larger file is refused
inline constexpr std::size_t max_nameservers = 16;           ///< what lies beyond is not asked, and said

/// The nameservers of a resolv.conf(5).
struct ResolvConf {
  /// In order, each once; `used_by_system` on the first three, as glibc reads them.
  std::vector<Nameserver> nameservers;
  std::vector<std::string> problems;  ///< lines that were not understood and bounds that were hit, in words
};

/// Reads the text of a resolv.conf as glibc does. `source` is its path, for the nameservers and the words.
[[nodiscard]] ResolvConf parse_resolv_conf(std::string_view text, const std::string& source);

/// Reads the file. A file that cannot be read, or that names no usable nameserver, is a problem: one sentence.
[[nodiscard]] Expected<ResolvConf> read_resolv_conf(const std::string& path = "/etc/resolv.conf");

/// Reads the value of `--resolver`: ADDRESS or ADDRESS:PORT; IPv6 with a port stands in brackets; a link-local address
/// carries its zone ("fe80::1%eth0"). `used_by_system` is false.
[[nodiscard]] Expected<Nameserver> parse_resolver(std::string_view text);

}  // namespace ecr6::host
