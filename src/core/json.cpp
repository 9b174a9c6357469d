#include "ecr6/core/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

namespace json = boost::json;

class Writer {
 public:
  explicit Writer(int indent) : indent_{indent} {}

  void write(const json::value& value, int depth) {
    if (const auto* object = value.if_object()) return write_object(*object, depth);
    if (const auto* array = value.if_array()) return write_array(*array, depth);
    if (const auto* number = value.if_double()) return write_number(*number);
    if (const auto* text = value.if_string()) return write_string(*text);
    out += json::serialize(value);
  }

  std::string out;

 private:
  void write_string(std::string_view text) { out += disarmed_json(json::serialize(repaired_utf8(text))); }

  void write_number(double number) {
    if (!std::isfinite(number)) out += "null";
    // fmt's shortest form is exact; it only turns to exponents far outside what a duration can be.
    else
      fmt::format_to(std::back_inserter(out), "{}", number == 0 ? 0.0 : number);
  }

  void write_object(const json::object& object, int depth) {
    if (object.empty()) {
      out += "{}";
      return;
    }
    out += '{';
    bool first = true;
    for (const auto& [key, item] : object) {
      separate(first, depth + 1);
      write_string(key);
      out += indent_ > 0 ? ": " : ":";
      write(item, depth + 1);
    }
    break_line(depth);
    out += '}';
  }

  void write_array(const json::array& array, int depth) {
    const bool flat = std::none_of(array.begin(), array.end(), [](const json::value& v) { return v.is_structured(); });
    out += '[';
    bool first = true;
    for (const auto& item : array) {
      if (flat) {
        if (!first) out += indent_ > 0 ? ", " : ",";
        first = false;
      } else {
        separate(first, depth + 1);
      }
      write(item, depth + 1);
    }
    if (!flat) break_line(depth);
    out += ']';
  }

  void separate(bool& first, int depth) {
    if (!first) out += ',';
    first = false;
    break_line(depth);
  }

  void break_line(int depth) {
    if (indent_ <= 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent_ * depth), ' ');
  }

  int indent_;
};

}  // namespace

std::string to_text(const json::value& value, int indent) {
  Writer writer{indent};
  writer.write(value, 0);
  return std::move(writer.out);
}

JsonError place_of(std::string_view text, std::size_t offset, std::string message) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const auto last = before.rfind('\n');
  const std::size_t column = last == before.npos ? before.size() + 1 : before.size() - last;
  return {line, column, std::move(message)};
}

}  // namespace ecr6
