#include "search/lexemes.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/letters.h"
#include "text/transliterations.h"
#include "text/unicode.h"

namespace kalima::search {

using attributes::Attribute;
using text::Step;

namespace {

// Whether the sounds are what is written, as a whole.
bool sounds_so(const text::LatinText& typed, const std::vector<text::Sound>& sounds,
               text::Agreement agreement) {
  text::LatinText::Positions now = typed.start(), next;
  for (std::size_t i = 0; i < sounds.size() && !now.empty(); ++i) {
    typed.after(now, sounds[i], i + 1 == sounds.size(), agreement, next);
    std::swap(now, next);
  }
  return typed.at_end(now, agreement);
}

// Homonyms have a number at the end.
std::string_view without_number(std::string_view lemma) {
  const std::size_t end = lemma.find_last_not_of("0123456789");
  return lemma.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

}  // namespace

Lexemes::Lexemes(const columns::CoreFile& core, const WordFile& file) : core_(core), file_(file) {
  std::vector<std::pair<std::uint32_t, Lexeme>> all;
  for (std::size_t verse = 0; verse < file.verses(); ++verse) {
    const columns::Range words = core.words_of(verse);
    for (std::uint32_t i = file.first_piece(verse); i < file.first_piece(verse + 1); ++i) {
      const Piece piece = file.piece(i);
      if (piece.word == 0 || words.begin + piece.word > words.end) continue;
      const columns::Range segments = core.segments_of(words.begin + piece.word - 1);
      for (std::size_t s = segments.begin; s < segments.end; ++s) {
        for (const Attribute attribute : {Attribute::root, Attribute::lemma}) {
          if (const std::uint32_t value = core.value(attribute, s); value != 0)
            all.push_back({piece.entry, {attribute, value}});
        }
      }
    }
  }
  const auto key = [](const auto& of) { return std::tuple(of.first, of.second.attribute, of.second.value); };
  std::ranges::sort(all, {}, key);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  first_.assign(file.entries() + 1, 0);
  for (const auto& [entry, lexeme] : all) {
    ++first_[entry + 1];
    of_entry_.push_back(lexeme);
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];

  for (std::uint32_t value = 1; value <= core.values(Attribute::lemma); ++value) {
    const std::string lemma = core.text(Attribute::lemma, value);
    text::Word word(utf8::to_code_points(without_number(lemma)));
    std::vector<text::Sound> sounds = text::sounds(word.letters);
    lemmas_.push_back({value, std::move(word), std::move(sounds)});
  }
  std::vector<std::uint32_t> words;
  for (std::uint32_t value = 1; value <= core.values(Attribute::root); ++value) {
    const std::string root = core.text(Attribute::root, value);
    const std::uint32_t count = core.counts(Attribute::root, value).words;
    if (count == 0 || text::stripped(root).empty()) continue;
    root_names_.push_back(text::buckwalter_from_arabic(root).value_or(root));
    root_values_.push_back(value);
    words.push_back(count);
  }
  const std::vector<std::string_view> names(root_names_.begin(), root_names_.end());
  roots_ = std::make_unique<RootFinder>(names, words);
  for (std::size_t i = 0; i < names.size(); ++i) roots_by_name_.emplace(names[i], root_values_[i]);
}

std::optional<std::uint32_t> Lexemes::root_written(std::string_view typed) const {
  const auto found = roots_by_name_.find(text::stripped(typed));
  return found == roots_by_name_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Lexeme> Lexemes::lemmas_named(std::string_view typed) const {
  const auto stored = [&](std::string_view name) -> std::vector<Lexeme> {
    if (const auto value = core_.find(Attribute::lemma, text::nfc(name))) return {{Attribute::lemma, *value}};
    return {};
  };
  if (auto found = stored(typed); !found.empty()) return found;
  if (const auto arabic = text::arabic_from_buckwalter(typed)) {
    if (auto found = stored(*arabic); !found.empty()) return found;
  }
  std::vector<Lexeme> out;
  const std::u32string code_points = utf8::to_code_points(typed);
  if (std::ranges::any_of(code_points, text::is_arabic_letter)) {
    const text::Word word(code_points);
    const std::string key = text::match_key(word.letters);
    Step best = text::loosest_step;
    for (const Lemma& lemma : lemmas_) {
      if (text::match_key(lemma.word.letters) != key) continue;
      const auto step = text::match(word, lemma.word, best);
      if (!step) continue;
      if (*step < best) out.clear();
      best = *step;
      out.push_back({Attribute::lemma, lemma.value});
    }
    return out;
  }
  const auto latin = text::LatinText::read(typed);
  if (!latin) return out;
  for (const text::Agreement agreement :
       {text::Agreement::lengths, text::Agreement::vowels, text::Agreement::consonants}) {
    if (agreement == text::Agreement::lengths && !latin->has_lengths()) continue;
    // Vowels that were typed count.
    if (agreement == text::Agreement::consonants && latin->has_vowels()) break;
    for (const Lemma& lemma : lemmas_) {
      if (sounds_so(*latin, lemma.sounds, agreement)) out.push_back({Attribute::lemma, lemma.value});
    }
    if (!out.empty()) break;
  }
  return out;
}

std::vector<Lexeme> Lexemes::named(Attribute attribute, std::string_view typed) const {
  if (attribute == Attribute::lemma) return lemmas_named(typed);
  if (typed.size() > longest_root_input) return {};
  if (const auto written = root_written(typed)) return {{Attribute::root, *written}};
  const std::vector<RootCandidate> found = roots_->find(typed);
  if (found.empty()) return {};
  return {{Attribute::root, root_values_[found.front().root]}};
}

bool Lexemes::is_root(std::string_view typed) const {
  if (typed.size() > longest_root_input) return false;
  if (root_written(typed)) return true;
  const std::vector<RootCandidate> found = roots_->find(typed);
  return !found.empty() &&
         (found.front().match == RootMatch::exact || found.front().match == RootMatch::arabic);
}

std::vector<Lexeme> Lexemes::of(std::span<const std::uint32_t> entries, Attribute attribute) const {
  // With the number of words, read once: what is sorted by must not change in between, as a mapped file may.
  std::vector<std::pair<std::size_t, Lexeme>> found;
  for (const std::uint32_t entry : entries) {
    for (std::size_t i = first_[entry]; i < first_[entry + 1]; ++i) {
      const Lexeme& lexeme = of_entry_[i];
      if (lexeme.attribute == attribute &&
          std::ranges::find(found, lexeme, &std::pair<std::size_t, Lexeme>::second) == found.end())
        found.emplace_back(core_.counts(attribute, lexeme.value).words, lexeme);
    }
  }
  std::ranges::stable_sort(found, std::greater(), &std::pair<std::size_t, Lexeme>::first);
  std::vector<Lexeme> out;
  for (const auto& [words, lexeme] : found) out.push_back(lexeme);
  return out;
}

std::shared_ptr<const WordSet> Lexemes::words(std::span<const Lexeme> lexemes) const {
  auto out = std::make_shared<WordSet>();
  out->step = !lexemes.empty() && lexemes.front().attribute == Attribute::lemma ? Step::lemma : Step::root;
  out->words = Bits(core_.words());
  for (const Lexeme& lexeme : lexemes) {
    for (const std::uint32_t word : core_.postings(lexeme.attribute, lexeme.value).words()) {
      out->words.set(word);
      const std::size_t verse = core_.verse_of(word);
      const std::size_t number = word - core_.words_of(verse).begin + 1;
      for (std::uint32_t i = file_.first_piece(verse); i < file_.first_piece(verse + 1); ++i) {
        const Piece piece = file_.piece(i);
        if (piece.word == number && file_.keys().has_letters(piece.entry))
          out->entries.push_back(piece.entry);
      }
    }
  }
  std::ranges::sort(out->entries);
  out->entries.erase(std::unique(out->entries.begin(), out->entries.end()), out->entries.end());
  return out;
}

std::vector<std::uint32_t> entries_of(const WordFile& file, const text::Word& word, const Expired& expired) {
  Matches found = spelled(file, word, text::loosest_step, true, expired);
  if (found.empty()) found = without_article(file, word, true, expired);
  Step best = Step::no_article;
  for (const Matched& m : found) best = std::min(best, m.step);
  std::vector<std::uint32_t> out;
  for (const Matched& m : found) {
    if (m.step == best) out.push_back(m.entry);
  }
  return out;
}

void find_lexemes(const Lexemes& lexemes, const WordFile& file, std::optional<Step> step,
                  const Expired& expired, TextQuery& query) {
  const bool derived = step == Step::lemma || step == Step::root;
  const Attribute attribute = step == Step::lemma ? Attribute::lemma : Attribute::root;
  for (std::vector<Phrase>* phrases : {&query.phrases, &query.excluded}) {
    for (Phrase& phrase : *phrases) {
      for (QueryWord& word : phrase) {
        if (word.kind == QueryWord::Kind::lexeme) {
          std::string typed;
          for (const char32_t c : word.word.written) utf8::append(typed, c);
          word.also = lexemes.words(lexemes.named(word.attribute, typed));
        } else if (derived && phrases == &query.phrases && word.kind == QueryWord::Kind::word &&
                   !word.exact) {
          word.also = lexemes.words(lexemes.of(entries_of(file, word.word, expired), attribute));
        }
      }
    }
  }
}

}  // namespace kalima::search
