#include "corpus/columns/dictionary.h"

#include <algorithm>
#include <tuple>

#include "support/utf8.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::columns {

std::string folded_key(std::string_view value) { return text::lower(text::plain(value)); }

std::uint32_t Texts::number_of(const std::string& text) {
  return numbers_.try_emplace(text, static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
}

std::pair<std::vector<std::string>, std::vector<std::uint32_t>> Texts::sorted() const {
  struct Entry {
    std::string key;
    const std::string* text;
    std::uint32_t number;
  };
  std::vector<Entry> entries;
  entries.reserve(numbers_.size());
  for (const auto& [text, number] : numbers_) entries.push_back({folded_key(text), &text, number});
  // The order of bytes of UTF-8 is that of code points.
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.key, *a.text) < std::tie(b.key, *b.text);
  });
  std::vector<std::string> texts;
  std::vector<std::uint32_t> places(entries.size() + 1, 0);
  for (const Entry& entry : entries) {
    texts.push_back(*entry.text);
    places[entry.number] = static_cast<std::uint32_t>(texts.size());
  }
  return {std::move(texts), std::move(places)};
}

std::string_view Dictionary::text(std::uint32_t value) const {
  if (value == 0) damaged("a value has no text");
  const Range range = range_in(ends_, value - 1, texts_.size());
  return texts_.substr(range.begin, range.size());
}

// The first value for which `before` is not true; it is true for all before that one.
template <typename Before>
std::uint32_t Dictionary::first_not(Before before) const {
  std::size_t low = 1, high = size() + 1;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (before(text(static_cast<std::uint32_t>(middle)))) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<std::uint32_t>(low);
}

std::optional<std::uint32_t> Dictionary::find(std::string_view wanted) const {
  const std::string key = folded_key(wanted);
  const std::uint32_t value = first_not([&](std::string_view there) {
    const std::string there_key = folded_key(there);
    return std::tie(there_key, there) < std::tie(key, wanted);
  });
  if (value > size() || text(value) != wanted) return std::nullopt;
  return value;
}

std::pair<std::uint32_t, std::uint32_t> Dictionary::with_key(std::string_view key) const {
  return {first_not([&](std::string_view there) { return folded_key(there) < key; }),
          first_not([&](std::string_view there) { return folded_key(there) <= key; })};
}

}  // namespace kalima::columns
