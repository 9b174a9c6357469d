#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/policy/report.hpp"
#include "ecr6/policy/scope.hpp"

namespace ecr6::policy {

namespace {

namespace json = boost::json;

json::value or_null(const std::optional<std::size_t>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::value or_null(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }

json::array texts(const auto& list) {
  json::array out;
  for (const auto& text : list) out.emplace_back(std::string{text});
  return out;
}

void put_place(json::object& object, const Place& place) {
  object["line"] = place.line;
  object["column"] = place.column;
  object["inner_line"] = or_null(place.inner_line);
  object["inner_column"] = or_null(place.inner_column);
}

json::object statement_json(const Document& document, const Statement& statement) {
  json::object out{{"index", statement.index}, {"sid", or_null(statement.sid)}};
  put_place(out, document.text->place(statement.span.begin));
  out["effect"] = to_string(statement.effect);
  out["reach"] = texts(reach(statement, document.type));
  out["filters_source"] = filters_address(statement, Path::internet) || filters_address(statement, Path::vpc_endpoint);
  out["readable"] = !statement.damaged;
  return out;
}

json::object document_json(const Document& document) {
  json::object out{{"file", document.file}};
  put_place(out, document.text->place(document.span.begin));
  out["type"] = to_string(document.type);
  out["type_given"] = document.type_given;
  out["type_reason"] = document.type_given ? json::value(nullptr) : json::value(document.type_reason);
  json::array statements;
  for (const Statement& statement : document.statements) statements.push_back(statement_json(document, statement));
  out["statements"] = std::move(statements);
  return out;
}

json::object finding_json(const Finding& finding, const std::string& file, const Document* document) {
  json::object out{{"id", finding.id}, {"severity", to_string(finding.severity)}};
  out["class"] = finding.change ? json::value(to_string(*finding.change)) : json::value(nullptr);
  out["file"] = file;
  put_place(out, finding.place);
  out["statement"] = finding.statement + 1;
  if (document != nullptr) {
    const Statement& statement = document->statements[finding.statement];
    out["sid"] = or_null(statement.sid);
    out["effect"] = to_string(statement.effect);
  }
  out["about_ecr"] = finding.about_ecr;
  out["undocumented"] = finding.undocumented;
  out["summary"] = finding.summary;
  out["evidence"] = texts(finding.evidence);
  out["advice"] = finding.advice;
  return out;
}

json::value decider_json(const Report& report, const std::optional<StatementRef>& where) {
  if (!where) return nullptr;
  const Document& document = report.documents[where->document];
  const Statement& statement = document.statements[where->statement];
  json::object out{{"file", document.file}};
  put_place(out, document.text->place(statement.span.begin));
  out["statement"] = statement.index;
  out["sid"] = or_null(statement.sid);
  out["effect"] = to_string(statement.effect);
  out["type"] = to_string(document.type);
  return out;
}

json::object caller_json(const Report& report, const CallerReport& caller) {
  json::object out;
  out["source"] = caller.caller.address ? json::value(caller.caller.address->to_string()) : json::value(nullptr);
  out["family"] =
      caller.caller.address ? json::value(to_string(caller.caller.address->family())) : json::value(nullptr);
  out["path"] = caller.caller.path == Path::internet ? "internet" : "vpc_endpoint";
  json::array decisions;
  for (const Decision& decision : caller.decisions)
    decisions.push_back(json::object{{"action", decision.action},
                                     {"group", decision.group},
                                     {"outcome", to_string(decision.outcome)},
                                     {"explicit", decision.explicit_deny},
                                     {"decided_by", decider_json(report, decision.decided_by)},
                                     {"reasons", texts(decision.reasons)}});
  out["decisions"] = std::move(decisions);
  out["caveats"] = texts(caller.caveats);
  return out;
}

json::object suggestion_json(const SuggestedFile& suggested) {
  json::object out{{"file", suggested.file}, {"diff", suggested.diff}, {"text", suggested.text}};
  json::array insertions;
  for (const auto& [place, text] : suggested.insertions)
    insertions.push_back(json::object{{"line", place.line}, {"column", place.column}, {"insert", text}});
  out["insertions"] = std::move(insertions);
  json::array remaining;
  for (const Finding& finding : suggested.remaining)
    remaining.push_back(finding_json(finding, suggested.file, nullptr));
  out["remaining"] = std::move(remaining);
  return out;
}

json::object error_json(const std::string& file, const std::optional<Place>& place, const std::string& message) {
  json::object out{{"file", file}};
  if (place) put_place(out, *place);
  out["message"] = message;
  return out;
}

json::array errors_json(const Report& report) {
  json::array out;
  for (const FileProblem& problem : report.problems)
    out.push_back(error_json(problem.file, problem.place, problem.message));
  for (const Document& document : report.documents)
    for (const Problem& problem : document.problems)
      out.push_back(error_json(document.file, problem.place, problem.message));
  return out;
}

json::array findings_json(const Report& report) {
  json::array out;
  for (std::size_t i = 0; i < report.documents.size(); ++i)
    for (const Finding& finding : report.findings[i])
      out.push_back(finding_json(finding, report.documents[i].file, &report.documents[i]));
  return out;
}

}  // namespace

std::string render_json(const Report& report) {
  json::object out{{"schema", "ecr6.policy/1"}, {"tool", {{"name", "ecr6"}, {"version", ECR6_VERSION}}}};
  json::array documents;
  for (const Document& document : report.documents) documents.push_back(document_json(document));
  out["documents"] = std::move(documents);
  out["findings"] = findings_json(report);
  out["counts"] = {{"error", report.counts[2]}, {"warning", report.counts[1]}, {"info", report.counts[0]}};
  json::array callers;
  for (const CallerReport& caller : report.callers) callers.push_back(caller_json(report, caller));
  out["callers"] = std::move(callers);
  json::array suggestions;
  for (const SuggestedFile& suggested : report.suggestions) suggestions.push_back(suggestion_json(suggested));
  out["suggestions"] = report.suggesting ? json::value(std::move(suggestions)) : json::value(nullptr);
  out["errors"] = errors_json(report);
  out["files"] = {
      {"read", report.files_read}, {"skipped", report.files_skipped}, {"without_policy", report.files_without}};
  out["exit_code"] = exit_code(report);
  return ecr6::to_text(out) + "\n";
}

}  // namespace ecr6::policy
