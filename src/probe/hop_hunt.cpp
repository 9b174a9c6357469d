#include "probe/hop_hunt.hpp"

#include <algorithm>
#include <utility>

#include "host/network.hpp"
#include "probe/result.hpp"

namespace ecr6::probe {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A first packet that is lost is sent again after a second (RFC 6298 §2.1): until then, silence is nothing unusual.
constexpr std::chrono::milliseconds unusual_silence = 1s;
/// A search that would begin later than this after its connect ended is left out: silence must not cost more.
constexpr std::chrono::milliseconds latest_start = 500ms;

/// No packet leaves for an address of this host, or while nobody answers for the next hop.
bool can_reach_a_hop(const Peer& to, const std::string& interface) {
  const auto route = host::route_to({to.address, to.port, interface, std::nullopt});
  if (!route) return true;  // not known
  if (route->type != "unicast") return false;
  const auto neighbour = host::next_hop(*route, to.address);
  return !neighbour || (neighbour->state != "incomplete" && neighbour->state != "failed");
}

}  // namespace

HopHunt::ConnectEnded HopHunt::watch(const Address& address, const Peer& to) {
  if (to.address.is_loopback()) return {};
  const auto connect = std::make_shared<Watched>(Watched{address, to, asio::steady_timer{run_.io}});
  run_.crew.start(keep_watch(connect));
  return [connect](const std::optional<Cause>& cause) {
    connect->ended = Clock::now();
    connect->cause = cause;
    connect->timer.cancel();
    if (connect->searcher && !connect->is_silent()) connect->searcher->give_up();
  };
}

asio::awaitable<void> HopHunt::until_ended(std::shared_ptr<Watched> connect) {
  if (connect->ended) co_return;
  connect->timer.expires_at(Clock::time_point::max());
  co_await connect->timer.async_wait(by_value);
}

asio::awaitable<void> HopHunt::keep_watch(std::shared_ptr<Watched> connect) {
  const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(run_.settings.timeout);
  if (!connect->ended) {
    connect->timer.expires_after(std::min(unusual_silence, timeout / 2));
    co_await connect->timer.async_wait(by_value);
  }
  if (is_worth_it(*connect)) co_await search(connect);
  co_await until_ended(connect);
  // Another address had its search, but answered after all.
  if (is_worth_it(*connect)) co_await search(connect);
}

bool HopHunt::is_worth_it(const Watched& connect) {
  if (run_.crew.stopped() || run_.is_over() || !connect.is_silent()) return false;
  return side(connect.to.address.family()).is_open() && can_reach_a_hop(connect.to, run_.settings.interface);
}

HopSearchPlan HopHunt::plan_for(const Watched& connect) const {
  const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(run_.settings.timeout);
  HopSearchPlan plan;
  plan.address = connect.to.address;
  plan.port = connect.to.port;
  plan.interface = run_.settings.interface;
  plan.patience = std::clamp<std::chrono::milliseconds>(timeout / 2, 500ms, 1s);
  plan.deadline = run_.deadline();
  return plan;
}

asio::awaitable<std::optional<HopSearch>> HopHunt::search_in_turn(std::shared_ptr<Watched> connect) {
  const auto turn = co_await run_.hop_turns.take();
  const auto place = co_await run_.slots.take();
  const bool too_late = connect->ended && Clock::now() - *connect->ended > latest_start;
  if (too_late || !is_worth_it(*connect)) co_return std::nullopt;  // much may have happened since
  side(connect->to.address.family()).searching = true;
  connect->searcher = std::make_shared<HopSearcher>(run_.io.get_executor(), plan_for(*connect));
  auto searching = connect->searcher->run();
  co_return co_await std::move(searching);
}

asio::awaitable<void> HopHunt::search(std::shared_ptr<Watched> connect) {
  auto searching = search_in_turn(connect);
  auto found = co_await std::move(searching);
  if (!connect->searcher) co_return;
  co_await until_ended(connect);
  connect->searcher.reset();
  Side& mine = side(connect->to.address.family());
  mine.searching = false;
  if (!found || !connect->is_silent() || run_.crew.stopped()) co_return;
  found->address = connect->address;
  const Peer wanted{connect->address, seen_.endpoint.port};
  if (connect->to != wanted) found->diverted_to = to_text(connect->to);
  mine.found = std::move(found);
}

void HopHunt::finish() {
  for (Side& each : sides_)
    if (each.found) seen_.hop_searches.push_back(std::move(*each.found));
}

}  // namespace ecr6::probe
