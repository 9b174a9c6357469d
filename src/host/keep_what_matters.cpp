#include "host/keep_what_matters.hpp"

#include <algorithm>
#include <functional>

namespace ecr6::host {

namespace {

int rank(const InterfaceAddress& own) { return own.address.is_link_local() ? 1 : 0; }

int rank(const Interface& interface, const NetworkFacts& network) {
  const auto leads_out = [&](const DefaultRoute& route) { return route.interface == interface.name; };
  if (std::any_of(network.default_routes.begin(), network.default_routes.end(), leads_out)) return 0;
  const auto& own = interface.addresses;
  const bool reaches_far =
      std::any_of(own.begin(), own.end(), [](const InterfaceAddress& each) { return rank(each) == 0; });
  return reaches_far || interface.loopback ? 1 : 2;
}

/// The `most` items of the lowest rank, in their own order; gives how many are dropped.
template <class T>
std::size_t keep(std::vector<T>& items, std::size_t most, const std::function<int(const T&)>& rank_of) {
  if (items.size() <= most) return 0;
  std::vector<std::pair<int, std::size_t>> places;
  for (std::size_t i = 0; i < items.size(); ++i) places.emplace_back(rank_of(items[i]), i);
  std::stable_sort(places.begin(), places.end());
  const std::size_t dropped = items.size() - most;
  places.resize(most);
  std::sort(places.begin(), places.end(),
            [](const auto& left, const auto& right) { return left.second < right.second; });
  std::vector<T> kept;
  for (const auto& [rank, place] : places) kept.push_back(std::move(items[place]));
  items = std::move(kept);
  return dropped;
}

}  // namespace

void keep_what_matters(NetworkFacts& network, const NetworkBounds& bounds) {
  network.interfaces_left_out = keep<Interface>(network.interfaces, bounds.interfaces,
                                                [&](const Interface& each) { return rank(each, network); });
  for (Interface& interface : network.interfaces)
    interface.addresses_left_out = keep<InterfaceAddress>(interface.addresses, bounds.addresses_each,
                                                          [](const InterfaceAddress& each) { return rank(each); });
}

}  // namespace ecr6::host
