#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/logs/event.hpp"
#include "ecr6/logs/table.hpp"
#include "ecr6/logs/timeline.hpp"

namespace ecr6::logs {

/// One kind of caller: who, with what, by which name and way.
struct Caller {
  Way way{};
  std::string principal, client, host, vpc_endpoint;
};

/// A range of source addresses and the condition key whose list it belongs to.
struct SourcePrefix {
  std::string prefix;         ///< IPv6 as /64, IPv4 as /32
  std::string condition_key;  ///< "aws:SourceIp"; "aws:VpcSourceIp" through a VPC endpoint and for private addresses
};

/// Everything that is counted about the events. Memory is bounded; see Table and Timeline.
struct Summary {
  Tally all;
  Table services, actions, regions, principals, clients, hosts, callers, prefixes, aws_sources, vpc_endpoints;
  Timeline timeline;

  void add(const Event& event);
};

/// What the keys of Summary::callers and Summary::prefixes say.
[[nodiscard]] Caller caller_of(std::string_view key);
[[nodiscard]] SourcePrefix source_prefix_of(std::string_view key);

/// A part of a file that was not counted.
struct Problem {
  std::string file;
  std::uint64_t line{};  ///< 1-based; 0 when the file as a whole is meant
  std::string message;
};

/// What was read.
struct Input {
  static constexpr std::size_t problem_limit = 100;

  std::uint64_t files{};          ///< read to the end, whatever was in them
  std::uint64_t broken_files{};   ///< with at least one problem; part of `files` only when read to the end
  std::uint64_t foreign_files{};  ///< of `files`: without a single CloudTrail record
  std::uint64_t skipped_files{};  ///< in directories: not named like a log file, or not a regular file
  std::uint64_t bytes{};          ///< after decompression
  std::uint64_t records{};
  std::uint64_t oversized{};   ///< records over the splitter's bound
  std::uint64_t unreadable{};  ///< records that name ECR but are not JSON
  std::uint64_t problem_count{};
  std::vector<Problem> problems;  ///< the first `problem_limit`

  void add(Problem problem);
};

}  // namespace ecr6::logs
