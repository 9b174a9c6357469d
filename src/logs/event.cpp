#include "ecr6/logs/event.hpp"

#include <string>
#include <unordered_map>

#include "ecr6/core/text.hpp"
#include "fields.hpp"
#include "find.hpp"

namespace ecr6::logs {

namespace {

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

/// Answers that are asked for again and again, in bounded memory.
template <class Value>
class Memo {
 public:
  template <class Compute>
  const Value& of(const std::string& key, Compute compute) {
    if (known_.size() > 1024) known_.clear();
    const auto [entry, is_new] = known_.try_emplace(key);
    if (is_new) entry->second = compute(key);
    return entry->second;
  }

 private:
  std::unordered_map<std::string, Value> known_;
};

}  // namespace

struct EventReader::Working {
  FieldParser outer, inner;
  Memo<std::string> clients;
  Memo<HostKind> host_kinds;

  void fill_source(Event& event, const Fields& fields) {
    const SourceFacts facts = source_of(fields.at(Field::source_ip));
    event.source = facts.source;
    event.address = facts.address;
    event.source_text = clipped(fields.at(Field::source_ip));
    event.vpc_endpoint = clipped(fields.at(Field::vpc_endpoint));
    event.host = host_of(fields.at(Field::host));
    event.host_kind = host_kinds.of(event.host, host_kind_of);
    event.way = way_of(event.source, event.host_kind);
  }

  /// Empty when the fields are not those of a call of ECR.
  std::optional<Event> event_of(const Fields& fields) {
    const std::string_view service = service_of(fields.at(Field::event_source));
    if (service.empty()) return std::nullopt;
    Event event;
    event.service = service;
    event.action = clipped(fields.at(Field::event_name));
    event.region = clipped(fields.at(Field::region));
    event.principal = principal_of(fields);
    event.user_agent = clipped(fields.at(Field::user_agent));
    event.client = clients.of(event.user_agent, client_of);
    event.at = moment_of(fields.at(Field::event_time));
    event.denied = is_denial(fields.at(Field::error_code));
    fill_source(event, fields);
    return event;
  }

  Reading read(std::string_view text) {
    if (auto fault = outer.parse(text); !fault.empty()) return {std::nullopt, "it is not JSON: " + fault};
    if (auto event = event_of(outer.fields())) return {std::move(event), {}};
    const std::string& wrapped = outer.fields().at(Field::inner_event);
    if (wrapped.empty()) return {};
    if (auto fault = inner.parse(wrapped); !fault.empty())
      return {std::nullopt, "its CloudTrailEvent is not JSON: " + fault};
    return {event_of(inner.fields()), {}};
  }
};

EventReader::EventReader() : working_{std::make_unique<Working>()} {}
EventReader::~EventReader() = default;

Reading EventReader::read(const Record& record) {
  return may_be_about_ecr(record) ? working_->read(record.text) : Reading{};
}

bool looks_like_event(const Record& record) {
  return record.text.find("\"eventSource\"") != record.text.npos ||
         record.text.find("\"CloudTrailEvent\"") != record.text.npos ||
         (record.has_backslash && holds(record.text, "\\u00"));
}

}  // namespace ecr6::logs
