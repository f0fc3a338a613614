#include "search/phrase_search.h"

#include <algorithm>

#include "search/lexemes.h"
#include "text/joined.h"

namespace kalima::search {

using text::Step;
using text::Word;

namespace {

// Words of longer phrases are not also sought as one with the next, unless that is spelling: a passage that was pasted
// has its words as the text has them.
constexpr std::size_t max_words_joined = 16;

const Matched* find(const Matches& list, std::uint32_t entry) {
  const auto it = std::lower_bound(list.begin(), list.end(), entry,
                                   [](const Matched& m, std::uint32_t wanted) { return m.entry < wanted; });
  return it != list.end() && it->entry == entry ? &*it : nullptr;
}

}  // namespace

bool next_word(const columns::CoreFile& core, const WordFile& file, std::uint32_t& verse,
               std::uint32_t& piece) {
  while (true) {
    const std::uint32_t end = file.first_piece(verse + 1);
    while (piece < end && !file.keys().has_letters(file.piece(piece).entry)) ++piece;
    if (piece < end) return true;
    if (verse + 1 >= file.verses() || core.surah(verse + 1) != core.surah(verse) ||
        core.ayah(verse + 1) != core.ayah(verse) + 1) {
      return false;
    }
    ++verse;
  }
}

void PhraseSearch::use(StepSet steps, std::vector<Matches> near) {
  steps_ = steps;
  near_ = std::move(near);
  ways_.assign(phrase_.size(), {});
  reached_.resize(phrase_.size() + 1);
  starts_.assign(file_.entries(), 0);
  starts_with_.clear();
  begins_with_any_ = false;
  if (phrase_.empty()) return;
  if (phrase_.front().kind == QueryWord::Kind::any_word) {
    for (std::uint32_t entry = 0; entry < file_.entries(); ++entry)
      starts_[entry] = file_.keys().has_letters(entry) ? 1 : 0;
    begins_with_any_ = true;
    return;
  }
  const auto mark = [&](std::uint32_t entry) {
    starts_[entry] = 1;
    starts_with_.push_back(entry);
  };
  const auto mark_all = [&](const Matches& list) {
    for (const Matched& m : list) mark(m.entry);
  };
  const Ways& first = ways(0);
  if (const WordSet* set = also(0)) std::ranges::for_each(set->entries, mark);
  mark_all(first.alone);
  for (const Join& join : first.joins) mark_all(join.matches);
  for (const Split& split : first.splits) mark_all(split.left);
}

Bits PhraseSearch::begins() const {
  Bits out(file_.pieces(), begins_with_any_);
  for (const std::uint32_t entry : starts_with_) {
    for (const std::uint32_t piece : file_.uses(entry)) out.set(below(piece, out.size()));
  }
  return out;
}

bool PhraseSearch::occurs(std::size_t word) {
  const Ways& own = ways(word);
  if (const WordSet* set = also(word); set != nullptr && !set->entries.empty()) return true;
  if (!own.alone.empty() || phrase_[word].kind == QueryWord::Kind::any_word) return true;
  if (!own.joins.empty()) return true;
  if (std::ranges::any_of(own.splits, [this](const Split& s) { return is_in_texts(s); })) return true;
  for (std::size_t before = word > text::max_joined ? word - text::max_joined : 0; before < word; ++before) {
    const auto over = [&](const Join& join) { return before + join.taken > word; };
    if (std::ranges::any_of(ways(before).joins, over)) return true;
  }
  return false;
}

bool PhraseSearch::is_in_texts(const Split& split) const {
  for (const Matched& left : split.left) {
    for (const std::uint32_t piece : file_.uses(left.entry)) {
      std::uint32_t verse = file_.verse_of(piece), next = piece + 1;
      if (next_word(core_, file_, verse, next) && find(split.right, file_.piece(next).entry) != nullptr)
        return true;
    }
  }
  return false;
}

const WordSet* PhraseSearch::also(std::size_t word) const { return phrase_[word].also.get(); }

const PhraseSearch::Ways& PhraseSearch::ways(std::size_t word) {
  Ways& out = ways_[word];
  if (out.made) return out;
  out.made = true;
  out.alone = alone(word);
  if (phrase_[word].kind == QueryWord::Kind::word && !phrase_[word].exact) {
    add_joins(word, out);
    add_splits(word, out);
  }
  return out;
}

bool PhraseSearch::proclitics_of(std::size_t word) const {
  return proclitics_ == Proclitics::yes || (proclitics_ == Proclitics::first && word == 0);
}

Matches PhraseSearch::alone(std::size_t word) {
  const QueryWord& sought = phrase_[word];
  const bool proclitics = proclitics_of(word);
  switch (sought.kind) {
    case QueryWord::Kind::any_word:
    case QueryWord::Kind::lexeme:
      return {};
    case QueryWord::Kind::pattern:
      return steps_.has(Step::folded) ? like(file_, sought.pattern, proclitics, expired_) : Matches{};
    case QueryWord::Kind::word:
      break;
  }
  if (sought.exact) return spelled(file_, sought.word, Step::exact, false, expired_);
  Step loosest = text::loosest_step;
  while (loosest > Step::exact && !steps_.has(loosest))
    loosest = static_cast<Step>(static_cast<std::uint8_t>(loosest) - 1);
  Matches out = spelled(file_, sought.word, loosest, proclitics, expired_);
  if (steps_.has(Step::no_article))
    out = either(out, without_article(file_, sought.word, proclitics, expired_));
  if (!near_.empty()) out = either(out, near_[word]);
  return out;
}

void PhraseSearch::add_joins(std::size_t word, Ways& out) {
  if (!steps_.has(Step::modern_spelling)) return;
  const Step loosest = steps_.has(Step::no_vowels)  ? Step::no_vowels
                       : steps_.has(Step::regional) ? Step::regional
                                                    : Step::modern_spelling;
  const bool others = steps_.has(Step::joined) && phrase_.size() <= max_words_joined;
  std::vector<std::u32string_view> words;
  for (std::size_t i = word; i < phrase_.size() && words.size() < text::max_joined; ++i) {
    if (phrase_[i].kind != QueryWord::Kind::word || phrase_[i].exact) break;
    words.push_back(phrase_[i].word.written);
    if (words.size() < 2) continue;
    for (const text::Joined& joined : text::joined(words)) {
      if (!joined.is_spelling && !others) continue;
      Matches matches = spelled(file_, Word(joined.word), loosest, proclitics_of(word), expired_);
      const Step step = joined.is_spelling ? Step::modern_spelling : Step::joined;
      if (!matches.empty()) out.joins.push_back({words.size(), step, std::move(matches)});
    }
  }
}

void PhraseSearch::add_splits(std::size_t word, Ways& out) {
  if (!steps_.has(Step::modern_spelling)) return;
  const std::u32string_view written = phrase_[word].word.written;
  if (written.size() > text::longest_word) return;
  for (const text::Cut& cut : text::cuts(written)) {
    const Step step = cut.is_spelling ? Step::modern_spelling : Step::split;
    if (!steps_.has(step)) continue;
    Matches right = spelled(file_, Word(written.substr(cut.at)), Step::regional,
                            proclitics_ == Proclitics::yes, expired_);
    if (right.empty()) continue;
    Matches left =
        spelled(file_, Word(written.substr(0, cut.at)), Step::regional, proclitics_of(word), expired_);
    if (!left.empty()) out.splits.push_back({step, std::move(left), std::move(right)});
  }
}

void PhraseSearch::reach(std::size_t word, const State& state) {
  for (State& known : reached_[word]) {
    if (known.at != state.at || known.verse != state.verse) continue;
    if (state.step < known.step) known = state;
    return;
  }
  reached_[word].push_back(state);
}

void PhraseSearch::expand(std::size_t word, std::uint32_t index) {
  const State state = reached_[word][index];
  std::uint32_t verse = state.verse, at = state.at;
  if (!next_word(core_, file_, verse, at)) return;
  const std::uint32_t entry = file_.piece(at).entry;
  const auto step_to = [&](std::size_t taken, const Matched& m, Step min_step) {
    const Step step = std::max({state.step, m.step, min_step});
    reach(word + taken, {verse,
                         at + 1,
                         step,
                         index,
                         static_cast<std::uint8_t>(taken),
                         1,
                         {PathWord{at, m.begin, std::max(m.step, min_step)}, PathWord{}}});
  };
  if (phrase_[word].kind == QueryWord::Kind::any_word)
    return step_to(1, {entry, 0, Step::exact}, Step::exact);
  const Ways& own = ways(word);
  if (const Matched* m = find(own.alone, entry)) step_to(1, *m, Step::exact);
  if (const WordSet* set = also(word); set != nullptr) {
    const std::uint32_t number = file_.piece(at).word;
    const columns::Range words = core_.words_of(verse);
    if (number != 0 && words.begin + number <= words.end && set->words.test(words.begin + number - 1))
      step_to(1, {entry, 0, set->step}, Step::exact);
  }
  for (const Join& join : own.joins) {
    if (const Matched* m = find(join.matches, entry)) step_to(join.taken, *m, join.step);
  }
  for (const Split& split : own.splits) {
    const Matched* left = find(split.left, entry);
    if (left == nullptr) continue;
    std::uint32_t next_verse = verse, next = at + 1;
    if (!next_word(core_, file_, next_verse, next)) continue;
    const Matched* right = find(split.right, file_.piece(next).entry);
    if (right == nullptr) continue;
    const Step step = std::max({state.step, left->step, right->step, split.step});
    reach(word + 1, {next_verse,
                     next + 1,
                     step,
                     index,
                     1,
                     2,
                     {PathWord{at, left->begin, std::max(left->step, split.step)},
                      PathWord{next, right->begin, std::max(right->step, split.step)}}});
  }
}

std::size_t PhraseSearch::words_from(std::uint32_t verse, std::uint32_t piece) {
  const std::size_t size = phrase_.size();
  for (std::size_t word = 0; word <= furthest_; ++word) reached_[word].clear();
  furthest_ = 0;
  reached_[0].assign(1, {verse, piece, Step::exact, 0, 0, 0, {}});
  for (std::size_t word = 0; word < size && word <= furthest_; ++word) {
    for (std::uint32_t i = 0; i < reached_[word].size(); ++i) {
      expand(word, i);
      for (std::size_t next = furthest_ + 1; next <= std::min(word + text::max_joined, size); ++next) {
        if (!reached_[next].empty()) furthest_ = next;
      }
    }
  }
  return furthest_;
}

const Path* PhraseSearch::from(std::uint32_t verse, std::uint32_t piece) {
  const std::size_t size = phrase_.size();
  words_from(verse, piece);
  const auto& ends = reached_[size];
  const auto best = std::ranges::min_element(ends, {}, &State::step);
  const bool found = best != ends.end();
  if (found) {
    path_.step = best->step;
    path_.words.clear();
    std::size_t word = size;
    for (State state = *best; word > 0;) {
      for (std::size_t i = state.pieces; i-- > 0;) path_.words.push_back(state.words[i]);
      word -= state.taken;
      state = reached_[word][state.from];
    }
    std::ranges::reverse(path_.words);
  }
  return found ? &path_ : nullptr;
}

}  // namespace kalima::search
