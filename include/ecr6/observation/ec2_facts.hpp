#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"

namespace ecr6 {

/// How the question to the instance metadata service (--ec2) ended.
enum class MetadataOutcome {
  answered,
  denied,        ///< it is there and gives no token: switched off (403), or another refusal
  not_metadata,  ///< something else answers on its address
  timeout,       ///< nothing answers: not on EC2, or the hop limit keeps a container from it
  unreachable,   ///< this host cannot reach either of its addresses: not on EC2, most likely
  not_finished,  ///< the run ended first
};
[[nodiscard]] std::string_view to_string(MetadataOutcome word);
template <>
std::optional<MetadataOutcome> word_from<MetadataOutcome>(std::string_view word);

/// One network interface as the metadata service has it. An absent list is not known; an empty one says: none.
struct Ec2Interface {
  std::string mac;           ///< "0a:1b:2c:3d:4e:5f"
  std::string device;        ///< this host's name for it, "eth0"; empty when no device has that address
  std::string interface_id;  ///< "eni-…"; this and the next two are empty when not known
  std::string subnet_id;
  std::string vpc_id;
  std::optional<std::vector<Address>> ipv6, ipv4;
  std::optional<std::vector<Prefix>> subnet_ipv6, vpc_ipv6;

  friend bool operator==(const Ec2Interface&, const Ec2Interface&) = default;
};

/// What EC2's instance metadata service said about this machine's network.
struct Ec2Facts {
  MetadataOutcome outcome{MetadataOutcome::not_finished};
  std::optional<Address> service;  ///< which of its addresses answered
  std::string detail;              ///< the origin's own words, unescaped
  Duration duration{};
  std::vector<Ec2Interface> interfaces;
  std::size_t interfaces_left_out{};  ///< beyond the bound of 16

  friend bool operator==(const Ec2Facts&, const Ec2Facts&) = default;
};

}  // namespace ecr6
