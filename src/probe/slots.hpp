#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <utility>

namespace ecr6::probe {

/// A bound on how much goes on at once (--concurrency): each holder has one place until it is destroyed. One thread.
class Slots {
 public:
  Slots(boost::asio::io_context& io, std::size_t places);

  class Place {
   public:
    explicit Place(Slots* slots) : slots_{slots} {}
    Place(Place&& from) noexcept : slots_{std::exchange(from.slots_, nullptr)} {}
    Place& operator=(Place&&) = delete;
    ~Place();

   private:
    Slots* slots_;
  };

  /// Waits for a place, first come first served. Cancelled: throws as every cancelled coroutine does.
  boost::asio::awaitable<Place> take();

 private:
  std::size_t free_;
  boost::asio::steady_timer freed_;  ///< never expires; each place that is given back wakes one waiter
};

}  // namespace ecr6::probe
