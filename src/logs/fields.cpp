#include "fields.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ecr6/core/text.hpp"

namespace ecr6::logs {

namespace json = boost::json;

std::string clipped(std::string_view text) {
  std::size_t length = std::min(text.size(), text_limit);
  if (length < text.size())
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) --length;
  std::string out{text.substr(0, length)};
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

std::string_view text_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  const auto* const text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string_view{} : std::string_view{*text};
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const auto* const value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

namespace {

/// `arn:aws:sts::123456789012:assumed-role/Role/session` without its session, which is often one per machine.
std::string_view without_session(std::string_view arn) {
  const auto role = arn.find(":assumed-role/");
  const auto slash = role == arn.npos ? arn.npos : arn.find('/', role + 14);
  return arn.substr(0, slash);
}

std::string_view issuer_arn(const json::object& identity) {
  const auto* const context = object_at(identity, "sessionContext");
  const auto* const issuer = context == nullptr ? nullptr : object_at(*context, "sessionIssuer");
  return issuer == nullptr ? std::string_view{} : text_at(*issuer, "arn");
}

std::string nameless(const json::object& identity) {
  const std::string_view account = text_at(identity, "accountId");
  if (account == "ANONYMOUS_PRINCIPAL") return "anonymous";
  for (const std::string_view key : {"principalId", "userName", "invokedBy"})
    if (const auto text = text_at(identity, key); !text.empty()) return clipped(text.substr(0, text.find(':')));
  if (!account.empty()) return clipped("account " + std::string{account});
  return clipped(text_at(identity, "type"));
}

}  // namespace

std::string principal_of(const json::object& identity) {
  if (const auto service = text_at(identity, "invokedBy");
      text_at(identity, "type") == "AWSService" && !service.empty())
    return clipped(service);
  if (const auto arn = issuer_arn(identity); !arn.empty()) return clipped(arn);
  if (const auto arn = text_at(identity, "arn"); !arn.empty()) return clipped(without_session(arn));
  return nameless(identity);
}

}  // namespace ecr6::logs
