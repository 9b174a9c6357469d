#include "log_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstring>

#include "child.hpp"
#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/logs/samples.hpp"

namespace ecr6::cli {

namespace {

namespace json = boost::json;
using logs::Fit;
using logs::LineFormat;
using logs::Sample;

constexpr std::size_t shown_error_bytes = 400;

std::vector<LineFormat> formats_of(const std::vector<std::string>& words) {
  std::vector<LineFormat> formats;
  for (const LineFormat format : logs::all_line_formats)
    if (words.empty() || std::find(words.begin(), words.end(), to_string(format)) != words.end())
      formats.push_back(format);
  return formats;
}

json::object sample_object(const Sample& sample) {
  return {{"format", to_string(sample.format)},
          {"spelling", sample.spelling},
          {"written", sample.written},
          {"address", sample.address.to_string()}};
}

/// One format's run of the user's parser.
struct Run {
  LineFormat format{};
  std::size_t lines{};
  ChildResult child;
  logs::Judgement judgement;
};

Run run(const Trial& trial, LineFormat format) {
  const auto given = logs::samples(format);
  std::string input;
  for (const Sample& sample : given) input += sample.line + "\n";
  ChildLimits limits;
  limits.time = trial.time_limit;
  Run done{format, given.size(), run_shell(trial.command, input, limits), {}};
  done.judgement = logs::judge(given, done.child.out);
  return done;
}

/// "exited", "signalled" …: the JSON words.
std::string_view word_of(ChildResult::End end) {
  switch (end) {
    case ChildResult::End::exited:
      return "exited";
    case ChildResult::End::signalled:
      return "signalled";
    case ChildResult::End::timed_out:
      return "timed_out";
    case ChildResult::End::not_started:
      return "not_started";
  }
  return {};
}

std::string end_text(const Run& run, const Trial& trial) {
  const ChildResult& child = run.child;
  switch (child.end) {
    case ChildResult::End::exited:
      return child.code == 0 ? "" : fmt::format("it ended with status {}", child.code);
    case ChildResult::End::signalled:
      return fmt::format("it died of signal {} ({})", child.code, strsignal(child.code));
    case ChildResult::End::timed_out:
      return fmt::format("it was killed after {} s", trial.time_limit.count());
    case ChildResult::End::not_started:
      return fmt::format("the shell could not be started: {}", strerror(child.code));
  }
  return {};
}

std::string headline(const Run& run) {
  const std::size_t missing = run.judgement.missing.size();
  switch (run.judgement.fit) {
    case Fit::complete:
      return fmt::format("all {} addresses came out", run.lines);
    case Fit::loses_ipv6:
      return fmt::format("{} of {} addresses did not come out", missing, run.lines);
    case Fit::not_read:
      return "not even the IPv4 address came out: the parser is for other lines, or it failed";
  }
  return {};
}

std::string text_of(const Run& run, const Trial& trial) {
  std::string out = fmt::format("{}: {}\n", to_string(run.format), headline(run));
  if (run.judgement.fit == Fit::loses_ipv6)
    for (const Sample& sample : run.judgement.missing)
      out += fmt::format("  missing     {:<22} {}\n", sample.spelling, sample.written);
  for (const Address& address : run.judgement.unexpected)
    out += fmt::format("  unexpected  {} (in no line: cut short or mangled)\n", address.to_string());
  if (const auto end = end_text(run, trial); !end.empty()) out += fmt::format("  the parser: {}\n", end);
  if (run.child.cut)
    out += fmt::format("  the parser: only the first {} bytes of its output were looked at\n", ChildLimits{}.bytes);
  const auto error = trimmed(run.child.err);
  if (!error.empty()) out += fmt::format("  it said: {}\n", printable(error.substr(0, shown_error_bytes)));
  return out;
}

json::object object_of(const Run& run) {
  json::array missing, unexpected;
  for (const Sample& sample : run.judgement.missing) missing.emplace_back(sample_object(sample));
  for (const Address& address : run.judgement.unexpected) unexpected.emplace_back(address.to_string());
  return {{"format", to_string(run.format)},
          {"fit", to_string(run.judgement.fit)},
          {"addresses", run.lines},
          {"missing", std::move(missing)},
          {"unexpected", std::move(unexpected)},
          {"end", word_of(run.child.end)},
          {"code", run.child.code},
          {"output_cut", run.child.cut},
          {"stderr", run.child.err.substr(0, shown_error_bytes)}};
}

int verdict(const std::vector<Run>& runs) {
  const auto is = [&](Fit fit) { return [fit](const Run& run) { return run.judgement.fit == fit; }; };
  const bool loses = std::any_of(runs.begin(), runs.end(), is(Fit::loses_ipv6));
  return !loses && std::any_of(runs.begin(), runs.end(), is(Fit::complete)) ? exit_ok : exit_warning;
}

}  // namespace

int print_samples(const std::vector<std::string>& formats, bool as_json, Console& console) {
  json::array all;
  for (const LineFormat format : formats_of(formats))
    for (const Sample& sample : logs::samples(format)) {
      if (!as_json) console.print(sample.line + "\n");
      auto& object = all.emplace_back(sample_object(sample)).as_object();
      object["line"] = sample.line;
    }
  if (as_json)
    console.print(to_text(json::object{{"schema", "ecr6.log-samples/1"}, {"samples", std::move(all)}}) + "\n");
  return exit_ok;
}

int try_parser(const Trial& trial, Console& console) {
  std::vector<Run> runs;
  for (const LineFormat format : formats_of(trial.formats)) runs.push_back(run(trial, format));
  const int status = verdict(runs);
  if (!trial.json) {
    for (const Run& run : runs) console.print(text_of(run, trial));
    return status;
  }
  json::array formats;
  for (const Run& run : runs) formats.emplace_back(object_of(run));
  console.print(to_text(json::object{{"schema", "ecr6.log-trial/1"},
                                     {"command", trial.command},
                                     {"formats", std::move(formats)},
                                     {"exit_code", status}}) +
                "\n");
  return status;
}

}  // namespace ecr6::cli
