#include "search/latin_search.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "search/occurrences.h"
#include "support/bits.h"
#include "text/proclitics.h"

namespace kalima::search {

using text::Agreement;
using text::LatinText;
using text::Sound;
using text::Step;

namespace {

// Pieces between two checks of the clock.
constexpr std::size_t pieces_between_checks = 1024;

// All that counts of a sound when it is read, and what is done after it.
std::uint64_t reading_key(const Sound& sound, bool last, bool ends_article) {
  return std::uint64_t{sound.letter} | std::uint64_t{sound.vowels} << 24 |
         static_cast<std::uint64_t>(sound.kind) << 32 | std::uint64_t{sound.is_long} << 36 |
         std::uint64_t{sound.optional} << 37 | std::uint64_t{sound.doubled} << 38 |
         std::uint64_t{last} << 39 | std::uint64_t{ends_article} << 40;
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
      if (places_.empty()) {
        walk(Agreement::vowels, true);
      } else {
        add_further(Step::no_article);
      }
    }
    if (places_.empty() && wanted == Step::consonants) {
      found_.loosest = Step::consonants;
      walk(Agreement::consonants, false);
      if (places_.empty()) walk(Agreement::consonants, true);
    }
    count_occurrences(places_, found_);
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

  // How many there are beside those found if an article was left out.
  void add_further(Step step) {
    if (options_.loosest || found_.partial) return;
    const Agreement agreement = agreement_;
    std::vector<Occurrence> found = std::exchange(places_, {});
    walk(agreement, true);
    std::optional<std::uint32_t> last;
    Count& count = found_.further[static_cast<std::size_t>(step)];
    for (const Occurrence& o : places_) {
      const auto at = std::ranges::lower_bound(found, std::pair(o.verse, o.piece), {}, place_of);
      if (at != found.end() && place_of(*at) == place_of(o)) continue;
      ++count.hits;
      if (last != o.verse) ++count.verses;
      last = o.verse;
    }
    places_ = std::move(found);
    articles_ = false;
    first_reads_.clear();
  }
  static std::pair<std::uint32_t, std::uint32_t> place_of(const Occurrence& o) { return {o.verse, o.piece}; }

  void walk(Agreement agreement, bool articles) {
    agreement_ = agreement;
    articles_ = articles;
    first_reads_.clear();
    Bits pieces(file_.pieces());
    each_candidate([&](std::uint32_t entry) {
      for (const std::uint32_t piece : file_.uses(entry)) pieces.set(below(piece, pieces.size()));
    });
    VersesOfPieces verses(file_);
    std::size_t looked_at = 0;
    for (std::size_t next = pieces.next(0); next < pieces.size(); next = pieces.next(next + 1)) {
      if (looked_at++ % pieces_between_checks == 0 && options_.expired()) {
        found_.partial = true;
        return;
      }
      const auto piece = static_cast<std::uint32_t>(next);
      const std::uint32_t verse = verses.of(piece);
      if (!options_.is_searched(verse)) continue;
      if (const Path* path = from(verse, piece)) {
        const bool particle = path->words.front().begin != 0 && !articles_;
        places_.push_back({verse, piece, 0, path->step, particle, false});
      }
    }
  }

