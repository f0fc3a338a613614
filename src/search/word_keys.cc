#include "search/word_keys.h"

#include <algorithm>

#include "support/error.h"
#include "text/near.h"
#include "text/proclitics.h"
#include "text/tokens.h"

namespace kalima::search {
namespace {

enum KeySection : std::uint32_t {
  key_offsets,
  key_bytes,
  first_words,
  words,
  letters,
  form_words,
  form_offsets,
  form_letters,
};
static_assert(form_letters + 1 == word_keys_sections);

// Where what follows the article begins, in a word that goes on at `begin` after its proclitics; in لِلْمُتَّقِينَ the
// article is only a lam there.
std::optional<std::uint32_t> article_end(std::u32string_view word, std::uint32_t begin, bool elided) {
  if (!elided) return text::after_article(word, begin);
  const text::Letters rest = text::letters(word.substr(begin));
  if (rest.size() < 3) return std::nullopt;
  return begin + rest[1].begin;
}

}  // namespace

text::Word compared_word(std::u32string_view rest, KeyedWord::Part part) {
  text::Word word(rest);
  if (part != KeyedWord::Part::elided) return word;
  // The name of God has the lam of the article and its own.
  const bool god = word.letters.size() == 2 && word.letters[0].base == U'\u0644' &&
                   word.letters[0].has(text::shadda) && word.letters[1].base == U'\u0647';
  if (god) return text::Word(std::u32string(U"\u0671\u0644").append(rest));
  return text::Word::with_prefix(U'\u0671', rest);
}

void WordKeysBuilder::add_key(std::u32string_view rest, KeyedWord word) {
  const text::Letters read = compared_word(rest, word.part()).letters;
  by_key_[text::match_key(read)].push_back(word);
  if (word.part() != KeyedWord::Part::after_article) add_forms(read, word);
}

void WordKeysBuilder::add_forms(const text::Letters& rest, KeyedWord word) {
  const text::NearForm near(rest);
  const auto add = [&](std::u32string_view form) {
    forms_.insert(forms_.end(), form.begin(), form.end());
    form_offsets_.push_back(static_cast<std::uint32_t>(forms_.size()));
    form_words_.push_back(word);
  };
  add(near.with_alifs);
  if (near.without_alifs != near.with_alifs) add(near.without_alifs);
}

void WordKeysBuilder::add(std::u32string_view word, std::optional<std::size_t> max_prefixes) {
  using Part = KeyedWord::Part;
  const std::uint32_t entry = words_++;
  const bool is_word = !text::tokens(word).empty();
  has_letters_.push_back(is_word ? 1 : 0);
  if (!is_word || word.size() > text::longest_word) return;
  add_key(word, KeyedWord::make(entry, 0, Part::rest));
  const auto ways = text::proclitics(word);
  const auto known = [&](const text::Proclitic& p) { return !max_prefixes || p.particles <= *max_prefixes; };
  for (const text::Proclitic& p : ways) {
    if (known(p))
      add_key(word.substr(p.size),
              KeyedWord::make(entry, p.size, p.elided_article ? Part::elided : Part::rest));
  }
  const auto add_article = [&](std::uint32_t begin, bool elided) {
    const auto end = article_end(word, begin, elided);
    if (end) add_key(word.substr(*end), KeyedWord::make(entry, *end, Part::after_article));
  };
  add_article(0, false);
  for (const text::Proclitic& p : ways) {
    if (known(p)) add_article(p.size, p.elided_article);
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
  out.add(base + form_words, form_words_);
  out.add(base + form_offsets, form_offsets_);
  out.add(base + form_letters, forms_);
}

WordKeys::WordKeys(const Container& file, std::uint32_t base, std::span<const std::uint32_t> offsets)
    : keys_(file.values<std::uint32_t>(base + key_offsets), file.bytes(base + key_bytes)),
      first_(file.values<std::uint32_t>(base + first_words)),
      words_(file.values<KeyedWord>(base + words)),
      has_letters_(file.values<std::uint8_t>(base + letters)),
      form_words_(file.values<KeyedWord>(base + form_words)),
      form_offsets_(file.values<std::uint32_t>(base + form_offsets)),
      forms_(file.values<char32_t>(base + form_letters)) {
  const auto require = [](bool holds) {
    if (!holds) throw Error(ErrorCode::bad_input, "the index file is damaged (word keys)");
  };
  require(!offsets.empty() && has_letters_.size() == offsets.size() - 1);
  require(first_.size() == keys_.size() + 1 && first_.front() == 0 && first_.back() == words_.size());
  require(std::is_sorted(first_.begin(), first_.end()));
  const auto fits = [&](const KeyedWord& word) {
    if (word.entry >= has_letters_.size() || word.part() > KeyedWord::Part::after_article) return false;
    const std::uint32_t size = offsets[word.entry + 1] - offsets[word.entry];
    return word.begin() < size && size <= text::longest_word;
  };
  require(std::ranges::all_of(words_, fits) && std::ranges::all_of(form_words_, fits));
  require(form_offsets_.size() == form_words_.size() + 1 && form_offsets_.front() == 0 &&
          form_offsets_.back() == forms_.size() && std::ranges::is_sorted(form_offsets_));
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
