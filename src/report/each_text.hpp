#pragma once

#include <functional>

#include "ecr6/observation/observation.hpp"

namespace ecr6::report {

/// Calls `visit` with every string of a run that may hold text from outside, in the order of the records, host first.
/// Vocabulary words, versions and names of cryptographic things are passed over: they can hold nothing of the house.
void each_text(Observation& observation, const std::function<void(std::string&)>& visit);

/// Where an address stands decides whose it is.
enum class Owner { host, path, peer };  ///< this host or its nameservers; a router on the path; an endpoint

/// Calls `visit` with every address of a run, in the same order.
void each_address(Observation& observation, const std::function<void(Address&, Owner)>& visit);

}  // namespace ecr6::report
