#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>

#include "ecr6/observation/ping.hpp"

namespace ecr6::probe {

struct PingPlan {
  Address address;        ///< the one that is really asked
  std::string interface;  ///< as AttemptPlan::interface
  std::chrono::milliseconds timeout{3000};
  std::chrono::steady_clock::time_point deadline{std::chrono::steady_clock::time_point::max()};  ///< of the run
};

/// Sends an ICMP echo request, once more after half of the time, and waits for the reply or an ICMP error.
[[nodiscard]] boost::asio::awaitable<Ping> ping(PingPlan plan);

}  // namespace ecr6::probe
