#include "search/latin_search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "search/occurrences.h"
#include "text/proclitics.h"

namespace kalima::search {

using text::Agreement;
using text::LatinText;
using text::Sound;
using text::Step;

namespace {

// Verses between two checks of the clock.
constexpr std::uint32_t verses_between_checks = 256;

// The letters with which a word may begin from a sound on.
std::uint32_t letters_from(const std::vector<Sound>& sounds, std::size_t from) {
  std::uint32_t out = 0;
  for (std::size_t i = from; i < sounds.size(); ++i) {
    if (sounds[i].kind != Sound::Kind::consonant) continue;
    out |= text::letter_bit(sounds[i].letter);
    if (!sounds[i].optional) return out;
  }
  return ~std::uint32_t{0};  // only vowels, or what need not be written
}

class LatinSearch {
 public:
  LatinSearch(const columns::CoreFile& core, const WordFile& file, const SoundsOfWords& sounds,
              const LatinText& typed, const TextOptions& options)
      : core_(core), file_(file), sounds_(sounds), typed_(typed), options_(options) {}

  TextFound run() {
    const Step wanted =
        options_.loosest.value_or(typed_.has_vowels() ? Step::transliteration : Step::consonants);
    found_.loosest = Step::transliteration;
    if (typed_.has_vowels()) {
      if (typed_.has_lengths()) walk(Agreement::lengths, false);
      if (places_.empty()) walk(Agreement::vowels, false);
      if (places_.empty()) walk(Agreement::vowels, true);
    }
    if (places_.empty() && wanted == Step::consonants) {
      found_.loosest = Step::consonants;
      walk(Agreement::consonants, false);
      if (places_.empty()) walk(Agreement::consonants, true);
    }
    count_occurrences(file_, places_, found_);
    list_occurrences(
        file_, places_, options_, [](const Occurrence&) { return 1; },
        [&](const Occurrence& o) { return from(o.verse, o.piece); }, found_);
    return std::move(found_);
  }

 private:
  // The starts of an entry that are tried.
  bool may_start(const SoundsOfWords::Start& start) const {
    if (start.after_article) return articles_;
    return start.begin == 0 || options_.proclitics != Proclitics::no;
  }

  void walk(Agreement agreement, bool articles) {
    agreement_ = agreement;
    articles_ = articles;
    const std::uint32_t letters = typed_.first_letters();
    candidates_.assign(sounds_.entries(), 0);
    for (std::uint32_t entry = 0; entry < sounds_.entries(); ++entry) {
      for (const SoundsOfWords::Start& start : sounds_.starts(entry)) {
        if ((start.letters & letters) == 0 || !may_start(start)) continue;
        LatinText::Positions now = typed_.start();
        read_first(entry, start, now);
        if (!now.empty()) candidates_[entry] = 1;
      }
    }
    for (std::uint32_t verse = 0; verse < file_.verses(); ++verse) {
      if (verse % verses_between_checks == 0 && options_.expired()) {
        found_.partial = true;
        return;
      }
      if (!options_.verses.empty() && options_.verses[verse] == 0) continue;
      const std::uint32_t end = file_.first_piece(verse + 1);
      for (std::uint32_t piece = file_.first_piece(verse); piece < end; ++piece) {
        if (candidates_[file_.piece(piece).entry] == 0) continue;
        if (const Path* path = from(verse, piece)) {
          const bool particle = path->words.front().begin != 0 && !articles_;
          places_.push_back({verse, piece, 0, path->step, particle, false});
        }
      }
    }
  }

  // What of the text is read after the first word. Its article is not left out, although it may be silent.
  void read_first(std::uint32_t entry, const SoundsOfWords::Start& start, LatinText::Positions& now) {
    const std::vector<Sound>& sounds = sounds_.sounds(entry);
    read(sounds, start.sound, start.article_end, now);
    if (start.article_end > start.sound) std::erase(now, std::uint16_t{0});
    read(sounds, std::max(start.sound, start.article_end), sounds.size(), now);
  }

