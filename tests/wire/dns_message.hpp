#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/family.hpp"

/// DNS messages for the scripted nameserver and the seeds of the fuzzer.
namespace ecr6::wire_test {

using Bytes = std::vector<std::uint8_t>;

struct Query {
  std::uint16_t id{};
  std::string name;  ///< as asked
  std::uint16_t type{};
  Family family{};
};

/// A question as a client sends it.
[[nodiscard]] Bytes question(const std::string& name, Family family, std::uint16_t id = 0x1234);
/// The question of a well-formed query. Throws std::out_of_range for anything shorter.
[[nodiscard]] Query read_query(std::span<const std::uint8_t> message);

/// Builds the answer to a query, section by section.
class Answer {
 public:
  explicit Answer(const Query& query);

  Answer& rcode(int code);
  Answer& truncated();
  Answer& id(std::uint16_t other);
  /// Leaves the question out.
  Answer& bare();
  /// The question's name as it stands in the answer.
  Answer& question_name(std::string name);
  Answer& alias(const std::string& owner, const std::string& target, std::uint32_t ttl = 60);
  /// The type follows from the address; `owner` empty points back at the question.
  Answer& address(const std::string& owner, std::string_view address, std::uint32_t ttl = 60);
  [[nodiscard]] Bytes bytes() const;

 private:
  void record(const std::string& owner, std::uint16_t type, std::uint32_t ttl, const Bytes& data);

  Query query_;
  std::uint8_t flags_high_{0x81}, flags_low_{0x80};  ///< QR RD, RA
  bool has_question_{true};
  std::uint16_t records_{};
  Bytes section_;
};

}  // namespace ecr6::wire_test
