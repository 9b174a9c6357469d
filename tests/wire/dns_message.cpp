#include "dns_message.hpp"

#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::wire_test {

namespace {

constexpr std::uint16_t type_a = 1, type_cname = 5, type_aaaa = 28, class_in = 1;

void put_u16(Bytes& out, std::uint16_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put_name(Bytes& out, const std::string& name) {
  for (const std::string_view label : split(name, '.')) {
    if (label.empty()) continue;
    out.push_back(static_cast<std::uint8_t>(label.size()));
    out.insert(out.end(), label.begin(), label.end());
  }
  out.push_back(0);
}

void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

}  // namespace

Bytes question(const std::string& name, Family family, std::uint16_t id) {
  Bytes out;
  for (const int word : {static_cast<int>(id), 0x0100, 1, 0, 0, 0}) put_u16(out, static_cast<std::uint16_t>(word));
  put_name(out, name);
  put_u16(out, family == Family::ipv6 ? type_aaaa : type_a);
  put_u16(out, class_in);
  return out;
}

Query read_query(std::span<const std::uint8_t> message) {
  const Bytes bytes{message.begin(), message.end()};
  Query query;
  query.id = static_cast<std::uint16_t>(bytes.at(0) << 8 | bytes.at(1));
  std::size_t at = 12;
  for (std::size_t length = bytes.at(at++); length > 0; length = bytes.at(at++)) {
    if (!query.name.empty()) query.name += '.';
    for (; length > 0; --length) query.name += static_cast<char>(bytes.at(at++));
  }
  query.type = static_cast<std::uint16_t>(bytes.at(at) << 8 | bytes.at(at + 1));
  query.family = query.type == type_aaaa ? Family::ipv6 : Family::ipv4;
  return query;
}

Answer::Answer(const Query& query) : query_{query} {}

Answer& Answer::rcode(int code) {
  flags_low_ = static_cast<std::uint8_t>(0x80 | code);
  return *this;
}

Answer& Answer::truncated() {
  flags_high_ |= 0x02;
  return *this;
}

Answer& Answer::id(std::uint16_t other) {
  query_.id = other;
  return *this;
}

Answer& Answer::bare() {
  has_question_ = false;
  return *this;
}

Answer& Answer::question_name(std::string name) {
  query_.name = std::move(name);
  return *this;
}

Answer& Answer::alias(const std::string& owner, const std::string& target, std::uint32_t ttl) {
  Bytes data;
  put_name(data, target);
  record(owner, type_cname, ttl, data);
  return *this;
}

Answer& Answer::address(const std::string& owner, std::string_view address, std::uint32_t ttl) {
  const auto parsed = Address::parse(address).value();
  const auto bytes = parsed.bytes();
  record(owner, parsed.is_v6() ? type_aaaa : type_a, ttl, {bytes.begin(), bytes.end()});
  return *this;
}

void Answer::record(const std::string& owner, std::uint16_t type, std::uint32_t ttl, const Bytes& data) {
  if (owner.empty()) {
    put_u16(section_, 0xc00c);  // the question's name, right after the header
  } else {
    put_name(section_, owner);
  }
  put_u16(section_, type);
  put_u16(section_, class_in);
  put_u16(section_, static_cast<std::uint16_t>(ttl >> 16));
  put_u16(section_, static_cast<std::uint16_t>(ttl));
  put_u16(section_, static_cast<std::uint16_t>(data.size()));
  append(section_, data);
  ++records_;
}

Bytes Answer::bytes() const {
  Bytes out;
  put_u16(out, query_.id);
  out.push_back(flags_high_);
  out.push_back(flags_low_);
  put_u16(out, has_question_ ? 1 : 0);
  put_u16(out, records_);
  put_u16(out, 0);
  put_u16(out, 0);
  if (has_question_) {
    put_name(out, query_.name);
    put_u16(out, query_.type);
    put_u16(out, class_in);
  }
  append(out, section_);
  return out;
}

}  // namespace ecr6::wire_test
