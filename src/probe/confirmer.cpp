#include "probe/confirmer.hpp"

#include <utility>

namespace ecr6::probe {

void Confirmer::attempt_begins(Family family, const Address& address) {
  side(family).so_far.tried.push_back({address, std::nullopt});
}

void Confirmer::attempts_begun() { go_on(); }

void Confirmer::attempt_ended(Family family, std::size_t index, const Attempt& attempt) {
  side(family).so_far.tried[index].outcome = outcome_of(attempt);
  go_on();
}

void Confirmer::go_on() {
  if (run_.crew.stopped() || run_.is_over()) return;
  for (const Family family : both_families)
    for (const ConfirmationStep& step : next_confirmations(side(family).so_far, side(other(family)).so_far))
      begin(family, step);
}

void Confirmer::begin(Family family, const ConfirmationStep& step) {
  Side& mine = side(family);
  const Variation variation = variation_for(step, mine.so_far);
  mine.so_far.begun.push_back({step.purpose, step.address, std::nullopt});
  mine.results.emplace_back();
  run_.crew.start(confirm(family, mine.results.size() - 1, variation));
}

boost::asio::awaitable<void> Confirmer::confirm(Family family, std::size_t index, Variation variation) {
  const auto place = co_await run_.slots.take();
  if (run_.is_over()) co_return;
  auto dialling = dial_(family, side(family).so_far.begun[index].address, variation);
  Attempt result = co_await std::move(dialling);
  side(family).so_far.begun[index].outcome = outcome_of(result);
  side(family).results[index] = std::move(result);
  go_on();
}

void Confirmer::move_results_to(std::vector<Confirmation>& confirmations) {
  for (const Family family : both_families) {
    Side& mine = side(family);
    for (std::size_t i = 0; i < mine.results.size(); ++i)
      if (mine.results[i])
        confirmations.push_back({std::string{mine.so_far.begun[i].purpose}, std::move(*mine.results[i])});
  }
}

}  // namespace ecr6::probe
