#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ecr6/clients/ini.hpp"

namespace ecr6::clients {

/// Collects sections and entries in file order, and finds them by name in a time that does not grow with the file.
class IniBuilder {
 public:
  /// Goes on in the section of that name, which is added when it is new.
  void open(std::string_view section, int line);
  [[nodiscard]] bool is_open() const { return is_open_; }
  /// What follows belongs to no section.
  void close() { is_open_ = false; }

  /// The entry of the open section; null when it has none. Valid until the next `put`.
  [[nodiscard]] IniEntry* find(const std::string& key);
  /// Adds the entry to the open section, or replaces the one with its key.
  void put(IniEntry entry);
  /// The same below the entry of a key, which is there.
  void put_nested(const std::string& key, IniEntry entry);

  [[nodiscard]] IniFile& file() { return file_; }

 private:
  struct Slot {
    std::size_t at{};
    std::map<std::string, std::size_t> nested;
  };

  IniFile file_;
  std::map<std::string, std::size_t, std::less<>> sections_;
  std::map<std::pair<std::size_t, std::string>, Slot> slots_;
  std::size_t section_{};
  bool is_open_{};
};

}  // namespace ecr6::clients
