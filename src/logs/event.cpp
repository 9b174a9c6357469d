#include "ecr6/logs/event.hpp"

#include <boost/json.hpp>
#include <string>

#include "ecr6/core/text.hpp"
#include "fields.hpp"
#include "find.hpp"

namespace ecr6::logs {

namespace {

namespace json = boost::json;

constexpr std::size_t memory_size = 256 * 1024;

/// ECR's service names in `eventSource`, also where an encoder wrote letters as `\u0065`.
bool may_be_about_ecr(const Record& record) {
  if (holds(record.text, "\"ecr")) return true;
  return record.has_backslash && (holds(record.text, "u006") || holds(record.text, "u007"));
}

/// "ecr" of `ecr.amazonaws.com` or `ecr.amazonaws.com.cn`; empty for other services.
std::string_view service_of(std::string_view event_source) {
  const std::string_view label = event_source.substr(0, event_source.find('.'));
  return label == "ecr" || label == "ecr-public" ? label : std::string_view{};
}

/// CloudTrail's form, or that of its Lake: `2026-08-22 15:17:05.000`.
std::optional<Moment> moment_of(std::string_view text) {
  std::string rfc3339{text.substr(0, 64)};
  if (rfc3339.size() > 10 && rfc3339[10] == ' ') rfc3339[10] = 'T';
  if (!rfc3339.ends_with('Z')) rfc3339 += 'Z';
  return from_rfc3339(rfc3339);
}

/// A Host header's name: without its port and final dot, lower case.
std::string host_of(std::string_view header) {
  std::string host = to_lower(trimmed(header));
  const auto colon = host.find(':');
  if (colon != host.npos && colon == host.rfind(':')) host.resize(colon);
  if (host.ends_with('.')) host.pop_back();
  return clipped(host);
}

bool is_denial(std::string_view error_code) {
  return error_code.starts_with("AccessDenied") || error_code.ends_with("UnauthorizedOperation");
}

Way way_of(Source source, HostKind kind) {
  if (source == Source::aws) return Way::aws;
  if (kind == HostKind::ipv4_only) return Way::ipv4_only_name;
  if (source == Source::ipv6) return Way::ipv6;
  if (source == Source::unknown) return Way::unknown;
  return kind == HostKind::dual_stack ? Way::dual_stack_name_over_ipv4 : Way::other_name_over_ipv4;
}

void fill_source(Event& event, const json::object& record) {
  const std::string_view text = text_at(record, "sourceIPAddress");
  const SourceFacts facts = source_of(text);
  event.source = facts.source;
  event.address = facts.address;
  event.source_text = clipped(text);
  event.vpc_endpoint = clipped(text_at(record, "vpcEndpointId"));
  if (const auto* const tls = object_at(record, "tlsDetails"))
    event.host = host_of(text_at(*tls, "clientProvidedHostHeader"));
  event.host_kind = host_kind_of(event.host);
  event.way = way_of(event.source, event.host_kind);
}

Event event_of(std::string_view service, const json::object& record) {
  Event event;
  event.service = service;
  event.action = clipped(text_at(record, "eventName"));
  event.region = clipped(text_at(record, "awsRegion"));
  if (const auto* const identity = object_at(record, "userIdentity")) event.principal = principal_of(*identity);
  event.user_agent = clipped(text_at(record, "userAgent"));
  event.client = client_of(event.user_agent);
  event.at = moment_of(text_at(record, "eventTime"));
  event.denied = is_denial(text_at(record, "errorCode"));
  fill_source(event, record);
  return event;
}

json::value parse(std::string_view text, json::error_code& error, json::storage_ptr memory) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // repaired where it is shown
  options.max_depth = 256;
  return json::parse(text, error, std::move(memory), options);
}

std::optional<Event> from_object(const json::object& record, const json::storage_ptr& memory, std::string& fault) {
  if (const auto service = service_of(text_at(record, "eventSource")); !service.empty())
    return event_of(service, record);
  if (const auto* const detail = object_at(record, "detail"))
    if (const auto service = service_of(text_at(*detail, "eventSource")); !service.empty())
      return event_of(service, *detail);
  const std::string_view inner = text_at(record, "CloudTrailEvent");
  if (inner.empty()) return std::nullopt;
  json::error_code error;
  const json::value parsed = parse(inner, error, memory);
  if (error) fault = "its CloudTrailEvent is not JSON: " + error.message();
  const auto* const object = error ? nullptr : parsed.if_object();
  const auto service = object == nullptr ? std::string_view{} : service_of(text_at(*object, "eventSource"));
  return service.empty() ? std::nullopt : std::optional{event_of(service, *object)};
}

}  // namespace

EventReader::EventReader() : memory_{std::make_unique<unsigned char[]>(memory_size)} {}
EventReader::~EventReader() = default;

Reading EventReader::read(const Record& record) {
  if (!may_be_about_ecr(record)) return {};
  json::monotonic_resource memory{memory_.get(), memory_size};
  json::error_code error;
  const json::value parsed = parse(record.text, error, &memory);
  if (error) return {std::nullopt, "it is not JSON: " + error.message()};
  Reading reading;
  reading.event = from_object(parsed.as_object(), &memory, reading.fault);
  return reading;
}

bool looks_like_event(const Record& record) {
  return record.text.find("\"eventSource\"") != record.text.npos ||
         record.text.find("\"CloudTrailEvent\"") != record.text.npos ||
         (record.has_backslash && holds(record.text, "\\u00"));
}

}  // namespace ecr6::logs
