#include "clocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cards.hpp"
#include "evidence.hpp"
#include "http_date.hpp"
#include "http_status.hpp"

namespace ecr6 {

namespace {

bool is_within(const TlsFacts& tls, Moment moment) { return moment >= tls.not_before && moment <= tls.not_after; }

void add_reading(const Observation& run, const EndpointObservation& seen, const Attempt& attempt,
                 std::vector<ClockReading>& readings) {
  if (!attempt.http || !attempt.tls) return;
  const auto date = from_http_date(header_of(*attempt.http, "date"));
  const auto age = header_of(*attempt.http, "age");
  // A server whose own certificate is out of date by its own clock has no clock to go by.
  if (!date || (!age.empty() && age != "0") || !is_within(*attempt.tls, *date)) return;
  const auto ahead = std::chrono::round<std::chrono::seconds>(*date - moment_of(run, attempt));
  readings.push_back({&seen, &attempt, *date, ahead, attempt.tls->verified});
}

}  // namespace

Moment moment_of(const Observation& run, const Attempt& attempt) {
  const Duration none{};
  const Duration spent = attempt.started + attempt.connect_time.value_or(none) + attempt.tls_time.value_or(none) +
                         attempt.http_time.value_or(none);
  return run.started_at + std::chrono::duration_cast<std::chrono::milliseconds>(spent);
}

std::vector<ClockReading> clock_readings(const Observation& run) {
  std::vector<ClockReading> readings;
  for (const EndpointObservation& seen : run.endpoints) {
    for (const Attempt& attempt : seen.attempts) add_reading(run, seen, attempt, readings);
    for (const Confirmation& confirmation : seen.confirmations)
      if (confirmation.purpose == purpose::peer_clock) add_reading(run, seen, confirmation.attempt, readings);
  }
  return readings;
}

std::vector<ClockReading> deciding_clocks(const Observation& run) {
  std::vector<ClockReading> readings = clock_readings(run);
  const auto is_verified = [](const ClockReading& reading) { return reading.verified; };
  if (std::any_of(readings.begin(), readings.end(), is_verified))
    std::erase_if(readings, [&](const ClockReading& reading) { return !is_verified(reading); });
  return readings;
}

bool clock_explains(const Observation& run, const Attempt& attempt) {
  if (!attempt.tls) return false;
  const Moment here = moment_of(run, attempt);
  if (is_within(*attempt.tls, here)) return false;
  const auto readings = deciding_clocks(run);
  return !readings.empty() && std::all_of(readings.begin(), readings.end(), [&](const ClockReading& reading) {
    return std::chrono::abs(reading.ahead) >= clock_noise && is_within(*attempt.tls, here + reading.ahead);
  });
}

const CauseCard* card_in(const Observation& run, const Attempt& attempt) {
  const CauseCard* const card = card_of(attempt, run.host);
  const bool by_date = card == &cards::certificate_expired || card == &cards::certificate_not_yet_valid;
  return by_date && clock_explains(run, attempt) ? &cards::clock_skew : card;
}

std::string span_of(std::chrono::seconds span) {
  const auto seconds = std::chrono::abs(span).count();
  if (seconds >= 2 * 86'400) return fmt::format("{} days", seconds / 86'400);
  if (seconds >= 2 * 3'600) return fmt::format("{} h", seconds / 3'600);
  return seconds >= 120 ? fmt::format("{} min", seconds / 60) : fmt::format("{} s", seconds);
}

std::string line_of(const ClockReading& reading) {
  const Attempt& attempt = *reading.attempt;
  const std::string line = fmt::format("the Date header from {} ({}) says {}: ", reading.seen->endpoint.name,
                                       where(attempt.address, attempt.port, 443), to_rfc3339(reading.peer));
  if (std::chrono::abs(reading.ahead) < clock_noise) return line + "the same as this host's clock";
  return fmt::format("{}{} {} this host's clock", line, span_of(reading.ahead),
                     reading.ahead.count() > 0 ? "ahead of" : "behind");
}

}  // namespace ecr6
