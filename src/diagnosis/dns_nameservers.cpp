#include <fmt/format.h>

#include <algorithm>

#include "answers.hpp"
#include "evidence.hpp"
#include "words.hpp"

/// Nameservers that answer, but not as they should.
namespace ecr6 {

namespace {

/// From here on every name costs a client more than a whole connection does: RFC 8305 §3 waits 50 ms for the second
/// answer, and a nameserver that has to ask others itself is usually done within 300 ms.
constexpr Duration slow_from{500'000};
constexpr std::size_t shown = 8;

/// One nameserver's answers of one type over the run.
struct Latencies {
  std::vector<Duration> times;
  std::vector<std::string> lines;

  [[nodiscard]] Duration median() const {
    auto sorted = times;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
  }
  [[nodiscard]] bool slow() const { return !times.empty() && median() >= slow_from; }
};

Latencies latencies_of(const Observation& run, std::size_t nameserver, Family family) {
  Latencies found;
  for (const EndpointObservation& seen : run.endpoints) {
    if (!seen.lookup(family)) continue;
    for (const ServerAnswer& answer : seen.lookup(family)->by_nameserver) {
      if (answer.nameserver != nameserver || !answer.latency) continue;
      found.times.push_back(*answer.latency);
      if (*answer.latency >= slow_from && found.lines.size() < shown)
        found.lines.push_back(fmt::format("{} of {}: answered {} after the question", record_type(family),
                                          seen.endpoint.name, to_text(*answer.latency)));
    }
  }
  return found;
}

Finding about_nameserver(const Observation& run, std::size_t nameserver, std::string_view id) {
  Finding finding;
  finding.id = id;
  finding.family = run.nameservers[nameserver].address.family();
  finding.severity = Severity::warning;
  return finding;
}

/// "for AAAA alone" tells a device that holds up one type of question from a nameserver that is slow for all.
std::string types_of(const Latencies& ipv6, const Latencies& ipv4) {
  if (ipv6.slow() && !ipv4.slow() && !ipv4.times.empty()) return " when asked for AAAA; A comes at once";
  if (ipv4.slow() && !ipv6.slow() && !ipv6.times.empty()) return " when asked for A; AAAA comes at once";
  return "";
}

std::string tcp_line(const EndpointObservation& seen, Family family, const ServerAnswer& answer) {
  std::string line = fmt::format("{} of {}: truncated over UDP; over TCP {} after {}", record_type(family),
                                 seen.endpoint.name, to_string(answer.outcome), to_text(answer.duration));
  if (answer.tcp_connected) line += *answer.tcp_connected ? ", the connection stood" : ", no connection came to stand";
  return answer.detail.empty() ? line : fmt::format("{} ({})", line, answer.detail);
}

/// One question whose answer got lost over TCP.
struct Loss {
  const EndpointObservation* seen;
  Family family;
  const ServerAnswer* answer;
};

std::vector<Loss> losses_of(const Observation& run, std::size_t nameserver) {
  std::vector<Loss> losses;
  for (const EndpointObservation& seen : run.endpoints)
    for (const Family family : both_families) {
      if (!seen.lookup(family)) continue;
      for (const ServerAnswer& answer : seen.lookup(family)->by_nameserver)
        if (answer.nameserver == nameserver && is_lost_over_tcp(answer) &&
            !was_cut_off(run, answer.outcome, answer.duration))
          losses.push_back({&seen, family, &answer});
    }
  return losses;
}

Severity severity_of(const RunScene& scene, const Loss& loss) {
  if (is_usable(loss.seen->lookup(loss.family)->outcome)) return Severity::warning;  // another nameserver covers it
  const EndpointVerdict words = words_of(scene.run, *loss.seen);
  return severity_of_failure({scene.run, scene.silences, *loss.seen, words}, loss.family);
}

Finding tcp_broken(const RunScene& scene, std::size_t nameserver) {
  Finding finding = about_nameserver(scene.run, nameserver, "dns.tcp-fallback-broken");
  bool connected = false;
  for (const Loss& loss : losses_of(scene.run, nameserver)) {
    connected = connected || loss.answer->tcp_connected.value_or(false);
    finding.severity = std::max(finding.severity, severity_of(scene, loss));
    if (finding.evidence.size() < shown) finding.evidence.push_back(tcp_line(*loss.seen, loss.family, *loss.answer));
  }
  finding.summary =
      fmt::format("the nameserver {} truncates answers over UDP and does not give them over TCP{}",
                  nameserver_text(scene.run, nameserver), connected ? ", though it accepts the connection" : "");
  return finding;
}

}  // namespace

void nameserver_is_slow(const RunScene& scene, Findings& findings) {
  for (std::size_t i = 0; i < scene.run.nameservers.size(); ++i) {
    const Latencies ipv6 = latencies_of(scene.run, i, Family::ipv6), ipv4 = latencies_of(scene.run, i, Family::ipv4);
    if (!ipv6.slow() && !ipv4.slow()) continue;
    Finding finding = about_nameserver(scene.run, i, "dns.resolver-slow");
    for (const Latencies* each : {&ipv6, &ipv4})
      finding.evidence.insert(finding.evidence.end(), each->lines.begin(), each->lines.end());
    finding.summary =
        fmt::format("the nameserver {} answers, but slowly{}", nameserver_text(scene.run, i), types_of(ipv6, ipv4));
    finding.advice =
        "Every new name costs clients this time before they connect. Run the command again: when it is fast then, the "
        "nameserver only had to ask others. Otherwise look at its load, at the nameservers that it forwards to, and at "
        "devices that look into DNS; or use a nearer one.";
    findings.push_back(std::move(finding));
  }
}

void tcp_fallback_is_broken(const RunScene& scene, Findings& findings) {
  for (std::size_t i = 0; i < scene.run.nameservers.size(); ++i) {
    Finding finding = tcp_broken(scene, i);
    if (finding.evidence.empty()) continue;
    finding.advice =
        "Open TCP port 53 to the nameserver as well as UDP (RFC 7766): what does not fit into a datagram comes over "
        "TCP alone. getaddrinfo may hang for minutes on a connection that stands and stays silent. A larger EDNS "
        "buffer on the nameserver (1232 bytes) makes truncation rarer.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
