#pragma once

#include "ecr6/observation/observation.hpp"

/// Nameservers that said nothing at all. Pure.
namespace ecr6 {

struct Silence {
  std::size_t questions{};    ///< asked of the nameserver, without those that the end of the run cut off
  std::size_t timeouts{};     ///< how many of them it did not answer
  std::size_t unreachable{};  ///< how many did not get to it
  std::string detail;         ///< the origin's own words, of the first failure that has any
  /// Not one question got an answer: then the finding is about the nameserver, not about the names. A single question
  /// that timed out is no proof of that.
  [[nodiscard]] bool complete() const {
    return questions > 0 && timeouts + unreachable == questions && (questions > 1 || unreachable > 0);
  }
};

/// One for each nameserver, over every lookup of the run.
[[nodiscard]] std::vector<Silence> silences_of(const Observation& run);

}  // namespace ecr6
