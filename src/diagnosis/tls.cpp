#include <fmt/format.h>

#include <algorithm>

#include "cards.hpp"
#include "certificates.hpp"
#include "clocks.hpp"
#include "evidence.hpp"
#include "strangers.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

std::string line_of_certificate(const Attempt& attempt) {
  return fmt::format("{} shows: {}", where(attempt.address, attempt.port, 443), line_of(*attempt.tls));
}

/// One line for each certificate, with the first address that shows it.
void add_certificates(const std::vector<const Attempt*>& attempts, std::vector<std::string>& evidence) {
  std::vector<std::string> known;
  for (const Attempt* attempt : attempts) {
    const std::string line = line_of(*attempt->tls);
    if (std::find(known.begin(), known.end(), line) != known.end()) continue;
    known.push_back(line);
    evidence.push_back(line_of_certificate(*attempt));
  }
}

std::optional<Family> only_family(const std::vector<const Attempt*>& attempts) {
  const Family first = attempts.front()->family;
  const bool same = std::all_of(attempts.begin(), attempts.end(), [&](auto each) { return each->family == first; });
  return same ? std::optional{first} : std::nullopt;
}

bool any_works(const std::vector<const Attempt*>& attempts) {
  return std::any_of(attempts.begin(), attempts.end(), [](auto each) { return each->tls->verified; });
}

std::string summary_of(const Strangers& strangers, std::optional<Family> family) {
  const std::string over = family ? fmt::format("{}: ", title(*family)) : std::string{};
  if (strangers.undecided)
    return "the certificates come from authorities that have nothing to do with each other: one of them is not the "
           "endpoint's own, a device inspects TLS or another server answers";
  return fmt::format(
      "{}the certificate is made for the endpoint's name, but not by {}: a device on the way inspects "
      "TLS, or another server answers in its place",
      over, strangers.aws_name ? "AWS's authorities" : "the authority that signs for the other addresses");
}

std::string advice_of(bool trusted) {
  return fmt::format(
      "The issuer names the device. Have ECR's names exempted from inspection, for both families. {}Docker and "
      "containerd "
      "go by this machine's store, the AWS CLI and the SDKs by their own (AWS_CA_BUNDLE).",
      trusted ? "Where inspection is meant to be, every client needs its root: "
              : "If inspection is meant to be, its root has to be where every client looks: ");
}

bool has_reading_off(const std::vector<ClockReading>& readings) {
  return !readings.empty() && std::all_of(readings.begin(), readings.end(), [](const ClockReading& reading) {
    return std::chrono::abs(reading.ahead) > clock_tolerance;
  });
}

/// attempts_fail() says it already.
bool is_said(const Observation& run) {
  for (const EndpointObservation& seen : run.endpoints)
    for (const Attempt& attempt : seen.attempts)
      if (card_in(run, attempt) == &cards::clock_skew) return true;
  return false;
}

}  // namespace

void certificate_is_a_strangers(const Scene& scene, Findings& findings) {
  const Strangers strangers = strangers_of(scene.run, scene.seen);
  if (strangers.attempts.empty()) return;
  const auto family = strangers.undecided ? std::nullopt : only_family(strangers.attempts);
  const bool trusted = any_works(strangers.attempts);
  Finding finding = finding_about(scene, "tls.intercepted", family);
  finding.severity = trusted ? Severity::warning : severity_of_failure(scene, family);
  finding.summary = summary_of(strangers, family);
  add_certificates(strangers.attempts, finding.evidence);
  if (strangers.genuine != nullptr) finding.evidence.push_back(line_of_certificate(*strangers.genuine));
  if (!family && !strangers.undecided)
    finding.evidence.push_back("both families show it: the address family is not to blame");
  if (trusted && strangers.aws_name && !strangers.undecided)
    finding.evidence.push_back("the roots that this run trusts include its root");
  finding.advice = advice_of(trusted);
  findings.push_back(std::move(finding));
}

void certificate_is_weak(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    Finding finding = finding_about(scene, "tls.certificate-weak", family);
    for (const Attempt* attempt : attempts_of(scene.seen, family))
      if (attempt->tls && attempt->tls->verified && !weakness_of(*attempt->tls).empty())
        finding.evidence.push_back(fmt::format("{} ({})", line_of_certificate(*attempt), weakness_of(*attempt->tls)));
    if (finding.evidence.empty()) continue;
    finding.severity = Severity::warning;
    finding.summary =
        fmt::format("{}: the certificate is in order, but weaker than many clients accept", title(family));
    finding.advice =
        "AWS's certificates are stronger: a device or server in ECR's place has made this one. Debian's and Red Hat's "
        "OpenSSL refuse it, and so does Go where it is signed over SHA-1.";
    findings.push_back(std::move(finding));
  }
}

void clock_is_off(const RunScene& scene, Findings& findings) {
  auto readings = clock_readings(scene.run);
  std::erase_if(readings, [](const ClockReading& reading) { return !reading.verified; });
  if (!has_reading_off(readings) || is_said(scene.run)) return;
  Finding finding;
  finding.id = cards::clock_skew.ipv6_id;
  finding.severity = Severity::warning;
  finding.summary = fmt::format("this host's clock and that of every server that says its time are {} apart",
                                span_of(readings.front().ahead));
  finding.evidence.push_back("this host's clock: " + to_rfc3339(moment_of(scene.run, *readings.front().attempt)));
  constexpr std::size_t most = 4;
  for (std::size_t i = 0; i < readings.size() && i < most; ++i) finding.evidence.push_back(line_of(readings[i]));
  finding.advice = cards::clock_skew.advice;
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
