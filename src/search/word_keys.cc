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

WordKeys::WordKeys(const Container& file, std::uint32_t base, Rows<std::uint32_t> offsets)
    : offsets_(offsets),
      keys_(file.values<std::uint32_t>(base + key_offsets), file.bytes(base + key_bytes)),
      first_(file.values<std::uint32_t>(base + first_words)),
      words_(file.values<KeyedWord>(base + words)),
      has_letters_(file.values<std::uint8_t>(base + letters)),
      form_words_(file.values<KeyedWord>(base + form_words)),
      form_offsets_(file.values<std::uint32_t>(base + form_offsets)),
      forms_(file.text(base + form_letters)) {
  const auto divides = [](const Rows<std::uint32_t>& starts, std::size_t parts, std::size_t size) {
    return starts.size() == parts + 1 && starts.front() == 0 && starts.back() == size;
  };
  if (offsets_.size() != has_letters_.size() + 1 || !divides(first_, keys_.size(), words_.size()) ||
      !divides(form_offsets_, form_words_.size(), forms_.size()))
    throw Error(ErrorCode::bad_input, "the index file is damaged (word keys)");
}

KeyedWord WordKeys::fitting(KeyedWord word) const {
  const std::uint32_t begin = offsets_[word.entry], end = offsets_[std::size_t{word.entry} + 1];
  if (end < begin || word.begin() >= end - begin || end - begin > text::longest_word ||
      word.part() > KeyedWord::Part::after_article)
    damaged_index("a word is not in the vocabulary");
  return word;
}

std::vector<KeyedWord> WordKeys::find(std::string_view key) const {
  const std::size_t place =
      first_not(keys_.size(), [&](std::size_t at) { return keys_[static_cast<StringId>(at)] < key; });
  std::vector<KeyedWord> found;
  if (place == keys_.size() || keys_[static_cast<StringId>(place)] != key) return found;
  const Rows<KeyedWord> rows = words_.part(first_[place], first_[place + 1]);
  found.reserve(rows.size());
  for (const KeyedWord word : rows) found.push_back(fitting(word));
  return found;
}

}  // namespace kalima::search