  // The entries with which what was typed may begin; some twice. What several words begin with is read once.
  template <class Visit>
  void each_candidate(Visit visit) {
    constexpr std::uint32_t all = UINT32_MAX;
    read_.resize(std::max<std::size_t>(read_.size(), 1));
    read_[0] = typed_.start();
    std::uint32_t shared = 0;   // with the one that was read last
    std::uint32_t ended = all;  // after so many of its sounds nothing was left
    for (const SoundsOfWords::Reading& reading : sounds_.readings()) {
      shared = std::min(shared, reading.shared);
      if (shared >= ended) continue;
      const SoundsOfWords::Start& start = sounds_.starts(reading.entry)[reading.start];
      if (!may_start(start)) continue;
      const std::vector<Sound>& sounds = sounds_.sounds(reading.entry);
      const auto size = static_cast<std::uint32_t>(sounds.size()) - start.sound;
      if (read_.size() <= size) read_.resize(size + 1);
      ended = all;
      for (std::uint32_t i = shared; i < size; ++i) {
        const std::uint32_t at = start.sound + i;
        typed_.after(read_[i], sounds[at], at + 1 == sounds.size(), agreement_, read_[i + 1]);
        // An article is not left out, although it may be silent.
        if (at + 1 == start.article_end) std::erase(read_[i + 1], std::uint16_t{0});
        if (read_[i + 1].empty()) {
          ended = i + 1;
          break;
        }
      }
      shared = all;
      if (ended == all) visit(reading.entry);
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

  // What of the text is read after a first word, by one of its starts.
  struct FirstRead {
    std::uint32_t begin;
    LatinText::Positions now;
    bool at_end;
  };
  // Frequent words begin at many pieces: each is read once.
  const std::vector<FirstRead>& first_reads(std::uint32_t entry) {
    const auto [known, added] = first_reads_.try_emplace(entry);
    std::vector<FirstRead>& out = known->second;
    if (!added) return out;
    for (const SoundsOfWords::Start& start : sounds_.starts(entry)) {
      if (!may_start(start)) continue;
      LatinText::Positions now = typed_.start();
      read_first(entry, start, now);
      if (now.empty()) continue;
      const bool at_end = typed_.at_end(now, agreement_);
      out.push_back({start.begin, std::move(now), at_end});
      if (at_end) break;
    }
    return out;
  }

  // The shortest way to read all that was typed from the piece on.
  const Path* from(std::uint32_t verse, std::uint32_t piece) {
    const Step step = agreement_ == Agreement::consonants ? Step::consonants : Step::transliteration;
    path_.step = step;
    for (const FirstRead& first : first_reads(file_.piece(piece).entry)) {
      path_.words.assign(1, {piece, first.begin, step});
      if (first.at_end) return &path_;
      now_ = first.now;
      std::uint32_t in_verse = verse, at = piece + 1;
      while (next_word(core_, file_, in_verse, at)) {
        path_.words.push_back({at, 0, step});
        const std::vector<Sound>& sounds = sounds_.sounds(file_.piece(at).entry);
        read(sounds, 0, sounds.size(), now_);
        if (now_.empty()) break;
        if (typed_.at_end(now_, agreement_)) return &path_;
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
  std::vector<Occurrence> places_;
  std::vector<LatinText::Positions> read_;  // after each number of sounds of a word
  LatinText::Positions now_, next_;
  std::unordered_map<std::uint32_t, std::vector<FirstRead>> first_reads_;  // by entry
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
    starts_[entry].push_back({*sound, begin, after_article, article_end});
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
  sort_readings();
}

void SoundsOfWords::sort_readings() {
  std::vector<std::uint64_t> keys;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;  // of the keys of each reading
  std::vector<Reading> all;
  for (std::uint32_t entry = 0; entry < starts_.size(); ++entry) {
    for (std::uint32_t i = 0; i < starts_[entry].size(); ++i) {
      const Start& start = starts_[entry][i];
      const auto begin = static_cast<std::uint32_t>(keys.size());
      for (std::size_t at = start.sound; at < sounds_[entry].size(); ++at) {
        keys.push_back(
            reading_key(sounds_[entry][at], at + 1 == sounds_[entry].size(), at + 1 == start.article_end));
      }
      all.push_back({entry, i, static_cast<std::uint32_t>(ranges.size())});
      ranges.emplace_back(begin, static_cast<std::uint32_t>(keys.size()));
    }
  }
  const auto keys_of = [&](const Reading& reading) {
    const auto& [begin, end] = ranges[reading.shared];
    return std::span<const std::uint64_t>(keys).subspan(begin, end - begin);
  };
  std::ranges::sort(all, [&](const Reading& a, const Reading& b) {
    return std::ranges::lexicographical_compare(keys_of(a), keys_of(b));
  });
  readings_.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t shared = 0;
    if (i > 0) {
      const auto own = keys_of(all[i]), before = keys_of(all[i - 1]);
      shared = static_cast<std::size_t>(std::ranges::mismatch(own, before).in1 - own.begin());
    }
    readings_.push_back({all[i].entry, all[i].start, static_cast<std::uint32_t>(shared)});
  }
}

TextFound search_latin(const columns::CoreFile& core, const WordFile& file, const SoundsOfWords& sounds,
                       const LatinText& typed, const TextOptions& options) {
  return LatinSearch(core, file, sounds, typed, options).run();
}

}  // namespace kalima::search
