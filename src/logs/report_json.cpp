#include <boost/json.hpp>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/json.hpp"
#include "ecr6/logs/report.hpp"

namespace ecr6::logs {

namespace {

namespace json = boost::json;

constexpr std::size_t timeline_rows = 400;

json::value text_or_null(std::string_view text) { return text.empty() ? json::value{} : json::value(text); }

json::value moment_or_null(const std::optional<Moment>& moment) {
  return moment ? json::value(to_rfc3339(*moment)) : json::value{};
}

/// The counts of a tally, into `object`: events, each way and source, denials, the first and last time.
void put_tally(json::object& object, const Tally& tally) {
  object["events"] = tally.events();
  json::object ways, sources;
  for (const Way way : all_ways) ways[to_string(way)] = tally.of(way);
  for (const Source source : all_sources) sources[to_string(source)] = tally.of(source);
  object["ways"] = std::move(ways);
  object["sources"] = std::move(sources);
  object["denied"] = tally.denied;
  object["denied_over_ipv6"] = tally.denied_over_ipv6;
  object["first_at"] = moment_or_null(tally.first);
  object["last_at"] = moment_or_null(tally.last);
}

json::object tally_object(const Tally& tally) {
  json::object object;
  put_tally(object, tally);
  return object;
}

using PutKey = void (*)(json::object&, const Table::Entry&);

/// {rows, others, lower_bounds}: `others` has the events that are in no row.
json::object table(const Table& table, PutKey put_key) {
  json::array rows;
  for (const Table::Entry* const entry : table.busiest()) {
    json::object row;
    put_key(row, *entry);
    put_tally(row, entry->second.tally);
    rows.emplace_back(std::move(row));
  }
  return {{"rows", std::move(rows)}, {"others", tally_object(table.others())}, {"lower_bounds", table.pruned()}};
}

void put_caller(json::object& row, const Table::Entry& entry) {
  const Caller caller = caller_of(entry.first);
  row["way"] = to_string(caller.way);
  row["principal"] = text_or_null(caller.principal);
  row["client"] = text_or_null(caller.client);
  row["host"] = text_or_null(caller.host);
  row["vpc_endpoint"] = text_or_null(caller.vpc_endpoint);
  row["example_source"] = text_or_null(entry.second.example);
}

void put_prefix(json::object& row, const Table::Entry& entry) {
  const SourcePrefix source = source_prefix_of(entry.first);
  row["prefix"] = source.prefix;
  row["condition_key"] = source.condition_key;
}

void put_client(json::object& row, const Table::Entry& entry) {
  row["client"] = text_or_null(entry.first);
  row["example"] = text_or_null(entry.second.example);
}

void put_host(json::object& row, const Table::Entry& entry) {
  row["host"] = text_or_null(entry.first);
  row["kind"] = to_string(host_kind_of(entry.first));
  const auto name = aws::recognise(entry.first);
  const auto twin = name ? aws::dual_stack_twin(*name) : std::nullopt;
  row["dual_stack_name"] = twin ? json::value(twin->name) : json::value{};
  row["confirmed"] = twin ? json::value(twin->confirmed) : json::value{};
}

template <const char* const& Key>
void put_name(json::object& row, const Table::Entry& entry) {
  row[Key] = text_or_null(entry.first);
}

constexpr const char* service_key = "service";
constexpr const char* action_key = "action";
constexpr const char* region_key = "region";
constexpr const char* principal_key = "principal";
constexpr const char* source_key = "source";
constexpr const char* vpc_endpoint_key = "vpc_endpoint";

json::object timeline(const Timeline& times) {
  const auto view = times.view(timeline_rows);
  json::array slots;
  for (const auto& [start, tally] : view.slots) {
    json::object slot{{"start", to_rfc3339(start)}};
    put_tally(slot, tally);
    slots.emplace_back(std::move(slot));
  }
  return {{"unit", to_string(view.unit)}, {"slots", std::move(slots)}, {"untimed", times.untimed()}};
}

json::object input_object(const Input& input) {
  json::array problems;
  for (const Problem& problem : input.problems)
    problems.push_back({{"file", problem.file},
                        {"line", problem.line == 0 ? json::value{} : json::value(problem.line)},
                        {"message", problem.message}});
  return {{"files", input.files},
          {"broken_files", input.broken_files},
          {"foreign_files", input.foreign_files},
          {"skipped_files", input.skipped_files},
          {"bytes", input.bytes},
          {"records", input.records},
          {"oversized", input.oversized},
          {"unreadable", input.unreadable},
          {"problem_count", input.problem_count},
          {"problems", std::move(problems)}};
}

}  // namespace

std::string render_json(const Input& input, const Summary& summary, int exit_code) {
  json::object report{{"schema", "ecr6.logs/1"},
                      {"tool", {{"name", "ecr6"}, {"version", ECR6_VERSION}}},
                      {"input", input_object(input)},
                      {"total", tally_object(summary.all)}};
  report["callers"] = table(summary.callers, put_caller);
  report["endpoints"] = table(summary.hosts, put_host);
  report["principals"] = table(summary.principals, put_name<principal_key>);
  report["user_agents"] = table(summary.clients, put_client);
  report["source_prefixes"] = table(summary.prefixes, put_prefix);
  report["vpc_endpoints"] = table(summary.vpc_endpoints, put_name<vpc_endpoint_key>);
  report["aws_sources"] = table(summary.aws_sources, put_name<source_key>);
  report["services"] = table(summary.services, put_name<service_key>);
  report["actions"] = table(summary.actions, put_name<action_key>);
  report["regions"] = table(summary.regions, put_name<region_key>);
  report["timeline"] = timeline(summary.timeline);
  report["exit_code"] = exit_code;
  return to_text(report) + "\n";
}

}  // namespace ecr6::logs
