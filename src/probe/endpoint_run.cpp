#include "endpoint_run.hpp"

#include <algorithm>

#include "probe/attempt.hpp"
#include "probe/resolver.hpp"

namespace ecr6::probe {

namespace {

std::string request_target(Role role) { return role == Role::registry || role == Role::public_registry ? "/v2/" : "/"; }

bool has(const std::vector<Address>& addresses, const Address& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

/// The entry of an attempt that has not started: what stays when the run ends before it does.
Attempt not_started(const EndpointObservation& seen, Family family, const Address& address) {
  Attempt attempt;
  attempt.family = family;
  attempt.address = address;
  attempt.port = seen.endpoint.port;
  attempt.cause = Cause::deadline_exceeded;
  return attempt;
}

}  // namespace

EndpointRun::EndpointRun(Run& run, EndpointObservation& seen)
    : run_{run},
      seen_{seen},
      confirmer_{run, [this](Family family, Address address,
                             Variation variation) { return dial(family, std::move(address), variation); }},
      hop_hunt_{run, seen},
      feed_{std::make_shared<RaceFeed>(run.io.get_executor())},
      pings_{run, seen.endpoint} {}

void EndpointRun::start() {
  const auto literal = Address::parse(seen_.endpoint.name);
  for (const Family family : both_families)
    if (!literal && run_.settings.has(family)) start_lookups(family);
  if (literal) start_literal(*literal);
  run_.crew.start(hold_race());
}

void EndpointRun::start_literal(const Address& literal) {
  feed_->lookup_finished(other(literal.family()), {});
  if (!run_.settings.has(literal.family())) return feed_->lookup_finished(literal.family(), {});
  start_attempts(literal.family(), {AddressRecord{literal, 0}});
  feed_race(literal.family());
}

void EndpointRun::start_lookups(Family family) {
  Side& mine = side(family);
  mine.answers.resize(run_.nameservers.size());
  mine.unanswered = run_.nameservers.size();
  run_.progress.lookups += run_.nameservers.size();
  for (std::size_t i = 0; i < run_.nameservers.size(); ++i) run_.crew.start(look_up(family, i));
}

boost::asio::awaitable<void> EndpointRun::look_up(Family family, std::size_t nameserver) {
  const auto place = co_await run_.slots.take();
  std::string name = name_to_look_up(run_.options.connect_to, seen_.endpoint.name, seen_.endpoint.port);
  Nameserver server = run_.nameservers[nameserver];
  auto asking = ask(std::move(server), nameserver, std::move(name), family, run_.budget());
  ServerAnswer answer = co_await std::move(asking);
  // An interrupted question has no answer; it must not look like a nameserver that stays silent.
  if (run_.crew.stopped()) co_return;
  take_answer(family, std::move(answer));
}

void EndpointRun::take_answer(Family family, ServerAnswer answer) {
  Side& mine = side(family);
  start_attempts(family, answer.records);
  const bool usable = is_usable(answer.outcome);
  mine.answers[answer.nameserver] = std::move(answer);
  --mine.unanswered;
  ++run_.progress.lookups_done;
  // A client takes the first answer that says something; without one it waits for the last nameserver.
  if (usable || mine.unanswered == 0) feed_race(family);
  run_.report_progress();
}

void EndpointRun::start_attempts(Family family, const std::vector<AddressRecord>& records) {
  Side& mine = side(family);
  const std::size_t first = mine.addresses.size();
  for (const AddressRecord& record : records) {
    if (has(mine.addresses, record.address) || has(mine.left_out, record.address)) continue;
    if (mine.addresses.size() >= run_.settings.max_addresses) {
      mine.left_out.push_back(record.address);
      continue;
    }
    mine.addresses.push_back(record.address);
    mine.attempts.push_back(not_started(seen_, family, record.address));
    ++run_.progress.attempts;
    confirmer_.attempt_begins(family, record.address);
  }
  // Only now, since an attempt that fails at once ends inside its start.
  for (std::size_t index = first; index < mine.addresses.size(); ++index) {
    run_.crew.start(try_address(family, index));
    pings_.start(mine.addresses[index]);
  }
  confirmer_.attempts_begun();
}

boost::asio::awaitable<void> EndpointRun::try_address(Family family, std::size_t index) {
  const auto place = co_await run_.slots.take();
  if (run_.is_over()) co_return;
  const Address address = side(family).addresses[index];
  auto dialling = dial(family, address, Variation{});
  Attempt result = co_await std::move(dialling);
  confirmer_.attempt_ended(family, index, result);
  side(family).attempts[index] = std::move(result);
  ++run_.progress.attempts_done;
  run_.report_progress();
}

boost::asio::awaitable<Attempt> EndpointRun::dial(Family family, Address address, Variation variation) {
  const Peer wanted{address, seen_.endpoint.port};
  const Peer to = divert(run_.options.connect_to, seen_.endpoint.name, wanted);

  AttemptPlan plan;
  plan.family = family;
  plan.address = to.address;
  plan.port = to.port;
  plan.host_port = seen_.endpoint.port;
  plan.host = seen_.endpoint.name;
  plan.target = request_target(seen_.endpoint.role);
  plan.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(run_.settings.timeout);
  plan.run_start = run_.started;
  plan.deadline = run_.deadline();
  plan.interface = run_.settings.interface;
  plan.max_segment = variation.max_segment;
  plan.large_hello = variation.large_hello;
  plan.stop_after_first_tls_byte = variation.stop_after_first_tls_byte;
  plan.stop_once_connected = variation.stop_once_connected;
  plan.despite_dates = variation.despite_dates;
  if (variation == Variation{}) plan.connect_ended = hop_hunt_.watch(address, to);
  auto trying = attempt(std::move(plan), run_.tls);
  Attempt result = co_await std::move(trying);

  result.address = address;
  result.port = seen_.endpoint.port;
  if (to != wanted) result.diverted_to = to_text(to);
  co_return result;
}

void EndpointRun::feed_race(Family family) {
  Side& mine = side(family);
  if (std::exchange(mine.fed, true)) return;
  feed_->lookup_finished(family, mine.addresses);
}

boost::asio::awaitable<void> EndpointRun::hold_race() {
  RacePlan plan;
  plan.port = seen_.endpoint.port;
  plan.ipv6 = run_.settings.ipv6;
  plan.ipv4 = run_.settings.ipv4;
  plan.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(run_.settings.timeout);
  plan.deadline = run_.deadline();
  plan.interface = run_.settings.interface;
  plan.divert = [this](const Peer& wanted) { return divert(run_.options.connect_to, seen_.endpoint.name, wanted); };
  auto racing = run_race(std::move(plan), feed_);
  seen_.race = co_await std::move(racing);
}

void EndpointRun::finish_lookup(Family family) {
  Side& mine = side(family);
  std::vector<ServerAnswer> answers;
  for (auto& answer : mine.answers)
    if (answer) answers.push_back(std::move(*answer));
  if (!answers.empty()) seen_.lookup(family) = merge(std::move(answers));
  (family == Family::ipv6 ? seen_.ipv6_left_out : seen_.ipv4_left_out) = mine.left_out.size();
}

void EndpointRun::finish() {
  for (const Family family : both_families) {
    finish_lookup(family);
    for (Attempt& attempt : side(family).attempts) {
      if (run_.crew.stopped() && attempt.cause == Cause::deadline_exceeded) attempt.cause = Cause::interrupted;
      seen_.attempts.push_back(std::move(attempt));
    }
  }
  confirmer_.move_results_to(seen_.confirmations);
  seen_.pings = pings_.finish();
  hop_hunt_.finish();
}

}  // namespace ecr6::probe
