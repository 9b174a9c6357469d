#include "stalls.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "evidence.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

/// It got further than where `failed` ended.
bool gets_past(const Attempt& failed, const Attempt& probe) {
  return probe.went_through() || (failed.reached == Reached::tls && probe.tls);
}

/// One whose connect failed did not get to where the size of segments counts.
bool is_telling(const Attempt& probe) { return is_conclusive(probe) && probe.reached != Reached::connect; }

std::vector<const Confirmation*> confirmations_at(const EndpointObservation& seen, const Attempt& failed,
                                                  std::string_view purpose) {
  std::vector<const Confirmation*> found;
  for (const Confirmation& probe : seen.confirmations)
    if (probe.purpose == purpose && probe.attempt.address == failed.address && is_telling(probe.attempt))
      found.push_back(&probe);
  return found;
}

Repeated judged(const Failure& failure) {
  const auto passes = [&](const Confirmation* probe) { return gets_past(*failure.attempt, probe->attempt); };
  const auto cures = std::count_if(failure.small.begin(), failure.small.end(), passes);
  const bool always = cures == static_cast<std::ptrdiff_t>(failure.small.size());
  if (std::any_of(failure.again.begin(), failure.again.end(), passes)) return Repeated::comes_and_goes;
  if (failure.small.empty()) return Repeated::not_at_all;
  if (cures == 0) return Repeated::not_cured;
  if (!always) return Repeated::comes_and_goes;
  return cures >= 2 ? Repeated::cured : Repeated::cured_once;
}

Failure failure_of(const EndpointObservation& seen, const Attempt& attempt, std::string_view again,
                   std::string_view small) {
  Failure failure;
  failure.attempt = &attempt;
  failure.again = confirmations_at(seen, attempt, again);
  failure.small = confirmations_at(seen, attempt, small);
  failure.repeated = judged(failure);
  return failure;
}

bool small_hello_passed(const EndpointObservation& seen, const Address& address) {
  return std::any_of(seen.attempts.begin(), seen.attempts.end(),
                     [&](const Attempt& attempt) { return attempt.address == address && attempt.tls; });
}

void look_at(const Attempt& attempt, Directions& directions) {
  if (!attempt.tcp || !stalled(attempt)) return;
  const TcpFacts& tcp = *attempt.tcp;
  if (tcp.unacked > 0 && tcp.total_retransmits > 0) directions.to_endpoint = true;
  // What came was the short end of a flight whose full-size segments did not arrive.
  if (tcp.unacked == 0 && tcp.out_of_order.value_or(0) > 0) directions.to_host = true;
}

/// "tls_timeout at tls after 3.0 s", "went through".
std::string brief(const Confirmation* probe) {
  const Attempt& attempt = probe->attempt;
  if (!attempt.cause) return "went through";
  std::string text = fmt::format("{} at {}", to_string(*attempt.cause), to_string(attempt.reached));
  const auto time = attempt.reached == Reached::http ? attempt.http_time : attempt.tls_time;
  return attempt.reached != Reached::connect && time ? fmt::format("{} after {}", text, to_text(*time)) : text;
}

std::string briefs(const std::vector<const Confirmation*>& probes) {
  std::vector<std::string> texts;
  for (const Confirmation* probe : probes) texts.push_back(brief(probe));
  return join(texts, ", ");
}

}  // namespace

bool stalled(const Attempt& attempt) {
  return attempt.cause == Cause::tls_timeout || attempt.cause == Cause::http_timeout;
}

std::vector<Failure> stalls_of(const EndpointObservation& seen, Family family) {
  std::vector<Failure> found;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && stalled(attempt))
      found.push_back(failure_of(seen, attempt, purpose::same_again, purpose::small_segments));
  return found;
}

std::optional<Failure> failed_large_hello(const EndpointObservation& seen, Family family) {
  for (const Confirmation& probe : seen.confirmations) {
    const Attempt& hello = probe.attempt;
    const bool failed = hello.reached == Reached::tls && hello.cause && is_conclusive(hello);
    if (probe.purpose != purpose::large_hello || hello.family != family || !failed) continue;
    if (small_hello_passed(seen, hello.address))
      return failure_of(seen, hello, purpose::large_hello_again, purpose::large_hello_small_segments);
  }
  return std::nullopt;
}

bool is_hole_towards_endpoint(const Failure& large_hello) {
  return stalled(*large_hello.attempt) && large_hello.repeated == Repeated::cured;
}

Directions directions_of(const Failure& failure) {
  Directions directions;
  look_at(*failure.attempt, directions);
  for (const Confirmation* probe : failure.again) look_at(probe->attempt, directions);
  return directions;
}

const Attempt* unacknowledged_large_hello(const EndpointObservation& seen, Family family) {
  for (const Confirmation& probe : seen.confirmations) {
    Directions directions;
    if (probe.purpose == purpose::large_hello && probe.attempt.family == family) look_at(probe.attempt, directions);
    if (directions.to_endpoint && !small_hello_passed(seen, probe.attempt.address)) return &probe.attempt;
  }
  return nullptr;
}

std::string repeats_line(const Failure& failure) {
  std::vector<std::string> parts;
  if (!failure.again.empty()) parts.push_back("again: " + briefs(failure.again));
  if (!failure.small.empty()) parts.push_back("over segments of at most 1220 bytes: " + briefs(failure.small));
  if (parts.empty()) return {};
  return fmt::format("{} {}", where(failure.attempt->address, failure.attempt->port, 443), join(parts, "; "));
}

}  // namespace ecr6
