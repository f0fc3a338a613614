#include "support/string_list.h"

namespace kalima {

StringId StringListBuilder::add(std::string_view text) {
  const auto [entry, added] = ids_.emplace(std::string(text), static_cast<StringId>(size()));
  if (added) {
    bytes_.append(text);
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  return entry->second;
}

StringList::StringList(std::span<const std::uint32_t> offsets, std::string_view bytes)
    : offsets_(offsets), bytes_(bytes) {
  const auto damaged = [] { throw Error(ErrorCode::bad_input, "the index file is damaged (strings)"); };
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != bytes.size()) damaged();
  for (std::size_t i = 1; i < offsets.size(); ++i) {
    if (offsets[i] < offsets[i - 1]) damaged();
  }
}

}  // namespace kalima
