#include "tree.hpp"

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

namespace json = boost::json;

/// Boost.JSON says what comes, in order, but not where. So a cursor walks the same text and finds each token again:
/// it only has to skip what stands between tokens, for the parser has already checked the grammar.
class Recorder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  Recorder(std::string_view text, std::size_t offset) : text_{text}, cursor_{offset} {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& error) { return open(Kind::object, error); }
  bool on_object_end(std::size_t, json::error_code&) { return close('}'); }
  bool on_array_begin(json::error_code& error) { return open(Kind::array, error); }
  bool on_array_end(std::size_t, json::error_code&) { return close(']'); }
  bool on_key_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_key(json::string_view, std::size_t, json::error_code& error) { return quoted(Kind::key, error); }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code& error) { return quoted(Kind::string, error); }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code& error) { return bare(Kind::number, error); }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code& error) { return bare(Kind::number, error); }
  bool on_double(double, json::string_view, json::error_code& error) { return bare(Kind::number, error); }
  bool on_bool(bool, json::error_code& error) { return bare(Kind::boolean, error); }
  bool on_null(json::error_code& error) { return bare(Kind::null, error); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

  std::vector<Node> nodes;

 private:
  void seek_token() { cursor_ = std::min(text_.find_first_not_of(" \t\r\n,:", cursor_), text_.size()); }

  bool add(Kind kind, std::size_t end, json::error_code& error) {
    if (nodes.size() == max_nodes) {
      error = json::error::array_too_large;
      return false;
    }
    const auto next = static_cast<std::uint32_t>(nodes.size() + 1);
    nodes.push_back({static_cast<std::uint32_t>(cursor_), static_cast<std::uint32_t>(end), next, kind});
    cursor_ = end;
    return true;
  }

  bool open(Kind kind, json::error_code& error) {
    seek_token();
    open_.push_back(static_cast<std::uint32_t>(nodes.size()));
    return add(kind, cursor_ + 1, error);
  }

  bool close(char bracket) {
    cursor_ = std::min(text_.find(bracket, cursor_), text_.size() - 1) + 1;
    Node& node = nodes[open_.back()];
    node.end = static_cast<std::uint32_t>(cursor_);
    node.next = static_cast<std::uint32_t>(nodes.size());
    open_.pop_back();
    return true;
  }

  bool quoted(Kind kind, json::error_code& error) {
    seek_token();
    std::size_t at = cursor_ + 1;
    while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
    return add(kind, std::min(at + 1, text_.size()), error);
  }

  bool bare(Kind kind, json::error_code& error) {
    seek_token();
    return add(kind, std::min(text_.find_first_of(" \t\r\n,:]}", cursor_), text_.size()), error);
  }

  std::string_view text_;
  std::size_t cursor_;
  std::vector<std::uint32_t> open_;
};

/// Boost.JSON has no names for these: bytes that are no UTF-8, and characters that only a string may hold.
std::string_view about_foreign(std::string_view rest) {
  const auto lead = rest.empty() ? '\0' : static_cast<unsigned char>(rest.front());
  if (lead < 0x80) return "";
  const auto character = rest.substr(0, lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
  return repaired_utf8(character) == character ? "not JSON: a typographic quote or space, where a plain one belongs"
                                               : "not JSON: a byte that is not UTF-8; convert the text";
}

std::string explain(const json::error_code& error, std::string_view rest) {
  if (error == json::error::incomplete) return "the JSON ends too early: a bracket or a quote is not closed";
  if (error == json::error::too_deep) return fmt::format("nested deeper than {} levels", max_depth);
  if (error == json::error::array_too_large) return fmt::format("more than {} values in one document", max_nodes);
  if (const auto foreign = about_foreign(rest); !foreign.empty()) return std::string{foreign};
  return fmt::format("not JSON: {}", error.message());
}

}  // namespace

Tree read_tree(std::string_view text, std::size_t offset) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::basic_parser<Recorder> parser{options, text, offset};
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data() + offset, text.size() - offset, error);
  Tree tree;
  tree.nodes = std::move(parser.handler().nodes);
  tree.end = offset + used;
  if (error) tree.error = TreeError{tree.end, explain(error, text.substr(tree.end))};
  return tree;
}

}  // namespace ecr6::policy
