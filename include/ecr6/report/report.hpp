#pragma once

#include <string>

#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/observation.hpp"

/// Rendering: pure functions from facts and judgement to text. Text from outside is escaped here.
namespace ecr6::report {

struct Style {
  bool colour{};
  int width{80};  ///< columns; at least 60
};

/// Table, findings, the two verdicts, the summary line.
[[nodiscard]] std::string render_text(const Observation& observation, const Diagnosis& diagnosis, const Style& style);
/// The transcript in curl's idiom, then findings, verdicts and summary.
[[nodiscard]] std::string render_verbose(const Observation& observation, const Diagnosis& diagnosis,
                                         const Style& style);
/// The `ecr6.check/1` object and a final newline.
[[nodiscard]] std::string render_json(const Observation& observation, const Diagnosis& diagnosis);
/// The summary line alone.
[[nodiscard]] std::string render_summary(const Observation& observation, const Diagnosis& diagnosis);

/// The same run with account numbers, this host's addresses and names, and nameservers replaced by stand-ins,
/// consistently; it diagnoses the same.
[[nodiscard]] Observation redacted(const Observation& observation);

}  // namespace ecr6::report
