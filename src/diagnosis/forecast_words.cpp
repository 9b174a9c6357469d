#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "clients.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/diagnosis/forecast.hpp"

namespace ecr6 {

namespace {

// In the order of their enumerations.
constexpr std::array<std::string_view, 5> client_words{"go", "aws_cli", "curl", "java", "rfc8305"};
constexpr std::array<std::string_view, 5> client_titles{"Docker, containerd", "AWS CLI, boto3", "curl", "Java",
                                                        "RFC 8305"};

/// Two digits are all that a forecast is good for: "3.5 ms", "300 ms", "1.2 s", "120 s".
std::string rounded(Duration duration) {
  const double exact = to_ms(duration);
  if (exact < 0.1) return exact > 0 ? "under 0.1 ms" : "0 ms";
  const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 1);
  const double milliseconds = std::round(exact / unit) * unit;
  if (milliseconds < 9.95) return fmt::format("{:.2g} ms", milliseconds);
  if (milliseconds < 999.5) return fmt::format("{:.0f} ms", milliseconds);
  return milliseconds < 9'950 ? fmt::format("{:.2g} s", milliseconds / 1000)
                              : fmt::format("{:.0f} s", milliseconds / 1000);
}

std::string range(Duration from, Duration to) {
  if (rounded(from) == rounded(to)) return rounded(from);
  return fmt::format("{} to {}", rounded(std::min(from, to)), rounded(std::max(from, to)));
}

/// Times as they are to be printed; blanked out where only the kind matters.
struct Times {
  std::string lookup, connect;
  bool waits{true};  ///< whether the waiting for one address is printed
};

bool is_slow_lookup(const ClientForecast& forecast) { return forecast.lookup_at_least || forecast.lookup > unnoticed; }

/// What became of the addresses of one family.
enum class Kind { silent, failed, slower };

Kind kind_of(const PassedOver& passed) {
  if (!passed.cause) return Kind::slower;
  // What ended the attempt in the middle came after the client had moved on.
  const bool unanswered = *passed.cause == Cause::connect_timeout || *passed.cause == Cause::interrupted ||
                          *passed.cause == Cause::deadline_exceeded;
  return unanswered ? Kind::silent : Kind::failed;
}

std::string addresses(std::size_t count, Family family) {
  return count == 1 ? fmt::format("an {} address", title(family))
                    : fmt::format("each of {} {} addresses", count, title(family));
}

/// "waits 60 s for each of 2 IPv6 addresses, then ": of the AWS CLI, where silence costs that much.
std::string stalls(const ClientForecast& forecast, const Times& times) {
  std::string out;
  for (const Family family : both_families) {
    std::size_t count{};
    Duration longest{};
    for (const PassedOver& passed : forecast.passed_over)
      if (passed.address.family() == family && passed.waited > bearable) {
        ++count;
        longest = std::max(longest, passed.waited);
      }
    if (count == 0) continue;
    out += fmt::format("{}waits {} for {}", out.empty() ? "" : " and ", times.waits ? rounded(longest) : "",
                       addresses(count, family));
  }
  return out;
}

std::string part(Kind kind, bool own, Family family, std::size_t count) {
  const std::string whose = own          ? "another address"
                            : count == 1 ? fmt::format("an {} address", title(family))
                                         : fmt::format("{} {} addresses", count, title(family));
  const std::string_view ending = own || count == 1 ? "s" : "";
  if (kind == Kind::silent) return "no answer from " + whose;
  return kind == Kind::failed ? fmt::format("{} fail{}", whose, ending)
                              : fmt::format("{} take{} longer", whose, ending);
}

/// ": no answer from an IPv6 address"; empty when nothing stood in the way, or stalls() has told it.
std::string why(const ClientForecast& forecast) {
  std::vector<std::string> parts;
  for (const Family family : both_families)
    for (const Kind kind : {Kind::silent, Kind::failed, Kind::slower}) {
      const auto is_one = [&](const PassedOver& passed) {
        return passed.address.family() == family && kind_of(passed) == kind && passed.waited <= bearable;
      };
      const auto& all = forecast.passed_over;
      const auto count = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_one));
      if (count > 0) parts.push_back(part(kind, forecast.family() == family, family, count));
    }
  return parts.empty() ? "" : ": " + join(parts, ", ");
}

std::string connecting(const ClientForecast& forecast, const Times& times) {
  const std::string stall = stalls(forecast, times);
  const std::string over = fmt::format("connects over {}", forecast.family() ? title(*forecast.family()) : "none");
  if (!stall.empty()) return fmt::format("{}, then {}", stall, over);
  return fmt::format("{} after {}{}{}", over, forecast.connect_at_least ? "at least " : "", times.connect,
                     why(forecast));
}

std::string ending(const ClientForecast& forecast, const Times& times) {
  switch (forecast.outcome) {
    case ForecastOutcome::connects:
      return connecting(forecast, times);
    case ForecastOutcome::fails_after_connect:
      return fmt::format("{}, fails there ({}) and does not fall back{}", connecting(forecast, times),
                         forecast.cause ? to_string(*forecast.cause) : "",
                         forecast.reason.empty() ? "" : ": " + forecast.reason);
    case ForecastOutcome::no_connection:
      return fmt::format("fails after {}{}: no address connects", forecast.connect_at_least ? "at least " : "",
                         times.connect);
    case ForecastOutcome::no_address:
      return "fails: it gets no address for the name";
    case ForecastOutcome::not_known:
      return "not known: " + forecast.reason;
  }
  return {};
}

std::string built(const ClientForecast& forecast, const Times& times) {
  if (forecast.outcome == ForecastOutcome::not_known || !is_slow_lookup(forecast)) return ending(forecast, times);
  return fmt::format("waits {}{} for the name, then {}", forecast.lookup_at_least ? "at least " : "", times.lookup,
                     ending(forecast, times));
}

}  // namespace

std::string_view to_string(Client word) { return client_words[static_cast<std::size_t>(word)]; }
std::string_view title(Client client) { return client_titles[static_cast<std::size_t>(client)]; }

std::string sentence(const ClientForecast& forecast) { return sentence(forecast, forecast); }

std::string sentence(const ClientForecast& fastest, const ClientForecast& slowest) {
  return built(fastest, {range(fastest.lookup, slowest.lookup),
                         range(fastest.connect.value_or(Duration{}), slowest.connect.value_or(Duration{}))});
}

bool are_alike(const ClientForecast& left, const ClientForecast& right) {
  return left.client == right.client && built(left, {"", "", false}) == built(right, {"", "", false});
}

bool is_hampered(const ClientForecast& forecast) {
  if (forecast.outcome == ForecastOutcome::not_known) return false;
  return forecast.outcome != ForecastOutcome::connects || !forecast.passed_over.empty() || is_slow_lookup(forecast) ||
         forecast.connect.value_or(Duration{}) > bearable;
}

}  // namespace ecr6
