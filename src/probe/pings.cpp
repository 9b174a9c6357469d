#include "probe/pings.hpp"

#include <algorithm>

#include "probe/ping.hpp"

namespace ecr6::probe {

void Pings::start(const Address& address) {
  if (!run_.settings.ping) return;
  Ping& entry = pings_.emplace_back();
  entry.address = address;
  entry.family = address.family();
  run_.crew.start(send(entry));
}

boost::asio::awaitable<void> Pings::send(Ping& entry) {
  const auto place = co_await run_.slots.take();
  if (run_.is_over()) co_return;
  const Peer wanted{entry.address, endpoint_.port};
  const Peer to = divert(run_.options.connect_to, endpoint_.name, wanted);
  PingPlan plan;
  plan.address = to.address;
  plan.interface = run_.settings.interface;
  plan.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(run_.settings.timeout);
  plan.deadline = run_.deadline();
  auto pinging = ping(std::move(plan));
  Ping result = co_await std::move(pinging);
  result.address = wanted.address;
  result.family = wanted.address.family();
  if (to.address != wanted.address) result.diverted_to = to.address.to_string();
  entry = std::move(result);
}

std::vector<Ping> Pings::finish() {
  std::vector<Ping> all{pings_.begin(), pings_.end()};
  std::stable_partition(all.begin(), all.end(), [](const Ping& each) { return each.family == Family::ipv6; });
  return all;
}

}  // namespace ecr6::probe
