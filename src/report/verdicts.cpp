#include <fmt/format.h>

#include <array>

#include "blocks.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

// In the order of Readiness.
constexpr std::array<std::string_view, 4> ipv6_sentences{
    "An ECR client on this host works over IPv6 alone.",
    "An ECR client on this host works over IPv6 alone, but not well: see the findings.",
    "An ECR client on this host would fail over IPv6 alone.",
    "Whether an ECR client works here over IPv6 alone could not be tested.",
};
constexpr std::array<std::string_view, 4> migrate_sentences{
    "You can switch to the dual-stack names now; IPv4 may stay as it is.",
    "You can switch to the dual-stack names, but some clients will be slow or retry: see the findings.",
    "Do not switch to the dual-stack names yet: some clients would stall or fail.",
    "Whether switching to the dual-stack names is safe could not be tested.",
};

constexpr std::size_t sentence_column = 29;

std::string one_verdict(std::string_view label, Readiness word, std::string_view sentence, const Style& style) {
  const std::string margin =
      fmt::format("  {:<15} ", label) + paint(padded(phrase(word), sentence_column - 18), tone_of(word), style.colour);
  std::string out;
  for (const std::string& line : wrap(sentence, sentence_column, static_cast<std::size_t>(style.width)))
    out += (out.empty() ? margin + line.substr(sentence_column) : line) + "\n";
  return out;
}

}  // namespace

std::string verdicts_block(const Diagnosis& diagnosis, const Style& style) {
  const Verdict& verdict = diagnosis.verdict;
  std::string out = paint("Verdicts", Tone::strong, style.colour) + "\n";
  out += one_verdict("IPv6 alone", verdict.ipv6, ipv6_sentences[static_cast<std::size_t>(verdict.ipv6)], style);
  out +=
      one_verdict("switch names", verdict.migrate, migrate_sentences[static_cast<std::size_t>(verdict.migrate)], style);
  out += fmt::format("  {:<15} {:<10} decided by --require {} ({})\n", "exit code", verdict.exit_code,
                     to_string(verdict.require), phrase(verdict.decided));
  return out;
}

}  // namespace ecr6::report
