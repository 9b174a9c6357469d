#include "probe/dns_answer.hpp"

#include <ares.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "ecr6/core/text.hpp"

namespace ecr6::probe {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t header_size = 12;
constexpr unsigned type_a = 1, type_cname = 5, type_aaaa = 28, class_in = 1;

unsigned read_u16(Bytes bytes, std::size_t at) { return static_cast<unsigned>(bytes[at] << 8 | bytes[at + 1]); }

/// Seconds; RFC 2181 §8: a TTL with the top bit set counts as zero.
std::uint32_t read_ttl(Bytes bytes, std::size_t at) {
  const std::uint32_t ttl = (read_u16(bytes, at) << 16) | read_u16(bytes, at + 2);
  return ttl > 0x7fffffffU ? 0 : ttl;
}

struct Record {
  std::string owner;  ///< lower case
  unsigned type{}, klass{};
  std::uint32_t ttl{};
  std::size_t data{}, length{};  ///< where the data lies in the message
};

/// Walks a message from its first byte after the header. Every read is checked.
class Cursor {
 public:
  explicit Cursor(Bytes message) : message_{message} {}

  /// A name in lower case, without the final dot; compression pointers followed. Empty when it cannot be read.
  std::optional<std::string> name() {
    const auto [text, length] = expand(at_);
    if (!text) return std::nullopt;
    at_ += length;
    return text;
  }
  /// The name in a record's data, which must fill it.
  [[nodiscard]] std::optional<std::string> name_in(const Record& record) const {
    const auto [text, length] = expand(record.data);
    return length == record.length ? text : std::nullopt;
  }
  [[nodiscard]] bool has(std::size_t bytes) const { return message_.size() - at_ >= bytes; }
  /// Type and class of a question.
  std::optional<std::pair<unsigned, unsigned>> type_and_class() {
    if (!has(4)) return std::nullopt;
    at_ += 4;
    return std::pair{read_u16(message_, at_ - 4), read_u16(message_, at_ - 2)};
  }
  std::optional<Record> record() {
    auto owner = name();
    if (!owner || !has(10)) return std::nullopt;
    Record record{
        std::move(*owner), read_u16(message_, at_),    read_u16(message_, at_ + 2), read_ttl(message_, at_ + 4),
        at_ + 10,          read_u16(message_, at_ + 8)};
    at_ += 10;
    if (!has(record.length)) return std::nullopt;
    at_ += record.length;
    return record;
  }

 private:
  [[nodiscard]] std::pair<std::optional<std::string>, std::size_t> expand(std::size_t at) const {
    if (at >= message_.size()) return {std::nullopt, 0};
    char* text{};
    long length{};
    const int size = static_cast<int>(message_.size());
    if (ares_expand_name(message_.data() + at, message_.data(), size, &text, &length) != ARES_SUCCESS)
      return {std::nullopt, 0};
    const std::unique_ptr<char, void (*)(void*)> owned{text, &ares_free_string};
    return {to_lower(text), static_cast<std::size_t>(length)};
  }

  Bytes message_;
  std::size_t at_{header_size};
};

DnsAnswer malformed(std::string detail) {
  DnsAnswer answer;
  answer.detail = std::move(detail);
  return answer;
}

DnsAnswer refusal(unsigned rcode) {
  static constexpr std::pair<DnsOutcome, std::string_view> words[] = {
      {DnsOutcome::no_data, ""},
      {DnsOutcome::format_error, "FORMERR"},
      {DnsOutcome::server_failure, "SERVFAIL"},
      {DnsOutcome::name_not_found, ""},
      {DnsOutcome::not_implemented, "NOTIMP"},
      {DnsOutcome::refused, "REFUSED"},
  };
  DnsAnswer answer;
  const bool known = rcode < std::size(words);
  answer.outcome = known ? words[rcode].first : DnsOutcome::server_failure;
  answer.detail =
      known ? std::string{words[rcode].second} : fmt::format("the nameserver answered with rcode {}", rcode);
  return answer;
}

bool is_reply(Bytes message) { return message.size() >= header_size && (message[2] & 0x80) != 0; }
unsigned rcode_of(Bytes message) { return message[3] & 0x0fU; }
unsigned questions_of(Bytes message) { return read_u16(message, 4); }

/// Reads the answer section into the addresses of one type and the aliases.
class AnswerSection {
 public:
  /// Why it cannot be read; empty when it was.
  std::string read(Cursor& cursor, unsigned count, Family family) {
    for (unsigned i = 0; i < count; ++i) {
      auto record = cursor.record();
      if (!record) return fmt::format("record {} of {} cannot be read", i + 1, count);
      if (record->klass != class_in) continue;
      if (record->type == type_cname) {
        auto target = cursor.name_in(*record);
        if (!target) return fmt::format("the alias in record {} of {} cannot be read", i + 1, count);
        aliases_.try_emplace(std::move(record->owner), std::move(*target));
      } else if (record->type == (family == Family::ipv6 ? type_aaaa : type_a)) {
        if (record->length != (family == Family::ipv6 ? 16U : 4U))
          return fmt::format("the address in record {} of {} has {} bytes", i + 1, count, record->length);
        addresses_.push_back(std::move(*record));
      }
    }
    return {};
  }

