#include "descriptors.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

namespace ecr6::cli {

namespace {

/// Standard streams, the event loop, the lab's listeners, and room for the output file.
constexpr std::size_t reserved = 32;
/// Measured: with fewer not even the event loop, its signals and the lab start.
constexpr std::size_t least = 18;
/// A place of --concurrency is one socket; each endpoint's race may hold a few more beside it.
constexpr std::size_t race_sockets = 4;
/// Of the searches for the last hop that answers, in all.
constexpr std::size_t hop_sockets = 128;

std::size_t raise_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur < wanted) {
    rlimit raised = limit;
    raised.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted);
    if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return limit.rlim_cur;
}

}  // namespace

std::optional<std::string> too_few_descriptors() {
  const std::size_t allowed = raise_limit(reserved);
  if (allowed >= least) return std::nullopt;
  return fmt::format("this process may open {} files, too few for a run; raise the limit to {} or more (ulimit -n)",
                     allowed, reserved);
}

std::optional<std::string> fit_descriptors(Observation& plan) {
  const std::size_t races = plan.endpoints.size() * race_sockets;
  const std::size_t wanted = reserved + races + hop_sockets + plan.settings.concurrency;
  const std::size_t allowed = raise_limit(wanted);
  if (allowed >= wanted) return std::nullopt;
  const std::size_t spare = allowed > reserved ? allowed - reserved : 0;
  // Races are short; what they do not need is better spent on attempts.
  const std::size_t fitting = std::max<std::size_t>(1, spare / 2);
  if (fitting >= plan.settings.concurrency) return std::nullopt;
  plan.settings.concurrency = fitting;
  return fmt::format("this process may open {} files: concurrency lowered to {} (ulimit -n raises the limit)", allowed,
                     fitting);
}

}  // namespace ecr6::cli
