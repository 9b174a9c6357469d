#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>
#include <vector>

#include "probe/run.hpp"

namespace ecr6::probe {

/// The echo requests to one endpoint's addresses (--ping), beside its attempts. Outlives the coroutines that it starts.
class Pings {
 public:
  Pings(Run& run, const Endpoint& endpoint) : run_{run}, endpoint_{endpoint} {}
  /// Nothing without --ping.
  void start(const Address& address);
  /// IPv6 first. Call when everything has ended.
  [[nodiscard]] std::vector<Ping> finish();

 private:
  boost::asio::awaitable<void> send(Ping& entry);

  Run& run_;
  const Endpoint& endpoint_;
  std::deque<Ping> pings_;
};

}  // namespace ecr6::probe
