#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/result.hpp>

namespace ecr6::probe {

namespace asio = boost::asio;
using boost::system::error_code;

/// A value, or the error of the origin that failed. Failures that the network can cause are never thrown.
template <class T>
using Result = boost::system::result<T>;

/// Every operation in this folder reports errors by value; see docs/adr/0003-errors-by-value.md.
inline constexpr auto by_value = asio::as_tuple(asio::use_awaitable);

}  // namespace ecr6::probe
