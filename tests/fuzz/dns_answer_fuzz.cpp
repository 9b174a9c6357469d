#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "probe/dns_answer.hpp"

using namespace ecr6;
using namespace ecr6::probe;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const DnsAnswer& answer, Family family) {
  require(answer.records.size() <= max_records && answer.aliases.size() <= max_aliases);
  require(answer.records_left_out == 0 || answer.records.size() == max_records);
  require((answer.outcome == DnsOutcome::answered) == !answer.records.empty());
  for (const AddressRecord& record : answer.records) {
    require(record.address.family() == family);
    require(record.ttl <= 0x7fffffffU);
  }
  if (!is_usable(answer.outcome)) require(!answer.detail.empty());
}

}  // namespace

/// The first byte chooses the family asked for; the rest is the message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Family family = (data[0] & 1) == 0 ? Family::ipv6 : Family::ipv4;
  const std::span message{data + 1, size - 1};
  check(read_answer(message, "ecr.us-west-2.api.aws", family), family);
  if (const auto refusal = read_bare_refusal(message)) {
    check(*refusal, family);
    require(refusal->outcome != DnsOutcome::answered && !is_dns_reply(message));
  }
  return 0;
}
