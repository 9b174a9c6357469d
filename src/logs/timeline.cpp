#include "ecr6/logs/timeline.hpp"

namespace ecr6::logs {

namespace {

Moment start_of(Moment at, Timeline::Unit unit) {
  if (unit == Timeline::Unit::hour) return std::chrono::floor<std::chrono::hours>(at);
  const auto day = std::chrono::floor<std::chrono::days>(at);
  if (unit == Timeline::Unit::day) return day;
  const std::chrono::year_month_day date{day};
  return std::chrono::sys_days{date.year() / date.month() / 1};
}

Timeline::View coarser(const Timeline::View& view) {
  Timeline::View coarse;
  coarse.unit = view.unit == Timeline::Unit::hour ? Timeline::Unit::day : Timeline::Unit::month;
  for (const auto& [start, tally] : view.slots) coarse.slots[start_of(start, coarse.unit)].add(tally);
  return coarse;
}

}  // namespace

void Timeline::add(const Event& event) {
  if (!event.at) {
    ++untimed_;
    return;
  }
  stored_.slots[start_of(*event.at, stored_.unit)].add(event);
  // Years have four digits, so that months are at most 120 000 and need no bound of their own.
  while (stored_.slots.size() > limit_ && stored_.unit != Unit::month) stored_ = coarser(stored_);
}

Timeline::View Timeline::view(std::size_t rows) const {
  View view = stored_;
  while (view.slots.size() > rows && view.unit != Unit::month) view = coarser(view);
  return view;
}

std::string_view to_string(Timeline::Unit unit) {
  switch (unit) {
    case Timeline::Unit::hour:
      return "hour";
    case Timeline::Unit::day:
      return "day";
    case Timeline::Unit::month:
      return "month";
  }
  return {};
}

}  // namespace ecr6::logs
