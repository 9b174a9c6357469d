#pragma once

#include <boost/json/fwd.hpp>
#include <vector>

#include "ecr6/observation/network.hpp"

namespace ecr6 {

/// The JSON form of what the kernel knows; see load_network.cpp for the way back.
[[nodiscard]] boost::json::object network_object(const NetworkFacts& network);
[[nodiscard]] boost::json::object route_object(const Route& route);
[[nodiscard]] boost::json::object neighbour_object(const Neighbour& neighbour);
[[nodiscard]] boost::json::array precedence_array(const std::vector<PrecedenceRule>& rules);

}  // namespace ecr6