  /// Follows the aliases from `name`; why that fails, or empty.
  std::string follow(const std::string& name, std::vector<std::string>& chain) const {
    for (auto next = aliases_.find(name); next != aliases_.end(); next = aliases_.find(chain.back())) {
      if (next->second == name || std::find(chain.begin(), chain.end(), next->second) != chain.end())
        return "alias loop at " + next->second;
      if (chain.size() == max_aliases)
        return fmt::format("more than {} aliases, the last {}", max_aliases, chain.back());
      chain.push_back(next->second);
    }
    return {};
  }

  void take_addresses(Bytes message, const std::string& name, DnsAnswer& answer) const {
    for (const Record& record : addresses_) {
      const auto& chain = answer.aliases;
      if (record.owner != name && std::find(chain.begin(), chain.end(), record.owner) == chain.end()) continue;
      if (answer.records.size() == max_records) {
        ++answer.records_left_out;
        continue;
      }
      answer.records.push_back({address_at(message.subspan(record.data, record.length)), record.ttl});
    }
  }

 private:
  static Address address_at(Bytes bytes) {
    return bytes.size() == 16 ? Address::from_bytes(bytes.first<16>()) : Address::from_bytes(bytes.first<4>());
  }

  std::unordered_map<std::string, std::string> aliases_;  ///< the first alias of a name counts
  std::vector<Record> addresses_;                         ///< bounded by the 64 KiB of a message
};

DnsAnswer read_section(Bytes message, Cursor& cursor, const std::string& name, Family family) {
  DnsAnswer answer = refusal(rcode_of(message));
  // What an error carries along does not matter, except the aliases that lead to a name that is not there.
  if (answer.outcome != DnsOutcome::no_data && answer.outcome != DnsOutcome::name_not_found) return answer;
  AnswerSection section;
  if (auto why = section.read(cursor, read_u16(message, 6), family); !why.empty()) return malformed(std::move(why));
  answer.detail = section.follow(name, answer.aliases);
  if (!answer.detail.empty()) {
    answer.outcome = DnsOutcome::malformed;
  } else if (rcode_of(message) == 0) {
    section.take_addresses(message, name, answer);
    if (!answer.records.empty()) answer.outcome = DnsOutcome::answered;
  }
  return answer;
}

}  // namespace

DnsAnswer read_answer(std::span<const std::uint8_t> message, std::string_view name, Family family) {
  if (!is_reply(message)) return malformed("what came is not a DNS answer");
  Cursor cursor{message};
  const auto question = questions_of(message) == 1 ? cursor.name() : std::nullopt;
  const auto kind = question ? cursor.type_and_class() : std::nullopt;
  if (!kind) return malformed("the answer's question cannot be read");
  if (name.ends_with('.')) name.remove_suffix(1);
  const std::string asked = to_lower(name);
  if (*question != asked || *kind != std::pair{family == Family::ipv6 ? type_aaaa : type_a, class_in})
    return malformed("the answer is to another question");
  return read_section(message, cursor, asked, family);
}

std::optional<DnsAnswer> read_bare_refusal(std::span<const std::uint8_t> message) {
  if (!is_reply(message) || questions_of(message) != 0 || rcode_of(message) == 0) return std::nullopt;
  // "No such name" needs a name to say it of.
  if (rcode_of(message) == 3) return std::nullopt;
  return refusal(rcode_of(message));
}

bool is_dns_reply(std::span<const std::uint8_t> message) {
  if (!is_reply(message) || questions_of(message) != 1) return false;
  Cursor cursor{message};
  return cursor.name() && cursor.type_and_class();
}

}  // namespace ecr6::probe
