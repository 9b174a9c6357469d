#include "probe/hop_search.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "probe/dial.hpp"
#include "probe/result.hpp"
#include "probe/socket_facts.hpp"

namespace ecr6::probe {

namespace {

/// With less time than this, that no hop answers would mean nothing.
constexpr std::chrono::milliseconds least_patience{250};
/// After an answer: a hop beyond may be an ocean further away.
constexpr std::chrono::milliseconds least_quiet{300};
constexpr int round_trips_of_quiet = 3;

bool limit_hops(int descriptor, Family family, int limit) {
  if (family == Family::ipv6) return ::setsockopt(descriptor, SOL_IPV6, IPV6_UNICAST_HOPS, &limit, sizeof limit) == 0;
  return ::setsockopt(descriptor, SOL_IP, IP_TTL, &limit, sizeof limit) == 0;
}

/// A connection, or a reset: only the address itself gives these.
bool is_of_the_address(const error_code& outcome) {
  return !outcome || outcome == asio::error::connection_refused || outcome == asio::error::connection_reset;
}

}  // namespace

HopSearcher::HopSearcher(asio::any_io_executor executor, HopSearchPlan plan)
    : plan_{std::move(plan)}, news_{std::move(executor)} {
  found_.address = plan_.address;
}

/// False: this host cannot send, which is another fault than silence. Too few descriptors only mean fewer limits.
bool HopSearcher::start_all() {
  for (int limit = 1; limit <= most_hop_limits; ++limit) {
    if (!start(limit)) break;
    found_.limits = limit;
  }
  return found_.limits > 0;
}

bool HopSearcher::start(int limit) {
  const Destination to{plan_.address, plan_.port, plan_.interface, 0};
  auto opened = open_socket(news_.get_executor(), to);
  if (!opened || !limit_hops(opened->native_handle(), plan_.address.family(), limit)) return false;
  queue_icmp_errors(opened->native_handle(), plan_.address.family(), true);
  const auto began = Clock::now();
  const error_code begun = begin_connect(*opened, to);
  if (begun && begun != asio::error::in_progress) return false;
  const auto placed = connects_.emplace(limit, Connect{std::move(*opened), began}).first;
  wait_for(limit, placed->second);
  return true;
}

void HopSearcher::wait_for(int limit, Connect& connect) {
  connect.socket.async_wait(asio::ip::tcp::socket::wait_write,
                            [self = shared_from_this(), limit](const error_code& error) {
                              const auto found = self->connects_.find(limit);
                              if (error || found == self->connects_.end()) return;
                              self->take(limit, found->second);
                              self->news_.cancel();
                            });
}

void HopSearcher::take(int limit, Connect& connect) {
  const auto icmp = take_icmp_error(connect.socket.native_handle());
  const error_code outcome = connect_outcome(connect.socket);
  if (outcome == asio::error::in_progress) return wait_for(limit, connect);  // an error that ends no connect
  const auto own = local_address(connect.socket.native_handle());
  const auto rtt = std::chrono::duration_cast<Duration>(Clock::now() - connect.began);
  if (icmp && icmp->offender != own) found_.hops.push_back({limit, *icmp, rtt});
  if (!icmp && is_of_the_address(outcome)) take_answer(limit);
  quiet_at_ = Clock::now() + std::max<Clock::duration>(least_quiet, round_trips_of_quiet * rtt);
  connects_.erase(limit);
}

/// Beyond the address nothing is to be learnt.
void HopSearcher::take_answer(int limit) {
  found_.answered_at = std::min(limit, found_.answered_at.value_or(limit));
  std::erase_if(connects_, [&](const auto& each) { return each.first > limit; });
}

HopSearcher::Clock::time_point HopSearcher::wake_time() const { return std::min(until_, quiet_at_); }

void HopSearcher::give_up() {
  given_up_ = true;
  news_.cancel();
}

asio::awaitable<std::optional<HopSearch>> HopSearcher::run() {
  // Leaving by any road, the sockets close, and with them their handlers let the searcher go.
  struct CloseOnExit {
    HopSearcher& searcher;
    ~CloseOnExit() { searcher.connects_.clear(); }
  } const guard{*this};
  until_ = std::min(Clock::now() + plan_.patience, plan_.deadline);
  if (given_up_ || until_ - Clock::now() < least_patience || !start_all()) co_return std::nullopt;
  while (!connects_.empty() && Clock::now() < wake_time()) {
    news_.expires_at(wake_time());
    co_await news_.async_wait(by_value);
    if (given_up_) co_return std::nullopt;
  }
  std::sort(found_.hops.begin(), found_.hops.end(), [](const Hop& a, const Hop& b) { return a.limit < b.limit; });
  co_return std::move(found_);
}

}  // namespace ecr6::probe
