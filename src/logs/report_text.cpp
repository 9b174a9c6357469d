#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/logs/report.hpp"

namespace ecr6::logs {

namespace {

constexpr std::size_t timeline_rows = 31;

std::string_view title(Way way) {
  switch (way) {
    case Way::ipv4_only_name:
      return "an IPv4-only name";
    case Way::dual_stack_name_over_ipv4:
      return "a dual-stack name over IPv4";
    case Way::other_name_over_ipv4:
      return "another name or none recorded, over IPv4";
    case Way::ipv6:
      return "IPv6";
    case Way::aws:
      return "AWS itself";
    case Way::unknown:
      return "an unknown source";
  }
  return {};
}

std::string_view heading(Way way) {
  switch (way) {
    case Way::ipv4_only_name:
      return "Who calls an IPv4-only name: change the endpoint";
    case Way::dual_stack_name_over_ipv4:
      return "Who calls a dual-stack name over IPv4: look at the network, run 'ecr6 check' there";
    case Way::other_name_over_ipv4:
      return "Who comes over IPv4 by another name, or by one that is not recorded";
    case Way::ipv6:
      return "Who comes over IPv6: done";
    case Way::aws:
      return "AWS itself: 'AWS Internal' and services, with no address of the caller";
    case Way::unknown:
      return "Whose source is not recorded";
  }
  return {};
}

std::string shown(std::string_view text) { return text.empty() ? "(not recorded)" : printable(text); }

std::string date(const std::optional<Moment>& moment) { return moment ? to_rfc3339(*moment).substr(0, 10) : "-"; }

std::string share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// What the rows that are not shown add up to.
std::string rest(std::size_t hidden, std::uint64_t events) {
  if (events == 0) return {};
  const std::string rows = hidden == 0 ? "others" : fmt::format("{} more", hidden);
  return fmt::format("  {:>10}  ({}; --top 0 or --json shows what was kept)\n", events, rows);
}

struct Column {
  std::string_view title;
  std::string (*cell)(const Table::Entry&);
};

/// A table's busiest rows: events first, then the columns, padded.
std::string table(std::string_view heading_text, const std::vector<const Table::Entry*>& rows, std::uint64_t others,
                  const std::vector<Column>& columns, std::size_t limit) {
  const std::size_t count = limit == 0 ? rows.size() : std::min(limit, rows.size());
  if (rows.empty() && others == 0) return {};
  std::vector<std::vector<std::string>> lines(count + 1);
  std::vector<std::size_t> widths(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    lines[0].emplace_back(columns[c].title);
    for (std::size_t r = 0; r < count; ++r) lines[r + 1].push_back(columns[c].cell(*rows[r]));
    for (const auto& line : lines) widths[c] = std::max(widths[c], line[c].size());
  }
  std::string out = fmt::format("\n{}\n", heading_text);
  for (std::size_t r = 0; r <= count; ++r) {
    std::string line =
        r == 0 ? fmt::format("  {:>10}", "events") : fmt::format("  {:>10}", rows[r - 1]->second.tally.events());
    for (std::size_t c = 0; c < columns.size(); ++c) line += fmt::format("  {:<{}}", lines[r][c], widths[c]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  for (std::size_t r = count; r < rows.size(); ++r) others += rows[r]->second.tally.events();
  return out + rest(rows.size() - count, others);
}

std::string last_cell(const Table::Entry& row) { return date(row.second.tally.last); }
std::string denied_cell(const Table::Entry& row) { return std::to_string(row.second.tally.denied); }
std::string key_cell(const Table::Entry& row) { return shown(row.first); }
std::string ipv4_only_cell(const Table::Entry& row) { return std::to_string(row.second.tally.of(Way::ipv4_only_name)); }
std::string ipv4_cell(const Table::Entry& row) { return std::to_string(row.second.tally.of(Source::ipv4)); }
std::string ipv6_cell(const Table::Entry& row) { return std::to_string(row.second.tally.of(Source::ipv6)); }

std::string twin_cell(const Table::Entry& row) {
  const auto name = aws::recognise(row.first);
  if (!name) return "-";
  if (name->spelling == aws::Spelling::vpc_endpoint) return "a VPC endpoint's own name";
  if (const auto twin = aws::dual_stack_twin(*name)) return twin->name + (twin->confirmed ? "" : " (unconfirmed)");
  return name->endpoint.addressing == Addressing::dual_stack ? "is dual-stack" : "-";
}

std::string way_lines(const Summary& summary) {
  const Tally& all = summary.all;
  std::string out = "\nHow the calls came\n";
  for (const Way way : all_ways)
    out += fmt::format("  {:>10}  {:>7}  {}\n", all.of(way), share(all.of(way), all.events()), title(way));
  out += fmt::format("  by address: {} IPv6, {} IPv4, {} AWS itself, {} unknown; {} denied\n", all.of(Source::ipv6),
                     all.of(Source::ipv4), all.of(Source::aws), all.of(Source::unknown), all.denied);
  if (all.denied_over_ipv6 > 0)
    out += fmt::format("  {} denied over IPv6: 'ecr6 policy' finds statements that only list IPv4 sources\n",
                       all.denied_over_ipv6);
  return out;
}

std::string caller_tables(const Summary& summary, std::size_t limit) {
  const std::vector<Column> columns{
      {"principal", [](const Table::Entry& row) { return shown(caller_of(row.first).principal); }},
      {"user agent", [](const Table::Entry& row) { return shown(caller_of(row.first).client); }},
      {"endpoint", [](const Table::Entry& row) { return shown(caller_of(row.first).host); }},
      {"denied", denied_cell},
      {"last", last_cell}};
  const auto callers = summary.callers.busiest();
  const Tally others = summary.callers.others();
  std::string out;
  for (const Way way : all_ways) {
    std::vector<const Table::Entry*> rows;
    for (const Table::Entry* const row : callers)
      if (caller_of(row->first).way == way) rows.push_back(row);
    out += table(heading(way), rows, others.of(way), columns, limit);
  }
  return out;
}

std::string split_tables(const Summary& summary, std::size_t limit) {
  const Column ipv4_only{"IPv4-only name", ipv4_only_cell}, ipv4{"IPv4", ipv4_cell}, ipv6{"IPv6", ipv6_cell};
  const auto one = [&](std::string_view heading_text, const Table& from, std::vector<Column> columns) {
    return table(heading_text, from.busiest(), from.others().events(), columns, limit);
  };
  std::string out =
      one("Endpoints", summary.hosts, {{"IPv4", ipv4_cell}, ipv6, {"name", key_cell}, {"dual-stack name", twin_cell}});
  out += one("Principals", summary.principals, {ipv4_only, ipv4, ipv6, {"principal", key_cell}});
  out += one("User agents", summary.clients, {ipv4_only, ipv4, ipv6, {"user agent", key_cell}});
  out += one("Names in place of addresses", summary.aws_sources, {{"source", key_cell}});
  out += one("VPC endpoints (policies: aws:SourceVpce)", summary.vpc_endpoints, {ipv4, ipv6, {"endpoint", key_cell}});
  return out;
}

std::string prefix_table(const Summary& summary, std::size_t limit) {
  const std::vector<Column> columns{
      {"prefix", [](const Table::Entry& row) { return source_prefix_of(row.first).prefix; }},
      {"condition key", [](const Table::Entry& row) { return source_prefix_of(row.first).condition_key; }},
      {"denied", denied_cell},
      {"last", last_cell}};
  std::string out;
  for (const Family family : both_families) {
    std::vector<const Table::Entry*> rows;
    for (const Table::Entry* const row : summary.prefixes.busiest())
      if ((row->first.find(':') < row->first.find('/')) == (family == Family::ipv6)) rows.push_back(row);
    const std::uint64_t others = summary.prefixes.others().of(family == Family::ipv6 ? Source::ipv6 : Source::ipv4);
    const auto heading_text = fmt::format("{} source prefixes for policies", ecr6::title(family));
    out += table(heading_text, rows, others, columns, limit);
  }
  return out;
}

std::string timeline_lines(const Timeline& times) {
  const auto view = times.view(timeline_rows);
  if (view.slots.empty()) return {};
  std::string out = fmt::format("\nOver time, by {} (UTC)\n  {:>16}  {:>14}  {:>10}  {:>10}  {:>10}\n",
                                to_string(view.unit), "", "IPv4-only name", "IPv4", "IPv6", "AWS itself");
  const std::size_t length = view.unit == Timeline::Unit::hour ? 16 : view.unit == Timeline::Unit::day ? 10 : 7;
  // Many years of months: the newest are shown.
  const std::size_t hidden = view.slots.size() - std::min(view.slots.size(), 2 * timeline_rows);
  for (auto slot = std::next(view.slots.begin(), static_cast<std::ptrdiff_t>(hidden)); slot != view.slots.end(); ++slot)
    out += fmt::format("  {:<16}  {:>14}  {:>10}  {:>10}  {:>10}\n", to_rfc3339(slot->first).substr(0, length),
                       slot->second.of(Way::ipv4_only_name), slot->second.of(Source::ipv4),
                       slot->second.of(Source::ipv6), slot->second.of(Source::aws));
  if (hidden > 0) out += fmt::format("  {} earlier ones are in --json\n", hidden);
  if (times.untimed() > 0) out += fmt::format("  {} without a time\n", times.untimed());
  return out;
}

std::string not_counted(const Input& input) {
  if (input.problem_count == 0 && input.oversized == 0) return {};
  std::string out =
      fmt::format("\nNot counted: {} broken file{}\n", input.broken_files, input.broken_files == 1 ? "" : "s");
  for (const Problem& problem : input.problems) {
    const std::string place = problem.line == 0 ? "" : fmt::format(":{}", problem.line);
    out += fmt::format("  {}{}: {}\n", printable(problem.file), place, printable(problem.message));
  }
  if (input.problem_count > input.problems.size())
    out += fmt::format("  and {} more places\n", input.problem_count - input.problems.size());
  return out;
}

std::string head(const Input& input, const Summary& summary) {
  std::string out = fmt::format("{} file{}, {} records, {} of ECR", input.files, input.files == 1 ? "" : "s",
                                input.records, summary.all.events());
  if (summary.all.first)
    out += fmt::format(", {} to {}", to_rfc3339(*summary.all.first), to_rfc3339(*summary.all.last));
  out += "\n";
  if (input.skipped_files > 0)
    out += fmt::format("{} files skipped: not named like CloudTrail's\n", input.skipped_files);
  if (input.foreign_files > 0) out += fmt::format("{} files have no CloudTrail records\n", input.foreign_files);
  return out;
}

}  // namespace

std::string render_text(const Input& input, const Summary& summary, TextOptions options) {
  std::string out = head(input, summary);
  if (summary.all.events() > 0) {
    out += way_lines(summary) + caller_tables(summary, options.rows) + split_tables(summary, options.rows);
    out += prefix_table(summary, options.rows) + timeline_lines(summary.timeline);
    if (summary.callers.pruned() || summary.principals.pruned() || summary.clients.pruned() ||
        summary.prefixes.pruned() || summary.hosts.pruned())
      out += fmt::format(
          "\nMore than {} different callers, prefixes or names came: rare ones were given up and are in the "
          "rest of each table; counts of rows are lower bounds, totals are exact.\n",
          Table::default_keep);
  }
  return out + not_counted(input);
}

}  // namespace ecr6::logs
