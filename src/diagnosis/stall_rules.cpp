#include <fmt/format.h>

#include <algorithm>

#include "cards.hpp"
#include "evidence.hpp"
#include "stalls.hpp"

namespace ecr6 {

namespace {

constexpr std::string_view hole_advice =
    "Routers must be able to say 'packet too big': allow ICMPv6 type 2 (IPv4: ICMP type 3 code 4) in both directions, "
    "in security groups, network ACLs and firewalls; or clamp the MSS on the tunnel or VPN router to its MTU less 60 "
    "(IPv4: 40). To get by on this host: 'ip -6 route change … advmss 1220' (IPv4: 'ip route change …').";
constexpr std::string_view not_cured_advice =
    "Smaller segments do not help, so the path MTU is not it. Three causes remain: a device that swallows the "
    "ClientHello or the request (a filter by server name), one that swallows the answer, or a server that accepts "
    "connections and hangs. Compare with the other family and another network, and have the name allowed.";
constexpr std::string_view comes_and_goes_advice =
    "It comes and goes: repeated, the same went through. Losses, or one overloaded server of several, do that.";
constexpr std::string_view cured_once_advice =
    "Over small segments it went through, but that was seen only once: most likely a smaller path MTU with ICMPv6 "
    "'packet too big' dropped; run it again.";

void add_repeats(const Failure& failure, std::vector<std::string>& evidence) {
  if (auto line = repeats_line(failure); !line.empty()) evidence.push_back(std::move(line));
}

/// The attempts come first, then what repeating them showed.
void add_failures(const std::vector<Failure>& failures, std::vector<std::string>& evidence) {
  for (const Failure& failure : failures) evidence.push_back(line_of(*failure.attempt));
  for (const Failure& failure : failures) add_repeats(failure, evidence);
}

void add_large_hello(const Failure& hello, std::vector<std::string>& evidence) {
  evidence.push_back(fmt::format("with a ClientHello of more than 1.5 kB: {}", line_of(*hello.attempt)));
  add_repeats(hello, evidence);
}

std::string_view words_of(const Directions& found) {
  if (found.to_endpoint && found.to_host) return "segments of full size get lost in both directions";
  if (found.to_endpoint)
    return "segments of full size get lost towards the endpoint: sent again, they are never acknowledged";
  if (found.to_host)
    return "segments of full size get lost towards this host: what came behind them arrived out of order";
  return "direction not known: the kernel's account of the connections shows no trace of it";
}

/// Takes out of `failures` those that small segments cured.
std::vector<Failure> take_cured(std::vector<Failure>& failures) {
  const auto rest = std::stable_partition(failures.begin(), failures.end(),
                                          [](const Failure& failure) { return failure.repeated != Repeated::cured; });
  std::vector<Failure> cured(rest, failures.end());
  failures.erase(rest, failures.end());
  return cured;
}

Severity severity_of_stalls(const Scene& scene, Family family) {
  return scene.words.of(family) == Reachability::degraded ? Severity::warning : severity_of_failure(scene, family);
}

struct Hole {
  std::vector<Failure> attempts;
  std::optional<Failure> large_hello;
};

Directions directions_of(const Hole& hole) {
  Directions all;
  for (const Failure& failure : hole.attempts) {
    const Directions found = directions_of(failure);
    all.to_endpoint |= found.to_endpoint;
    all.to_host |= found.to_host;
  }
  all.to_endpoint |= hole.large_hello.has_value();
  return all;
}

Finding hole_finding(const Scene& scene, Family family, const Hole& hole) {
  Finding finding = finding_about(scene, "tls.path-mtu-black-hole", family);
  finding.severity = hole.attempts.empty() ? severity_of_failure(scene, family) : severity_of_stalls(scene, family);
  const std::string who =
      hole.attempts.empty() ? "clients with a large ClientHello stall" : share_of(scene, family, hole.attempts.size());
  finding.summary =
      fmt::format("{}: packets of full size get lost on the way, and nobody says so ({})", title(family), who);
  add_failures(hole.attempts, finding.evidence);
  if (hole.large_hello) add_large_hello(*hole.large_hello, finding.evidence);
  const Directions directions = directions_of(hole);
  finding.evidence.emplace_back(words_of(directions));
  const Attempt* const hello = unacknowledged_large_hello(scene.seen, family);
  if (hello && !directions.to_endpoint)
    finding.evidence.push_back(
        fmt::format("a ClientHello of more than 1.5 kB to {} was never acknowledged: full-size segments get lost "
                    "towards the endpoint, too, or a device drops such hellos",
                    where(hello->address, hello->port, 443)));
  finding.advice = hole_advice;
  add_other_family(scene, family, finding);
  return finding;
}

/// What is left to think, by what repeating showed; the card's own words where it showed nothing.
std::string advice_for(const std::vector<Failure>& failures, const CauseCard& card) {
  const auto any = [&](Repeated wanted) {
    return std::any_of(failures.begin(), failures.end(),
                       [&](const Failure& failure) { return failure.repeated == wanted; });
  };
  std::vector<std::string> parts;
  if (any(Repeated::not_cured)) parts.emplace_back(not_cured_advice);
  if (any(Repeated::comes_and_goes)) parts.emplace_back(comes_and_goes_advice);
  if (any(Repeated::cured_once)) parts.emplace_back(cured_once_advice);
  if (any(Repeated::not_at_all)) parts.emplace_back(card.advice);
  return fmt::format("{}", fmt::join(parts, " "));
}

/// Whether the far end's kernel, or something in its place, took what was sent: it tells a swallowed hello from a
/// connection that nothing gets through.
void add_acknowledgements(const std::vector<Failure>& failures, std::vector<std::string>& evidence) {
  const auto count = [&](auto wanted) {
    return std::count_if(failures.begin(), failures.end(),
                         [&](const Failure& failure) { return failure.attempt->tcp && wanted(*failure.attempt->tcp); });
  };
  if (count([](const TcpFacts& tcp) { return tcp.unacked > 0 && tcp.total_retransmits > 0; }) > 0)
    evidence.emplace_back("what was sent over the connection was never acknowledged, though it was sent again");
  else if (count([](const TcpFacts& tcp) { return tcp.unacked == 0 && tcp.bytes_acked.value_or(0) > 1; }) > 0)
    evidence.emplace_back("what was sent was acknowledged, and nothing came back");
}

void add_stalls(const Scene& scene, Family family, const std::vector<Failure>& all, const CauseCard& card,
                Findings& findings) {
  std::vector<Failure> failures;
  for (const Failure& failure : all)
    if (card_of(*failure.attempt, scene.run.host) == &card) failures.push_back(failure);
  if (failures.empty()) return;
  Finding finding = finding_about(scene, card.id(family), family);
  finding.severity = severity_of_stalls(scene, family);
  finding.summary = fmt::format("{}: {} ({})", title(family), card.summary, share_of(scene, family, failures.size()));
  add_failures(failures, finding.evidence);
  add_acknowledgements(failures, finding.evidence);
  finding.advice = advice_for(failures, card);
  add_other_family(scene, family, finding);
  findings.push_back(std::move(finding));
}

Finding dropped_hello(const Scene& scene, Family family, const Failure& hello) {
  Finding finding = finding_about(scene, "tls.large-hello-dropped", family);
  // A path that only loses large packets never resets.
  const bool mtu_is_out = hello.repeated == Repeated::not_cured || !stalled(*hello.attempt);
  const bool proven = mtu_is_out && !hello.again.empty();
  finding.severity = proven ? severity_of_failure(scene, family) : Severity::warning;
  finding.summary = fmt::format("{}: a ClientHello of more than 1.5 kB fails where a small one passes", title(family));
  add_large_hello(hello, finding.evidence);
  finding.evidence.push_back(fmt::format("the small ClientHello passes at {}", hello.attempt->address.to_string()));
  finding.advice =
      "Docker, containerd and everything else that is built with Go 1.24 or newer, or with OpenSSL 3.5, sends such a "
      "hello (ML-KEM). Have the firewall that reads server names updated, or the names exempted. To get by: "
      "GODEBUG=tlsmlkem=0 in the daemon's environment.";
  if (!mtu_is_out)
    finding.advice +=
        " A smaller path MTU with ICMPv6 'packet too big' dropped would look the same: this run did not tell the two "
        "apart.";
  return finding;
}

}  // namespace

void attempts_stall(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    auto failures = stalls_of(scene.seen, family);
    Hole hole{take_cured(failures), failed_large_hello(scene.seen, family)};
    const auto large_hello = hole.large_hello;
    if (large_hello && !is_hole_towards_endpoint(*large_hello)) hole.large_hello.reset();
    if (!hole.attempts.empty() || hole.large_hello) findings.push_back(hole_finding(scene, family, hole));
    add_stalls(scene, family, failures, cards::tls_timeout, findings);
    add_stalls(scene, family, failures, cards::http_timeout, findings);
    if (large_hello && !hole.large_hello && large_hello->repeated != Repeated::comes_and_goes)
      findings.push_back(dropped_hello(scene, family, *large_hello));
  }
}

}  // namespace ecr6
