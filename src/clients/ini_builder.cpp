#include "ini_builder.hpp"

namespace ecr6::clients {

void IniBuilder::open(std::string_view section, int line) {
  is_open_ = true;
  const auto [found, is_new] = sections_.try_emplace(std::string{section}, file_.sections.size());
  section_ = found->second;
  if (is_new) file_.sections.push_back({std::string{section}, line, {}});
}

IniEntry* IniBuilder::find(const std::string& key) {
  const auto slot = slots_.find({section_, key});
  return slot == slots_.end() ? nullptr : &file_.sections[section_].entries[slot->second.at];
}

void IniBuilder::put(IniEntry entry) {
  auto& entries = file_.sections[section_].entries;
  const auto [slot, is_new] = slots_.try_emplace({section_, entry.key}, Slot{entries.size(), {}});
  slot->second.nested.clear();
  if (is_new)
    entries.push_back(std::move(entry));
  else
    entries[slot->second.at] = std::move(entry);
}

void IniBuilder::put_nested(const std::string& key, IniEntry entry) {
  Slot& slot = slots_.at({section_, key});
  auto& nested = file_.sections[section_].entries[slot.at].nested;
  const auto [at, is_new] = slot.nested.try_emplace(entry.key, nested.size());
  if (is_new)
    nested.push_back(std::move(entry));
  else
    nested[at->second] = std::move(entry);
}

}  // namespace ecr6::clients