  // What of the text is read after some sounds of a word.
  void read(const std::vector<Sound>& sounds, std::size_t from, std::size_t end, LatinText::Positions& now) {
    for (std::size_t i = from; i < end && !now.empty(); ++i) {
      typed_.after(now, sounds[i], i + 1 == sounds.size(), agreement_, next_);
      std::swap(now, next_);
    }
  }

  // The shortest way to read all that was typed from the piece on.
  const Path* from(std::uint32_t verse, std::uint32_t piece) {
    const std::uint32_t entry = file_.piece(piece).entry;
    const Step step = agreement_ == Agreement::consonants ? Step::consonants : Step::transliteration;
    for (const SoundsOfWords::Start& start : sounds_.starts(entry)) {
      if (!may_start(start)) continue;
      LatinText::Positions now = typed_.start();
      path_.step = step;
      path_.words.assign(1, {piece, start.begin, step});
      read_first(entry, start, now);
      std::uint32_t in_verse = verse, at = piece + 1;
      while (!now.empty()) {
        if (typed_.at_end(now, agreement_)) return &path_;
        if (!next_word(core_, file_, in_verse, at)) break;
        path_.words.push_back({at, 0, step});
        const std::vector<Sound>& sounds = sounds_.sounds(file_.piece(at).entry);
        read(sounds, 0, sounds.size(), now);
        ++at;
      }
    }
    return nullptr;
  }

  const columns::CoreFile& core_;
  const WordFile& file_;
  const SoundsOfWords& sounds_;
  const LatinText& typed_;
  const TextOptions& options_;
  Agreement agreement_ = Agreement::vowels;
  bool articles_ = false;
  std::vector<std::uint8_t> candidates_;  // by entry
  std::vector<Occurrence> places_;
  LatinText::Positions next_;
  Path path_;
  TextFound found_;
};

}  // namespace

SoundsOfWords::SoundsOfWords(const WordFile& file) : sounds_(file.entries()), starts_(file.entries()) {
  for (std::uint32_t entry = 0; entry < file.entries(); ++entry) {
    if (!file.keys().has_letters(entry)) continue;
    sounds_[entry] = text::sounds(text::letters(file.entry(entry)));
  }
  // The first sound from a code point on; nullopt at the end.
  const auto sound_at = [&](std::uint32_t entry, std::uint32_t begin) -> std::optional<std::uint32_t> {
    const std::vector<Sound>& sounds = sounds_[entry];
    const auto first = std::ranges::find_if(sounds, [&](const Sound& s) { return s.begin >= begin; });
    if (first == sounds.end()) return std::nullopt;
    return static_cast<std::uint32_t>(first - sounds.begin());
  };
  const auto add = [&](std::uint32_t entry, std::uint32_t begin, bool after_article,
                       std::uint32_t article_end) {
    const auto sound = sound_at(entry, begin);
    if (!sound) return;
    const auto known = [&](const Start& s) { return s.sound == *sound; };
    if (std::ranges::any_of(starts_[entry], known)) return;
    starts_[entry].push_back(
        {*sound, begin, letters_from(sounds_[entry], *sound), after_article, article_end});
  };
  for (const bool after_article : {false, true}) {
    for (std::size_t form = 0; form < file.keys().forms(); ++form) {
      const KeyedWord& word = file.keys().form_word(form);
      // Of an elided article its ل is left.
      const auto end = word.part() == KeyedWord::Part::elided
                           ? std::optional(word.begin() + 1)
                           : text::after_article(file.entry(word.entry), word.begin());
      if (after_article) {
        if (end) add(word.entry, *end, true, 0);
      } else {
        add(word.entry, word.begin(), false, end ? sound_at(word.entry, *end).value_or(0) : 0);
      }
    }
  }
}

TextFound search_latin(const columns::CoreFile& core, const WordFile& file, const SoundsOfWords& sounds,
                       const LatinText& typed, const TextOptions& options) {
  return LatinSearch(core, file, sounds, typed, options).run();
}

}  // namespace kalima::search
