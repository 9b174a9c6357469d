#include "slots.hpp"

#include <algorithm>

#include "result.hpp"

namespace ecr6::probe {

namespace asio = boost::asio;

Slots::Slots(asio::io_context& io, std::size_t places)
    : free_{std::max<std::size_t>(places, 1)}, freed_{io, asio::steady_timer::time_point::max()} {}

Slots::Place::~Place() {
  if (slots_ == nullptr) return;
  ++slots_->free_;
  slots_->freed_.cancel_one();
}

asio::awaitable<Slots::Place> Slots::take() {
  while (free_ == 0) {
    const auto [ignored] = co_await freed_.async_wait(by_value);
    static_cast<void>(ignored);
  }
  --free_;
  co_return Place{this};
}

}  // namespace ecr6::probe
