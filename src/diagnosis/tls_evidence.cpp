#include "tls_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "certificates.hpp"
#include "clocks.hpp"
#include "evidence.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

void add_once(std::vector<std::string>& evidence, std::string line) {
  if (!line.empty() && std::find(evidence.begin(), evidence.end(), line) == evidence.end())
    evidence.push_back(std::move(line));
}

bool shows_certificate(const Attempt& attempt) { return attempt.tls && !attempt.tls->issuer.empty(); }

/// What else is wrong with it: OpenSSL's verdict names the first fault alone.
void add_further_faults(const Scene& scene, const Attempt& attempt, std::vector<std::string>& evidence) {
  const TlsFacts& tls = *attempt.tls;
  const Moment here = moment_of(scene.run, attempt);
  const bool by_date = attempt.cause == Cause::certificate_expired || attempt.cause == Cause::certificate_not_yet_valid;
  const bool is_valid_now = here >= tls.not_before && here <= tls.not_after;
  if (!covers(tls, scene.seen.endpoint.name))
    add_once(evidence, fmt::format("none of its names is {}", scene.seen.endpoint.name));
  if (is_self_signed(tls)) add_once(evidence, "it is self-signed: no authority stands behind it");
  if (const std::string weakness = weakness_of(tls); !weakness.empty())
    add_once(evidence, weakness + ": many clients refuse that");
  if (by_date && is_valid_now)
    add_once(evidence, "the server's own certificate is inside its dates: another one of its chain is not");
  if (!by_date && !is_valid_now)
    add_once(evidence,
             fmt::format("by this host's clock it is also {}", here > tls.not_after ? "expired" : "not valid yet"));
}

void add_certificates(const Scene& scene, const std::vector<const Attempt*>& failed, Finding& finding) {
  for (const Attempt* attempt : failed) {
    if (!shows_certificate(*attempt)) continue;
    // Addresses of one endpoint serve the same certificate: once is enough.
    add_once(finding.evidence, "certificate: " + line_of(*attempt->tls));
    if (attempt->reached == Reached::tls) add_further_faults(scene, *attempt, finding.evidence);
  }
}

std::string_view reading_of(std::string_view bytes) {
  struct Opening {
    std::string_view bytes, words;
  };
  constexpr std::array openings{
      Opening{"HTTP/", "they are plain HTTP: a captive portal, a proxy, or a web server without TLS answers"},
      Opening{"<", "they are HTML or XML: a captive portal or a web server without TLS answers"},
      Opening{"SSH-", "they are an SSH server's"}, Opening{"220", "they are a mail or FTP server's"},
      Opening{"\x05", "they look like a SOCKS proxy's"}};
  for (const Opening& opening : openings)
    if (bytes.starts_with(opening.bytes)) return opening.words;
  return {};
}

void add_first_bytes(const std::vector<const Attempt*>& failed, Finding& finding) {
  for (const Attempt* attempt : failed) {
    if (attempt->first_bytes.empty()) continue;
    finding.evidence.push_back(fmt::format("first bytes from {}: {}", where(attempt->address, attempt->port, 443),
                                           quoted_bytes(attempt->first_bytes)));
  }
  for (const Attempt* attempt : failed)
    if (attempt->reached == Reached::tls) add_once(finding.evidence, std::string{reading_of(attempt->first_bytes)});
}

void add_clocks(const Scene& scene, const Attempt& attempt, Finding& finding) {
  if (attempt.cause != Cause::certificate_expired && attempt.cause != Cause::certificate_not_yet_valid) return;
  finding.evidence.push_back("this host's clock: " + to_rfc3339(moment_of(scene.run, attempt)));
  constexpr std::size_t most = 4;
  auto readings = deciding_clocks(scene.run);
  if (readings.size() > most) readings.erase(readings.begin() + most, readings.end());
  for (const ClockReading& reading : readings) add_once(finding.evidence, line_of(reading));
  if (readings.empty()) finding.evidence.push_back("no answer of this run has a Date header to compare it with");
}

void add_other_family_in_tls(const Scene& scene, const Attempt& attempt, Finding& finding) {
  add_once(finding.evidence, compared_certificates(scene.seen, attempt));
  const auto others = attempts_of(scene.seen, other(attempt.family));
  const CauseCard* const card = card_in(scene.run, attempt);
  const auto fails_alike = [&](const Attempt* each) { return card_in(scene.run, *each) == card; };
  const auto fails = [](const Attempt* each) { return !each->went_through() && is_conclusive(*each); };
  if (others.empty() || !std::all_of(others.begin(), others.end(), fails)) return;
  const std::string name = fmt::format("{} to the same name fails", title(other(attempt.family)));
  if (std::all_of(others.begin(), others.end(), fails_alike))
    finding.evidence.push_back(name + " the same way: the address family is not to blame");
  else
    finding.evidence.push_back(fmt::format("{} too: {}", name, line_of(*others.front())));
}

bool passed_tls(const Attempt& attempt) { return attempt.reached == Reached::http || attempt.went_through(); }

/// Is it this name, or every name over this family?
void add_other_names(const Scene& scene, const Attempt& attempt, Finding& finding) {
  const CauseCard* const card = card_in(scene.run, attempt);
  std::size_t alike = 0;
  std::string works;
  for (const EndpointObservation& seen : scene.run.endpoints) {
    if (&seen == &scene.seen) continue;
    const auto attempts = attempts_of(seen, attempt.family);
    const auto fails_alike = [&](const Attempt* each) { return card_in(scene.run, *each) == card; };
    if (std::any_of(attempts.begin(), attempts.end(), [](const Attempt* each) { return passed_tls(*each); }))
      works = seen.endpoint.name;
    else if (!attempts.empty() && std::all_of(attempts.begin(), attempts.end(), fails_alike))
      ++alike;
  }
  const auto family = title(attempt.family);
  if (!works.empty()) finding.evidence.push_back(fmt::format("TLS to {} over {} gets through", works, family));
  if (alike > 0)
    finding.evidence.push_back(fmt::format("{} other {} of this run {} the same over {}", alike,
                                           alike == 1 ? "name" : "names", alike == 1 ? "fails" : "fail", family));
}

}  // namespace

std::string quoted_bytes(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f)
      text += c;
    else
      text += fmt::format("\\x{:02x}", byte);
  }
  return text;
}

std::string compared_certificates(const EndpointObservation& seen, const Attempt& attempt) {
  if (!shows_certificate(attempt)) return {};
  const Attempt* another = nullptr;
  for (const Attempt* each : attempts_of(seen, other(attempt.family))) {
    if (!shows_certificate(*each)) continue;
    if (each->tls->fingerprint == attempt.tls->fingerprint && !each->tls->fingerprint.empty())
      return fmt::format("{} shows the same certificate", title(each->family));
    if (another == nullptr) another = each;
  }
  if (another == nullptr || another->tls->fingerprint.empty() || attempt.tls->fingerprint.empty()) return {};
  return fmt::format("{} shows another certificate: {}", title(another->family), line_of(*another->tls));
}

void add_tls_evidence(const Scene& scene, const std::vector<const Attempt*>& failed, Finding& finding) {
  if (failed.empty() || failed.front()->reached == Reached::connect) return;
  add_certificates(scene, failed, finding);
  add_first_bytes(failed, finding);
  add_clocks(scene, *failed.front(), finding);
  add_other_family_in_tls(scene, *failed.front(), finding);
  add_other_names(scene, *failed.front(), finding);
}

}  // namespace ecr6
