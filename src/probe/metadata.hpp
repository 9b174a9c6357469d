#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>

#include "ecr6/observation/ec2_facts.hpp"

namespace ecr6::probe {

struct MetadataPlan {
  Address ipv4, ipv6;  ///< where the service is; see metadata_plan()
  std::uint16_t port{80};
  std::chrono::milliseconds step{1000};  ///< for the token; and once more for everything else
  std::chrono::steady_clock::time_point deadline;
};

/// 169.254.169.254 and [fd00:ec2::254], port 80.
[[nodiscard]] MetadataPlan metadata_plan(std::chrono::steady_clock::time_point deadline);

/// Asks EC2's instance metadata service (version 2) what it knows of this machine's network: a token over both
/// addresses at once, then with the first of them each interface. Straight, never through a proxy. What came before
/// `facts` is cut off by a cancellation stays there, with the outcome not_finished.
[[nodiscard]] boost::asio::awaitable<void> ask_metadata(MetadataPlan plan, Ec2Facts& facts);

}  // namespace ecr6::probe
