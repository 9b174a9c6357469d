#pragma once

#include <string>

#include "ecr6/report/report.hpp"

/// The parts that the text and the verbose report are put together from. Each ends with a newline, or is empty.
namespace ecr6::report {

/// What makes this run unlike a complete one on the real network: lab, interrupted, cut off by the deadline.
[[nodiscard]] std::string banners(const Observation& observation, const Style& style);
/// The endpoints by family.
[[nodiscard]] std::string table(const Observation& observation, const Diagnosis& diagnosis, const Style& style);
/// The findings: what was seen, what it means, what to do. What is said of several endpoints is told once.
[[nodiscard]] std::string findings_block(const Diagnosis& diagnosis, const Style& style);
/// What --ping, --ip-ranges and --ec2 saw, each part with an empty line behind it; empty without these options.
[[nodiscard]] std::string extras_block(const Observation& observation, const Style& style);
/// What --ec2 brought, with an empty line behind it; empty without it.
[[nodiscard]] std::string ec2_block(const Observation& observation, const Style& style);
/// What the run could not do or left out, in its own words.
[[nodiscard]] std::string notes_block(const Observation& observation, const Style& style);
/// What clients would do with the required endpoints that have a family broken or slow; empty when there are none.
[[nodiscard]] std::string forecasts_block(const Observation& observation, const Diagnosis& diagnosis,
                                          const Style& style);
/// The two verdicts and the exit code in words.
[[nodiscard]] std::string verdicts_block(const Diagnosis& diagnosis, const Style& style);
/// The summary line with its first words in colour.
[[nodiscard]] std::string painted_summary(const Observation& observation, const Diagnosis& diagnosis,
                                          const Style& style);

/// A label in the margin and text beside it, wrapped: "  seen   …".
[[nodiscard]] std::string labelled(std::string_view label, std::string_view text, const Style& style);

}  // namespace ecr6::report
