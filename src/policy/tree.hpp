#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::policy {

/// What a node is. A key comes right before its value.
enum class Kind : std::uint8_t { object, array, key, string, number, boolean, null };

/// One token of a JSON text, in 16 bytes. Nodes stand in the order of the text; `next` skips what is inside.
struct Node {
  std::uint32_t begin{};  ///< first byte, the quote included
  std::uint32_t end{};    ///< after the last byte
  std::uint32_t next{};   ///< index of the first node that is not inside this one
  Kind kind{};
};

struct TreeError {
  std::size_t offset{};
  std::string message;
};

/// One JSON document of a text that may hold several.
struct Tree {
  std::vector<Node> nodes;
  std::size_t end{};               ///< where the document ends, white space included
  std::optional<TreeError> error;  ///< then the nodes are not to be used
};

inline constexpr std::size_t max_depth = 64;
inline constexpr std::size_t max_nodes = std::size_t{16} * 1024 * 1024;

/// Reads the document that starts at `offset`. Duplicate keys are all there: the nodes are the raw text's tokens.
[[nodiscard]] Tree read_tree(std::string_view text, std::size_t offset);

/// Calls `visit(key, value)` (indices) for each member of the object at `object`.
template <class Visit>
void for_each_member(const Tree& tree, std::uint32_t object, Visit visit) {
  for (std::uint32_t key = object + 1; key < tree.nodes[object].next; key = tree.nodes[key + 1].next)
    visit(key, key + 1);
}

/// Calls `visit(item)` (an index) for each item of the array at `array`.
template <class Visit>
void for_each_item(const Tree& tree, std::uint32_t array, Visit visit) {
  for (std::uint32_t item = array + 1; item < tree.nodes[array].next; item = tree.nodes[item].next) visit(item);
}

}  // namespace ecr6::policy
