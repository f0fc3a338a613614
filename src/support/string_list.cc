#include "support/string_list.h"

#include "support/error.h"

namespace kalima {

StringId StringListBuilder::add(std::string_view text) {
  const auto [entry, added] = ids_.emplace(std::string(text), static_cast<StringId>(size()));
  if (added) {
    bytes_.append(text);
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  return entry->second;
}

StringList::StringList(Rows<std::uint32_t> offsets, std::string_view bytes)
    : offsets_(offsets), bytes_(bytes) {
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != bytes.size())
    throw Error(ErrorCode::bad_input, "the index file is damaged (strings)");
}

}  // namespace kalima
