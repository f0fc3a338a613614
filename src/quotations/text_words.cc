#include "quotations/text_words.h"

#include <algorithm>

#include "text/joined.h"

namespace kalima::quotations {
TextWords::TextWords(std::u32string_view text, const search::WordFile& file, const CorpusWords& corpus)
    : file_(file), corpus_(corpus), tokens_(text::tokens(text)), class_of_entry_(file.entries()) {
  for (const text::Token& token : tokens_) alone_.push_back(add_form(token.word));
  for (std::size_t word = 0; word < tokens_.size(); ++word) {
    const std::size_t end = word == 0 ? 0 : tokens_[word - 1].end;
    const std::u32string_view between = text.substr(end, tokens_[word].begin - end);
    const auto has = [&](std::u32string_view any) { return between.find_first_of(any) != between.npos; };
    // Lines end anywhere; an empty line, and U+2029, end a paragraph.
    const bool paragraph = std::ranges::count(between, U'\n') > 1 || has(U"\u2029");
    breaks_.push_back(has(U".؟!؛?;:") || paragraph ? Break::sentence
                      : has(U"،,")                 ? Break::comma
                                                   : Break::none);
  }
  first_item_.push_back(0);
  std::vector<std::u32string_view> words;
  for (std::uint32_t first = 0; first < tokens_.size(); ++first) {
    if (forms_[alone_[first]].of_class != 0) items_.push_back({first, 1, alone_[first]});
    words.clear();
    for (std::uint32_t i = first; i < tokens_.size() && words.size() < text::max_joined; ++i)
      words.push_back(tokens_[i].word);
    for (std::size_t size = 2; size <= words.size(); ++size) {
      for (const text::Joined& joined : text::joined(std::span(words).first(size))) {
        if (!joined.is_spelling) continue;
        const std::uint32_t form = add_form(joined.word);
        if (forms_[form].of_class != 0) items_.push_back({first, static_cast<std::uint32_t>(size), form});
      }
    }
    first_item_.push_back(static_cast<std::uint32_t>(items_.size()));
  }
}

std::uint32_t TextWords::add_form(std::u32string_view word) {
  const auto [at, is_new] =
      form_numbers_.try_emplace(std::u32string(word), static_cast<std::uint32_t>(forms_.size()));
  if (!is_new) return at->second;
  Form form{Spelled(word), 0, 0};
  // أو and يا have no consonants, and are words all the same.
  if (form.spelled.comparable() && !form.spelled.word.letters.empty()) {
    const auto [known, is_first] =
        class_numbers_.try_emplace(form.spelled.key, static_cast<std::uint32_t>(class_bits_.size()));
    if (is_first) {
      std::uint32_t uses = 0;
      for (const search::KeyedWord& keyed : file_.keys().find(form.spelled.key)) {
        if (keyed.begin() != 0 || keyed.part() != search::KeyedWord::Part::rest) continue;
        uses += corpus_.frequency(keyed.entry);
        class_of_entry_[keyed.entry] = known->second;
      }
      class_bits_.push_back(uses == 0 ? 0 : corpus_.bits(uses));
    }
    form.bits = class_bits_[known->second];
    form.of_class = form.bits > 0 ? known->second : 0;
  }
  forms_.push_back(std::move(form));
  return at->second;
}

std::optional<text::Step> TextWords::step(std::uint32_t form, std::uint32_t entry) {
  const auto [at, is_new] = steps_.try_emplace(std::uint64_t{form} << 32 | entry, 0);
  if (is_new) {
    const Spelled &typed = forms_[form].spelled, &written = entries_[entry];
    if (typed.comparable() && written.comparable() && typed.key == written.key) {
      if (const auto step = text::match(typed.word, written.word))
        at->second = static_cast<std::uint8_t>(static_cast<std::uint8_t>(*step) + 1);
    }
  }
  if (at->second == 0) return std::nullopt;
  return static_cast<text::Step>(at->second - 1);
}

}  // namespace kalima::quotations
