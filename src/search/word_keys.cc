#include "search/word_keys.h"

#include <algorithm>

#include "support/error.h"
#include "text/ladder.h"
#include "text/proclitics.h"

namespace kalima::search {
namespace {

enum Part : std::uint32_t { key_offsets, key_bytes, first_words, words, letters };
static_assert(letters + 1 == word_keys_sections);

}  // namespace

void WordKeysBuilder::add(std::u32string_view word, std::optional<std::size_t> max_prefixes) {
  const std::uint32_t entry = words_++;
  const text::Letters read = text::letters(word);
  has_letters_.push_back(std::any_of(read.begin(), read.end(), [](const auto& l) { return !l.small; }) ? 1
                                                                                                       : 0);
  if (has_letters_.back() == 0 || word.size() > text::longest_word) return;
  by_key_[text::match_key(read)].push_back({entry, 0});
  for (const text::Proclitic& p : text::proclitics(word)) {
    if (max_prefixes && p.particles > *max_prefixes) continue;
    const std::string key = text::match_key(text::letters(word.substr(p.size)));
    by_key_[key].push_back({entry, p.size << 1 | (p.elided_article ? 1u : 0u)});
  }
}

void WordKeysBuilder::write(ContainerWriter& out, std::uint32_t base) const {
  StringListBuilder keys;
  std::vector<std::uint32_t> first{0};
  std::vector<KeyedWord> all;
  for (const auto& [key, found] : by_key_) {
    keys.add(std::string_view(key));
    all.insert(all.end(), found.begin(), found.end());
    first.push_back(static_cast<std::uint32_t>(all.size()));
  }
  out.add(base + key_offsets, keys.offsets());
  out.add_bytes(base + key_bytes, keys.bytes());
  out.add(base + first_words, first);
  out.add(base + words, all);
  out.add(base + letters, has_letters_);
}

WordKeys::WordKeys(const Container& file, std::uint32_t base, std::span<const std::uint32_t> offsets)
    : keys_(file.values<std::uint32_t>(base + key_offsets), file.bytes(base + key_bytes)),
      first_(file.values<std::uint32_t>(base + first_words)),
      words_(file.values<KeyedWord>(base + words)),
      has_letters_(file.values<std::uint8_t>(base + letters)) {
  const auto require = [](bool holds) {
    if (!holds) throw Error(ErrorCode::bad_input, "the index file is damaged (word keys)");
  };
  require(!offsets.empty() && has_letters_.size() == offsets.size() - 1);
  require(first_.size() == keys_.size() + 1 && first_.front() == 0 && first_.back() == words_.size());
  require(std::is_sorted(first_.begin(), first_.end()));
  for (const KeyedWord& word : words_) {
    require(word.entry < has_letters_.size());
    const std::uint32_t size = offsets[word.entry + 1] - offsets[word.entry];
    require(word.begin() < size && size <= text::longest_word);
  }
}

std::span<const KeyedWord> WordKeys::find(std::string_view key) const {
  std::size_t low = 0, high = keys_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (keys_[static_cast<StringId>(middle)] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == keys_.size() || keys_[static_cast<StringId>(low)] != key) return {};
  return words_.subspan(first_[low], first_[low + 1] - first_[low]);
}

}  // namespace kalima::search
