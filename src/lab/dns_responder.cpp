#include "dns_responder.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "ecr6/core/text.hpp"

namespace ecr6::lab {

namespace {

namespace asio = boost::asio;

// RFC 1035 §4.1, and RFC 3596 for AAAA.
constexpr std::size_t header_size = 12;
constexpr unsigned type_a = 1, type_aaaa = 28;
constexpr unsigned rcode_server_failure = 2, rcode_name_error = 3;
constexpr std::uint32_t ttl = 60;

struct Question {
  std::string name;  ///< lower case
  unsigned type{};
  std::size_t end{};  ///< offset behind the question section
};

void put16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8 & 0xff);
  out += static_cast<char>(value & 0xff);
}

std::optional<Question> read_question(std::string_view packet) {
  Question question;
  std::size_t at = header_size;
  while (at < packet.size() && packet[at] != 0) {
    const auto length = static_cast<unsigned char>(packet[at]);
    if (length > 63 || at + 1 + length >= packet.size()) return std::nullopt;
    if (!question.name.empty()) question.name += '.';
    question.name += to_lower(packet.substr(at + 1, length));
    at += 1U + length;
  }
  if (at + 5 > packet.size()) return std::nullopt;
  question.type = static_cast<unsigned>(static_cast<unsigned char>(packet[at + 1]) << 8 |
                                        static_cast<unsigned char>(packet[at + 2]));
  question.end = at + 5;
  return question;
}

std::string header_for(std::string_view packet, unsigned rcode, unsigned answers) {
  std::string out{packet.substr(0, 2)};
  put16(out, 0x8180U | rcode);  // response, recursion desired and available
  put16(out, 1);
  put16(out, answers);
  put16(out, 0);
  put16(out, 0);
  return out;
}

/// 2001:db8:ec6:NAME::RECORD or 198.51.100.(2 NAME + RECORD): nobody's addresses (RFC 3849, RFC 5737).
std::string record_data(unsigned type, std::size_t name, unsigned record) {
  if (type == type_a) return {char(198), char(51), char(100), static_cast<char>(2 * name + record)};
  std::string data{"\x20\x01\x0d\xb8\x0e\xc6", 6};
  put16(data, static_cast<unsigned>(name));
  data.append(7, '\0');
  data += static_cast<char>(record);
  return data;
}

std::string record(unsigned type, const std::string& data) {
  std::string out{"\xc0\x0c", 2};  // the question's name
  put16(out, type);
  put16(out, 1);
  put16(out, 0);
  put16(out, ttl);
  put16(out, static_cast<unsigned>(data.size()));
  return out + data;
}

}  // namespace

DnsResponder::DnsResponder(asio::io_context& io, const Scenario& scenario, std::vector<Name> names)
    : socket_{io, {asio::ip::address_v4::loopback(), 0}}, aaaa_{scenario.aaaa}, names_{std::move(names)} {
  // A UDP socket that talks to somebody else turns all others away with "port unreachable".
  if (scenario.resolver_dead) socket_.connect({asio::ip::address_v4::loopback(), 9});
}

std::string DnsResponder::answer(std::string_view packet) const {
  if (packet.size() < header_size) return {};
  const auto question = read_question(packet);
  if (!question) return {};
  const auto asked = packet.substr(header_size, question->end - header_size);
  const auto is_asked = [&](const Name& name) { return name.host == question->name; };
  const auto known = std::find_if(names_.begin(), names_.end(), is_asked);
  if (known == names_.end()) return header_for(packet, rcode_name_error, 0).append(asked);
  if (question->type == type_aaaa && aaaa_ == AaaaFault::silent) return {};
  if (question->type == type_aaaa && aaaa_ == AaaaFault::server_failure)
    return header_for(packet, rcode_server_failure, 0).append(asked);
  const bool has_ipv6 = known->ipv6 && aaaa_ == AaaaFault::none;
  const bool has_records = question->type == type_a || (question->type == type_aaaa && has_ipv6);
  std::string out = header_for(packet, 0, has_records ? 2 : 0).append(asked);
  const auto index = static_cast<std::size_t>(known - names_.begin());
  for (const unsigned number : {1U, 2U})
    if (has_records) out += record(question->type, record_data(question->type, index, number));
  return out;
}

asio::awaitable<void> DnsResponder::serve(std::function<void()> on_question) {
  constexpr auto by_value = asio::as_tuple(asio::use_awaitable);
  std::array<char, 1500> buffer;
  while (socket_.is_open()) {
    asio::ip::udp::endpoint peer;
    const auto [error, size] = co_await socket_.async_receive_from(asio::buffer(buffer), peer, by_value);
    if (error) continue;
    on_question();
    const std::string reply = answer({buffer.data(), size});
    boost::system::error_code ignored;
    if (!reply.empty()) socket_.send_to(asio::buffer(reply), peer, 0, ignored);
  }
}

}  // namespace ecr6::lab
