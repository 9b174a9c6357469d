#include "progress_line.hpp"

#include <fmt/format.h>

namespace ecr6::cli {

namespace {

constexpr std::chrono::milliseconds first_after{200};
constexpr std::chrono::milliseconds interval{100};

}  // namespace

ProgressLine::ProgressLine(const Console& console)
    : console_{console}, next_{std::chrono::steady_clock::now() + first_after} {}

std::function<void(const probe::Progress&)> ProgressLine::listener() {
  if (!console_.err_is_terminal()) return {};
  return [this](const probe::Progress& progress) { show(progress); };
}

void ProgressLine::show(const probe::Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + interval;
  shown_ = true;
  console_.note(fmt::format("\r\x1b[Klookups {}/{}, addresses {}/{}", progress.lookups_done, progress.lookups,
                            progress.attempts_done, progress.attempts));
}

void ProgressLine::clear() {
  if (shown_) console_.note("\r\x1b[K");
}

}  // namespace ecr6::cli
