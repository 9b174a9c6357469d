#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "ecr6/core/family.hpp"
#include "ecr6/observation/lookup.hpp"

namespace ecr6::probe {

/// Asks one nameserver, and no other, for the addresses of one name and family. `index` goes into the answer as it is.
/// Never throws for what the network does; ends within `budget`. The question is sent again once, after 1 s, when the
/// budget leaves room for that. Cancelling the coroutine drops the question at once.
/// Call load_resolver() before the first one.
boost::asio::awaitable<ServerAnswer> ask(Nameserver server, std::size_t index, std::string name, Family family,
                                         std::chrono::milliseconds budget);

/// All nameservers at once, each under the whole budget; merged by merge(). Answers are in the order of `servers`.
boost::asio::awaitable<Lookup> resolve(std::string name, Family family, std::vector<Nameserver> servers,
                                       std::chrono::milliseconds budget);

/// Prepares the resolver library: once per process, before the first question and before other threads start.
/// Throws std::runtime_error when the library cannot start. More calls do nothing.
void load_resolver();

}  // namespace ecr6::probe
