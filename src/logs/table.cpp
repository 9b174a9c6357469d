#include "ecr6/logs/table.hpp"

#include <algorithm>
#include <numeric>

namespace ecr6::logs {

std::uint64_t Tally::events() const { return std::accumulate(by_way.begin(), by_way.end(), std::uint64_t{0}); }

void Tally::add(const Event& event) {
  ++by_way[static_cast<std::size_t>(event.way)];
  ++by_source[static_cast<std::size_t>(event.source)];
  if (event.denied) ++denied;
  if (event.denied && event.source == Source::ipv6) ++denied_over_ipv6;
  if (!event.at) return;
  if (!first || *event.at < *first) first = event.at;
  if (!last || *event.at > *last) last = event.at;
}

void Tally::add(const Tally& other) {
  const auto plus = std::plus<std::uint64_t>{};
  std::transform(by_way.begin(), by_way.end(), other.by_way.begin(), by_way.begin(), plus);
  std::transform(by_source.begin(), by_source.end(), other.by_source.begin(), by_source.begin(), plus);
  denied += other.denied;
  denied_over_ipv6 += other.denied_over_ipv6;
  if (other.first && (!first || *other.first < *first)) first = other.first;
  if (other.last && (!last || *other.last > *last)) last = other.last;
}

void Table::add(std::string_view key, const Event& event, std::string_view example) {
  auto row = rows_.find(key);
  if (row == rows_.end()) {
    if (rows_.size() >= 2 * keep_) prune();
    row = rows_.emplace(std::string{key}, Row{{}, std::string{example}}).first;
  }
  row->second.tally.add(event);
}

void Table::prune() {
  const auto rows = sorted();
  for (std::size_t i = keep_; i < rows.size(); ++i) given_up_.add(rows[i]->second.tally);
  for (std::size_t i = keep_; i < rows.size(); ++i) {
    const auto row = rows_.find(rows[i]->first);
    rows_.erase(row);
  }
  pruned_ = true;
}

std::vector<const Table::Entry*> Table::sorted() const {
  std::vector<std::pair<std::uint64_t, const Entry*>> counted;
  counted.reserve(rows_.size());
  for (const Entry& row : rows_) counted.emplace_back(row.second.tally.events(), &row);
  std::sort(counted.begin(), counted.end(), [](const auto& left, const auto& right) {
    return left.first != right.first ? left.first > right.first : left.second->first < right.second->first;
  });
  std::vector<const Entry*> rows;
  rows.reserve(counted.size());
  for (const auto& [events, row] : counted) rows.push_back(row);
  return rows;
}

std::vector<const Table::Entry*> Table::busiest() const {
  auto rows = sorted();
  rows.resize(std::min(rows.size(), keep_));
  return rows;
}

Tally Table::others() const {
  Tally tally = given_up_;
  const auto rows = sorted();
  for (std::size_t i = keep_; i < rows.size(); ++i) tally.add(rows[i]->second.tally);
  return tally;
}

}  // namespace ecr6::logs
