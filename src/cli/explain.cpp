#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "commands.hpp"
#include "ecr6/core/text.hpp"
#include "finding_pages.hpp"

namespace ecr6::cli {

namespace {

std::string listing() {
  std::string text;
  for (const FindingPage& page : finding_pages()) text += fmt::format("{:<32} {}\n", page.id, page.title);
  return text;
}

const FindingPage* page_of(std::string_view id) {
  const auto pages = finding_pages();
  const auto found = std::find_if(pages.begin(), pages.end(), [&](const FindingPage& page) { return page.id == id; });
  return found == pages.end() ? nullptr : &*found;
}

/// By edits of the whole id, or of the part after the layer: "no-aaaa" means dns.no-aaaa.
std::size_t distance(std::string_view word, std::string_view id) {
  return std::min(edit_distance(word, id), edit_distance(word, id.substr(id.find('.') + 1)));
}

std::string_view nearest(std::string_view word) {
  const auto pages = finding_pages();
  // Longer than any id: only its beginning can be meant, and comparing all of it would cost time.
  const std::string_view beginning = word.substr(0, 64);
  const auto closer = [&](const FindingPage& left, const FindingPage& right) {
    return distance(beginning, left.id) < distance(beginning, right.id);
  };
  return std::min_element(pages.begin(), pages.end(), closer)->id;
}

}  // namespace

int run_explain(const std::vector<std::string>& arguments, Console& console) {
  const auto parser = make_parser("explain", "The page of a finding; without ID, the list of all of them.");
  std::string id;
  parser->add_option("ID", id, "a finding's id, such as dns.no-aaaa");
  if (const auto status = parse(*parser, arguments, console)) return *status;
  if (parser->count("ID") == 0) {
    console.print(listing());
    return exit_ok;
  }
  if (const FindingPage* page = page_of(to_lower(id))) {
    console.print(page->text);
    return exit_ok;
  }
  const std::string sentence =
      fmt::format("no finding has the id '{}'; the nearest is '{}', 'ecr6 explain' lists them all", id.substr(0, 64),
                  nearest(to_lower(id)));
  return fail(console, sentence, false);
}

}  // namespace ecr6::cli
