#include "address_order.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace ecr6 {

namespace {

struct Row {
  std::string_view prefix;
  int precedence, label;
};

// RFC 6724 §2.1.
constexpr std::array rfc_6724_rows{
    Row{"::1/128", 50, 0},   Row{"::/0", 40, 1},      Row{"::ffff:0:0/96", 35, 4},
    Row{"2002::/16", 30, 2}, Row{"2001::/32", 5, 5},  Row{"fc00::/7", 3, 13},
    Row{"::/96", 1, 3},      Row{"fec0::/10", 1, 11}, Row{"3ffe::/16", 1, 12},
};
// glibc 2.36, gai.conf(5); it has no precedence of its own for the last three.
constexpr std::array glibc_rows{
    Row{"::1/128", 50, 0},       Row{"::/0", 40, 1},      Row{"2002::/16", 30, 2}, Row{"::/96", 20, 3},
    Row{"::ffff:0:0/96", 10, 4}, Row{"fec0::/10", 40, 5}, Row{"fc00::/7", 40, 6},  Row{"2001::/32", 40, 7},
};

std::span<const Row> rows_of(PolicyTable table) {
  if (table == PolicyTable::glibc) return glibc_rows;
  return rfc_6724_rows;
}

/// IPv4 addresses are looked up as ::ffff:0:0/96.
Address mapped(const Address& address) {
  if (address.is_v6()) return address;
  std::array<std::uint8_t, 16> bytes{};
  bytes[10] = bytes[11] = 0xff;
  std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin() + 12);
  return Address::from_bytes(std::span<const std::uint8_t, 16>{bytes});
}

Row row_of(const Address& address, PolicyTable table) {
  Row best{"", 0, -1};
  int longest = -1;
  for (const Row& row : rows_of(table)) {
    const auto prefix = Prefix::parse(row.prefix);
    if (!prefix || !prefix->contains(mapped(address)) || prefix->length <= longest) continue;
    longest = prefix->length;
    best = row;
  }
  return best;
}

/// One precedence line in gai.conf replaces all of glibc's own; what no line covers has 40 (seen with glibc 2.36).
int precedence_of(const Address& address, PolicyTable table, const HostFacts& host) {
  if (table != PolicyTable::glibc || host.gai_precedences.empty()) return row_of(address, table).precedence;
  int longest = -1, precedence = 40;
  for (const PrecedenceRule& rule : host.gai_precedences) {
    const auto prefix = Prefix::parse(rule.prefix);
    if (!prefix || !prefix->contains(mapped(address)) || prefix->length <= longest) continue;
    longest = prefix->length;
    precedence = rule.precedence;
  }
  return precedence;
}

/// Empty for a connection that --connect-to sent elsewhere: its source and its failure say nothing of this address.
std::optional<Address> source_of(const Attempt& attempt) {
  if (!attempt.diverted_to.empty()) return std::nullopt;
  if (attempt.source_address) return attempt.source_address;
  return attempt.route ? attempt.route->source : std::nullopt;
}

bool is_unusable(const Attempt& attempt) {
  return attempt.synchronous && attempt.diverted_to.empty() && attempt.reached == Reached::connect && attempt.cause &&
         !source_of(attempt);
}

/// Greater goes first.
using Rank = std::tuple<bool, bool, bool, int>;

Rank rank_of(const Candidate& candidate, PolicyTable table, const HostFacts& host) {
  // What was not tried keeps the place that its family usually has.
  if (!candidate.address) return {true, true, true, candidate.family == Family::ipv6 ? 40 : 10};
  const int precedence = precedence_of(*candidate.address, table, host);
  if (!candidate.attempt) return {true, true, true, precedence};
  const auto source = source_of(*candidate.attempt);
  if (!source) return {!is_unusable(*candidate.attempt), true, true, precedence};
  const bool same_scope = source->is_link_local() == candidate.address->is_link_local();
  const bool same_label = row_of(*source, table).label == row_of(*candidate.address, table).label;
  return {true, same_scope, same_label, precedence};
}

}  // namespace

Candidates in_order(Candidates list, PolicyTable table, const HostFacts& host) {
  std::vector<std::pair<Rank, Candidate>> ranked;
  for (Candidate& candidate : list) {
    const Rank rank = rank_of(candidate, table, host);
    ranked.emplace_back(rank, std::move(candidate));
  }
  const auto first = [](const auto& left, const auto& right) { return left.first > right.first; };
  std::stable_sort(ranked.begin(), ranked.end(), first);
  std::transform(ranked.begin(), ranked.end(), list.begin(), [](auto& entry) { return std::move(entry.second); });
  return list;
}

}  // namespace ecr6
