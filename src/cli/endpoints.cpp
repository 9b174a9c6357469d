#include <boost/json.hpp>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "endpoints_table.hpp"
#include "targets.hpp"

namespace ecr6::cli {

namespace {

namespace json = boost::json;

template <class T>
json::value or_null(const std::optional<T>& value) {
  if (!value) return nullptr;
  if constexpr (std::is_enum_v<T>)
    return json::value(to_string(*value));
  else
    return json::value(*value);
}

json::object to_json(const Endpoint& endpoint) {
  return {{"name", repaired_utf8(endpoint.name)},     {"port", endpoint.port},
          {"role", to_string(endpoint.role)},         {"addressing", or_null(endpoint.addressing)},
          {"partition", or_null(endpoint.partition)}, {"region", or_null(endpoint.region)},
          {"account", or_null(endpoint.account)},     {"fips", endpoint.fips},
          {"confirmed", endpoint.confirmed}};
}

json::object to_json(const aws::Plan& plan) {
  json::array endpoints;
  for (const aws::PlannedEndpoint& planned : plan.endpoints) endpoints.push_back(to_json(planned.endpoint));
  json::array notes;
  for (const std::string& note : aws::all_notes(plan)) notes.emplace_back(repaired_utf8(note));
  return {{"schema", "ecr6.endpoints/1"}, {"endpoints", std::move(endpoints)}, {"notes", std::move(notes)}};
}

}  // namespace

int run_endpoints(const Arguments& arguments, Console& console) {
  const auto parser = make_parser(
      "endpoints", "The names of ECR's endpoints, today's beside the dual-stack ones. Offline: nothing is looked up.");
  TargetOptions options;
  bool as_json = false;
  add_target_options(*parser, options);
  parser->add_flag("--json", as_json, "print JSON (docs/schema/ecr6.endpoints-1.json)");
  if (const auto status = parse(*parser, arguments, console)) return *status;
  const auto plan = plan_targets(options, {});
  if (!plan) return fail(console, plan.error().sentence, as_json);
  console.print(as_json ? to_text(to_json(*plan)) + "\n" : render_endpoints(*plan));
  return exit_ok;
}

}  // namespace ecr6::cli
