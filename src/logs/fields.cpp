#include "fields.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <vector>

namespace ecr6::logs {

namespace {

namespace json = boost::json;

/// The objects on the way to a field.
enum class Node : std::uint8_t { ignored, event, identity, context, issuer, tls };

struct Child {
  Node parent;
  std::string_view key;
  Node node;
};

constexpr Child children[] = {
    {Node::event, "userIdentity", Node::identity},  {Node::event, "tlsDetails", Node::tls},
    {Node::event, "detail", Node::event},           {Node::identity, "sessionContext", Node::context},
    {Node::context, "sessionIssuer", Node::issuer},
};

struct Leaf {
  Node parent;
  std::string_view key;
  Field field;
};

constexpr Leaf leaves[] = {
    {Node::event, "eventSource", Field::event_source},
    {Node::event, "eventName", Field::event_name},
    {Node::event, "eventTime", Field::event_time},
    {Node::event, "awsRegion", Field::region},
    {Node::event, "sourceIPAddress", Field::source_ip},
    {Node::event, "userAgent", Field::user_agent},
    {Node::event, "vpcEndpointId", Field::vpc_endpoint},
    {Node::event, "errorCode", Field::error_code},
    {Node::event, "CloudTrailEvent", Field::inner_event},
    {Node::tls, "clientProvidedHostHeader", Field::host},
    {Node::identity, "type", Field::identity_type},
    {Node::identity, "arn", Field::identity_arn},
    {Node::identity, "principalId", Field::identity_principal},
    {Node::identity, "accountId", Field::identity_account},
    {Node::identity, "userName", Field::identity_user},
    {Node::identity, "invokedBy", Field::identity_invoked_by},
    {Node::issuer, "arn", Field::issuer_arn},
};

template <class Row, std::size_t Size>
const Row* row_of(const Row (&rows)[Size], Node parent, std::string_view key) {
  const Row* const end = rows + Size;
  const Row* const row =
      std::find_if(rows, end, [&](const Row& candidate) { return candidate.parent == parent && candidate.key == key; });
  return row == end ? nullptr : row;
}

/// What Boost.JSON's parser calls, in the order of the text. Everything is kept going: true.
class Handler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  Fields fields;

  void clear() {
    for (std::string& text : fields.texts) text.clear();
    around_.clear();
    key_.clear();
    next_ = Node::event;
    into_ = nullptr;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return enter(next_); }
  bool on_object_end(std::size_t, json::error_code&) { return leave(); }
  bool on_array_begin(json::error_code&) { return enter(Node::ignored); }
  bool on_array_end(std::size_t, json::error_code&) { return leave(); }

  bool on_key_part(std::string_view part, std::size_t, json::error_code&) {
    if (around_.back() != Node::ignored) key_ += part;
    return true;
  }
  bool on_key(std::string_view part, std::size_t, json::error_code&) {
    if (around_.back() == Node::ignored) return true;
    if (!key_.empty()) part = key_ += part;
    const Child* const child = row_of(children, around_.back(), part);
    const Leaf* const leaf = child != nullptr ? nullptr : row_of(leaves, around_.back(), part);
    next_ = child == nullptr ? Node::ignored : child->node;
    into_ = leaf == nullptr ? nullptr : &fields.at(leaf->field);
    if (into_ != nullptr) into_->clear();
    key_.clear();
    return true;
  }

  bool on_string_part(std::string_view part, std::size_t, json::error_code&) {
    if (into_ != nullptr) *into_ += part;
    return true;
  }
  bool on_string(std::string_view part, std::size_t, json::error_code&) {
    if (into_ != nullptr) *into_ += part;
    return value_over();
  }

  bool on_number_part(std::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, std::string_view, json::error_code&) { return value_over(); }
  bool on_uint64(std::uint64_t, std::string_view, json::error_code&) { return value_over(); }
  bool on_double(double, std::string_view, json::error_code&) { return value_over(); }
  bool on_bool(bool, json::error_code&) { return value_over(); }
  bool on_null(json::error_code&) { return value_over(); }
  bool on_comment_part(std::string_view, json::error_code&) { return true; }
  bool on_comment(std::string_view, json::error_code&) { return true; }

 private:
  bool enter(Node node) {
    around_.push_back(node);
    next_ = Node::ignored;
    into_ = nullptr;
    return true;
  }
  bool leave() {
    around_.pop_back();
    return true;
  }
  bool value_over() {
    into_ = nullptr;
    next_ = Node::ignored;
    return true;
  }

  std::vector<Node> around_;
  std::string key_;
  Node next_{Node::event};
  std::string* into_{};
};

json::parse_options options() {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // repaired where it is shown
  options.max_depth = 256;
  return options;
}

}  // namespace

struct FieldParser::Parser : json::basic_parser<Handler> {
  Parser() : basic_parser{options()} {}
};

FieldParser::FieldParser() : parser_{std::make_unique<Parser>()} {}
FieldParser::~FieldParser() = default;

std::string FieldParser::parse(std::string_view text) {
  parser_->reset();
  parser_->handler().clear();
  json::error_code error;
  const std::size_t read = parser_->write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  return error ? error.message() : std::string{};
}

const Fields& FieldParser::fields() const { return parser_->handler().fields; }

std::string clipped(std::string_view text) {
  std::size_t length = std::min(text.size(), text_limit);
  if (length < text.size())
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) --length;
  std::string out{text.substr(0, length)};
  std::replace(out.begin(), out.end(), '\0', ' ');
  return out;
}

namespace {

/// `arn:aws:sts::123456789012:assumed-role/Role/session` without its session, which is often one per machine.
std::string_view without_session(std::string_view arn) {
  const auto role = arn.find(":assumed-role/");
  const auto slash = role == arn.npos ? arn.npos : arn.find('/', role + 14);
  return arn.substr(0, slash);
}

std::string nameless(const Fields& fields) {
  const std::string& account = fields.at(Field::identity_account);
  if (account == "ANONYMOUS_PRINCIPAL") return "anonymous";
  for (const Field field : {Field::identity_principal, Field::identity_user, Field::identity_invoked_by})
    if (const std::string& text = fields.at(field); !text.empty()) return clipped(text.substr(0, text.find(':')));
  return account.empty() ? clipped(fields.at(Field::identity_type)) : clipped("account " + account);
}

}  // namespace

std::string principal_of(const Fields& fields) {
  const std::string& service = fields.at(Field::identity_invoked_by);
  if (fields.at(Field::identity_type) == "AWSService" && !service.empty()) return clipped(service);
  if (const std::string& arn = fields.at(Field::issuer_arn); !arn.empty()) return clipped(arn);
  if (const std::string& arn = fields.at(Field::identity_arn); !arn.empty()) return clipped(without_session(arn));
  return nameless(fields);
}

}  // namespace ecr6::logs
