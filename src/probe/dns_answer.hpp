#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/family.hpp"
#include "ecr6/observation/lookup.hpp"

/// Reading DNS messages (RFC 1035 §4). Pure; every byte of a message is untrusted.
namespace ecr6::probe {

inline constexpr std::size_t max_records = 512;  ///< addresses kept; the rest is counted
inline constexpr std::size_t max_aliases = 16;   ///< a longer chain counts as malformed, like a loop

/// What one message says about one name and family.
struct DnsAnswer {
  DnsOutcome outcome{DnsOutcome::malformed};
  std::vector<AddressRecord> records;  ///< of the name or of the aliases that lead on from it; at most max_records
  std::size_t records_left_out{};
  std::vector<std::string> aliases;  ///< lower case, in order, without the name asked for
  std::string detail;                ///< why, when the outcome is a failure: "SERVFAIL", "alias loop at x.example"
};

/// Reads the answer to the question (`name`, `family`). The message must repeat the question. Records of names that the
/// question does not lead to are ignored. A rcode without a word of its own reads as server_failure.
[[nodiscard]] DnsAnswer read_answer(std::span<const std::uint8_t> message, std::string_view name, Family family);

/// The outcome of a bare refusal: a reply with an error code and no question, as some servers send for what they do
/// not want to read (RFC 1035 has no word on it). Empty for every other message.
[[nodiscard]] std::optional<DnsAnswer> read_bare_refusal(std::span<const std::uint8_t> message);

/// True for a reply that has a readable question, whatever it is: a DNS server speaks there.
[[nodiscard]] bool is_dns_reply(std::span<const std::uint8_t> message);

}  // namespace ecr6::probe
