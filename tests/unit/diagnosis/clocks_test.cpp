#include "diagnosis/clocks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "certificate_builders.hpp"
#include "diagnosis/http_date.hpp"

namespace ecr6 {

using build::accepted;
using build::amazon;
using build::amazon_root;
using build::api_with;
using build::findings;
using build::now;
using build::raises;
using build::rejected;
using build::run_at_now;
using build::shown;
using build::verified;
using std::chrono::days;
using std::chrono::seconds;

namespace {

std::string http_date(Moment moment) {
  const auto day = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<seconds>(moment - day)};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("Thu, {:02} {} {:04} {:02}:{:02}:{:02} GMT", static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

Attempt dated(Attempt attempt, Moment moment) {
  attempt.http->headers.emplace_back("Date", http_date(moment));
  return attempt;
}

/// Out of date by this host's clock, as OpenSSL finds it: valid from `first` to `last`, in days from now.
Attempt out_of_date(int first, int last, Cause cause) {
  TlsFacts tls = shown(amazon);
  tls.not_before = now + days{first};
  tls.not_after = now + days{last};
  tls.root = amazon_root;
  return rejected("2600::1", cause, tls);
}

Attempt expired() { return out_of_date(-400, -10, Cause::certificate_expired); }
Attempt early() { return out_of_date(10, 400, Cause::certificate_not_yet_valid); }

/// What the same peer says of the time when it is asked all the same.
EndpointObservation with_clock(Attempt attempt, Moment moment, std::string_view purpose = purpose::peer_clock) {
  auto seen = api_with({attempt}, {});
  seen.confirmations.push_back({std::string{purpose}, dated(accepted("2600::1", *attempt.tls), moment)});
  return seen;
}

/// A verified answer over IPv4 with this Date.
EndpointObservation beside(Attempt ipv6, Moment moment) {
  return api_with({std::move(ipv6)}, {dated(accepted("192.0.2.1", verified(amazon, amazon_root)), moment)});
}

}  // namespace

TEST_CASE("the Date header is read in the one form that servers must send") {
  CHECK(from_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == from_rfc3339("1994-11-06T08:49:37Z"));
  for (const char* text :
       {"", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMTx"}) {
    CAPTURE(text);
    CHECK_FALSE(from_http_date(text));
  }
}

TEST_CASE("a certificate that only this host's clock finds out of date is the clock's fault") {
  const auto behind = run_at_now({with_clock(early(), now + days{30})});
  const auto finding = findings(behind, "tls.clock-skew").at(0);
  CHECK(finding.family == Family::ipv6);
  CHECK(finding.evidence.at(2) == "this host's clock: 2026-10-01T12:00:00.020Z");
  CHECK(finding.evidence.at(3).find("30 days ahead of this host's clock") != std::string::npos);
  CHECK_FALSE(raises(behind, "tls.certificate-not-yet-valid"));
  const auto ahead = run_at_now({with_clock(expired(), now - days{30})});
  CHECK(raises(ahead, "tls.clock-skew"));
  CHECK_FALSE(raises(ahead, "tls.certificate-expired"));
  CHECK(raises(run_at_now({beside(early(), now + days{30})}), "tls.clock-skew"));  // another peer's clock will do
}

TEST_CASE("tls.clock-skew is not said where the servers' clocks agree with this host's, or say nothing") {
  struct Row {
    std::string_view name;
    EndpointObservation seen;
  };
  auto cached = with_clock(early(), now + days{30});
  cached.confirmations[0].attempt.http->headers.emplace_back("Age", "60");
  auto disagreeing = beside(early(), now);  // the peer's own clock is wrong: a verified one beside it is right
  disagreeing.confirmations = with_clock(early(), now + days{30}).confirmations;
  auto of_two = with_clock(early(), now + days{30});
  of_two.confirmations.push_back(with_clock(early(), now + days{9}).confirmations[0]);
  of_two.confirmations[1].attempt.tls->not_before = now;
  const Row rows[] = {
      {"two servers that nobody vouches for, and that contradict each other", of_two},
      {"the same time", with_clock(early(), now)},
      {"off, but the certificate is not valid by that either", with_clock(early(), now + days{9})},
      {"off the other way", with_clock(early(), now - days{30})},
      {"after its end by that clock", with_clock(early(), now + days{401})},
      {"an answer from a cache", cached},
      {"a verified clock that agrees with this host's", disagreeing},
      {"no Date header", api_with({early()}, {})},
      {"another purpose", with_clock(early(), now + days{30}, purpose::same_again)},
      {"a verified server of the other family that agrees", beside(early(), now)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto run = run_at_now({row.seen});
    CHECK(raises(run, "tls.certificate-not-yet-valid"));
    CHECK_FALSE(raises(run, "tls.clock-skew"));
  }
  const auto elsewhere = out_of_date(-90, 90, Cause::certificate_expired);  // an intermediate has expired
  const auto run = run_at_now({with_clock(elsewhere, now + days{30})});
  const auto finding = findings(run, "tls.certificate-expired").at(0);
  CHECK(std::count(finding.evidence.begin(), finding.evidence.end(),
                   "the server's own certificate is inside its dates: another one of its chain is not") == 1);
}

TEST_CASE("a clock that is off by more than AWS's five minutes is found although the certificates are in order") {
  const auto off = [](seconds ahead, seconds other_ahead) {
    const auto tls = verified(amazon, amazon_root);
    return run_at_now({api_with({dated(accepted("2600::1", tls), now + ahead)},
                                {dated(accepted("192.0.2.1", tls), now + other_ahead)})});
  };
  CHECK(findings(off(seconds{302}, seconds{302}), "tls.clock-skew").at(0).severity == Severity::warning);
  CHECK(raises(off(seconds{-302}, seconds{-302}), "tls.clock-skew"));
  CHECK_FALSE(raises(off(seconds{300}, seconds{300}), "tls.clock-skew"));
  CHECK_FALSE(raises(off(seconds{3600}, seconds{0}), "tls.clock-skew"));  // that server's clock
  // its own certificate is not valid at the time that it gives: no clock to go by
  CHECK_FALSE(raises(off(-days{3650}, -days{3650}), "tls.clock-skew"));
}

}  // namespace ecr6
