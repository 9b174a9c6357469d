#include "present.hpp"

#include "ecr6/diagnosis/diagnosis.hpp"

namespace ecr6::cli {

Presented present(Observation run, const OutputOptions& options, const report::Style& style) {
  apply_verdict_options(options, run.settings);
  // Before the diagnosis, whose evidence would otherwise quote what is to be hidden.
  if (options.redact) run = report::redacted(run);
  const Diagnosis diagnosis = diagnose(run);
  const int exit_code = diagnosis.verdict.exit_code;
  if (options.quiet) return {report::render_summary(run, diagnosis), exit_code};
  if (options.json()) return {report::render_json(run, diagnosis), exit_code};
  if (options.format == Format::verbose) return {report::render_verbose(run, diagnosis, style), exit_code};
  return {report::render_text(run, diagnosis, style), exit_code};
}

}  // namespace ecr6::cli
