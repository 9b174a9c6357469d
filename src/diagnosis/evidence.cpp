#include "evidence.hpp"

#include <fmt/format.h>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/text.hpp"
#include "icmp.hpp"
#include "verdict.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

std::optional<Duration> time_of(const Attempt& attempt, Reached stage) {
  if (stage == Reached::connect) return attempt.connect_time;
  return stage == Reached::tls ? attempt.tls_time : attempt.http_time;
}

bool decides(const Scene& scene, std::optional<Family> family) {
  const Require require = scene.run.settings.require;
  if (require == Require::ipv6) return family != Family::ipv4;
  return require == Require::dual || readiness_of(scene.run, scene.seen, scene.words) != Readiness::ready;
}

}  // namespace

std::string where(const Address& address, std::uint16_t port, std::uint16_t usual) {
  if (port == usual) return address.to_string();
  return fmt::format(fmt::runtime(address.is_v6() ? "[{}]:{}" : "{}:{}"), address.to_string(), port);
}

std::string line_of(const Attempt& attempt) {
  std::string line = where(attempt.address, attempt.port, 443) + ": ";
  line +=
      attempt.cause ? fmt::format("{} at {}", to_string(*attempt.cause), to_string(attempt.reached)) : "went through";
  if (const auto time = time_of(attempt, attempt.reached)) line += " after " + to_text(*time);
  if (attempt.synchronous) line += ", at once on this host";
  if (!attempt.detail.empty()) line += fmt::format(" ({})", attempt.detail);
  if (attempt.icmp) line += fmt::format("; {} from {}", words_of(*attempt.icmp), sender_of(attempt));
  if (attempt.neighbour)
    line += fmt::format("; next hop {} on {}: {}", attempt.neighbour->address.to_string(), attempt.neighbour->interface,
                        attempt.neighbour->state);
  return line;
}

bool is_silent(const Scene& scene, const ServerAnswer& answer) {
  return answer.nameserver < scene.silences.size() && scene.silences[answer.nameserver].complete();
}

std::string nameserver_text(const Observation& run, std::size_t index) {
  if (index >= run.nameservers.size()) return {};
  return where(run.nameservers[index].address, run.nameservers[index].port, 53);
}

std::string_view record_type(Family family) { return family == Family::ipv6 ? "AAAA" : "A"; }

std::string line_of(const Observation& run, const ServerAnswer& answer, Family family) {
  const std::string name = nameserver_text(run, answer.nameserver);
  std::string line = fmt::format("nameserver{}: {} for {}", name.empty() ? name : " " + name, to_string(answer.outcome),
                                 record_type(family));
  if (!answer.records.empty()) line += fmt::format(" ({})", addresses_of(answer.records));
  line += fmt::format(" after {}", to_text(answer.duration));
  if (answer.tries > 1) line += fmt::format(", asked {} times", answer.tries);
  return answer.detail.empty() ? line : fmt::format("{} ({})", line, answer.detail);
}

std::string addresses_of(const std::vector<AddressRecord>& records) {
  std::vector<std::string> texts;
  for (const AddressRecord& record : records) texts.push_back(record.address.to_string());
  constexpr std::size_t shown = 8;
  if (texts.size() <= shown) return join(texts, ", ");
  const std::size_t rest = texts.size() - shown;
  texts.resize(shown);
  return fmt::format("{} and {} more", join(texts, ", "), rest);
}

Finding finding_about(const Scene& scene, std::string_view id, std::optional<Family> family) {
  Finding finding;
  finding.id = id;
  finding.endpoint = scene.seen.endpoint.name;
  finding.family = family;
  return finding;
}

std::string share_of(const Scene& scene, Family family, std::size_t failed) {
  const auto tried = attempts_of(scene.seen, family).size();
  if (tried == 1) return "the only address";
  return failed == tried ? fmt::format("all {} addresses", tried) : fmt::format("{} of {} addresses", failed, tried);
}

void add_other_family(const Scene& scene, Family family, Finding& finding) {
  const Reachability word = scene.words.of(other(family));
  if (word == Reachability::reachable || word == Reachability::degraded)
    finding.evidence.push_back(fmt::format("{} to the same name is {}", title(other(family)), to_string(word)));
}

Severity severity_of_failure(const Scene& scene, std::optional<Family> family) {
  return scene.seen.required && decides(scene, family) ? Severity::error : Severity::warning;
}

const EndpointObservation* dual_stack_twin(const Scene& scene) {
  const Endpoint& own = scene.seen.endpoint;
  if (own.addressing != Addressing::ipv4_only) return nullptr;
  for (const EndpointObservation& seen : scene.run.endpoints) {
    const Endpoint& candidate = seen.endpoint;
    if (candidate.addressing == Addressing::dual_stack && candidate.role == own.role && !seen.right_name &&
        candidate.region == own.region && candidate.account == own.account && candidate.fips == own.fips)
      return &seen;
  }
  return nullptr;
}

std::string dual_stack_name(const Scene& scene) {
  if (const EndpointObservation* twin = dual_stack_twin(scene)) return twin->endpoint.name;
  if (scene.seen.endpoint.addressing != Addressing::ipv4_only) return {};
  const auto name = aws::recognise(scene.seen.endpoint.name);
  const auto twin = name ? aws::dual_stack_twin(*name) : std::nullopt;
  return twin ? twin->name : std::string{};
}

}  // namespace ecr6
