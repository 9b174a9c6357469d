#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// The few fields of a CloudTrail event that matter here, read without building the rest of it.
namespace ecr6::logs {

enum class Field : unsigned char {
  event_source,
  event_name,
  event_time,
  region,
  source_ip,
  user_agent,
  vpc_endpoint,
  error_code,
  inner_event,  ///< `CloudTrailEvent` of lookup-events: an event as JSON text
  host,         ///< tlsDetails.clientProvidedHostHeader
  identity_type,
  identity_arn,
  identity_principal,
  identity_account,
  identity_user,
  identity_invoked_by,
  issuer_arn,  ///< userIdentity.sessionContext.sessionIssuer.arn
};
inline constexpr std::size_t field_count = 17;

/// The fields' texts; empty: missing, or no string.
struct Fields {
  std::array<std::string, field_count> texts;

  [[nodiscard]] const std::string& at(Field field) const { return texts[static_cast<std::size_t>(field)]; }
  [[nodiscard]] std::string& at(Field field) { return texts[static_cast<std::size_t>(field)]; }
};

/// Reads one JSON object after the other, reusing its memory. Fields may come in any order; of repeated ones the last
/// counts. Those of an EventBridge event stand in its `detail`.
class FieldParser {
 public:
  FieldParser();
  ~FieldParser();
  FieldParser(const FieldParser&) = delete;
  FieldParser& operator=(const FieldParser&) = delete;

  /// What is wrong with the JSON; empty when it could be read. Bytes that are not UTF-8 are let pass.
  [[nodiscard]] std::string parse(std::string_view text);
  /// Of the last object. Valid until the next call of parse.
  [[nodiscard]] const Fields& fields() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

inline constexpr std::size_t text_limit = 512;

/// At most text_limit bytes, not cut inside a character; NUL, which separates table keys, becomes a space.
[[nodiscard]] std::string clipped(std::string_view text);

/// Who called, from `userIdentity`: the ARN of the role behind a session, of the user, or the best there is.
[[nodiscard]] std::string principal_of(const Fields& fields);

}  // namespace ecr6::logs
