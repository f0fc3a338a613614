#include "quotations/alignment.h"

#include <algorithm>

#include "quotations/costs.h"
#include "text/joined.h"
#include "text/near.h"
#include "text/proclitics.h"

namespace kalima::quotations {
namespace {

using text::Step;
using text::Word;

// Of shorter words too many others are one mistake away.
constexpr std::size_t min_mistyped_letters = 5;

// How far beyond a chain its ends are sought at once.
constexpr std::uint32_t words_beyond = 4;

// Whether one of both is the other with particles before it.
bool differ_in_particle(const Spelled& a, const Spelled& b) {
  const auto with = [](const Spelled& longer, const Spelled& shorter) {
    if (!longer.key.ends_with(shorter.key)) return false;
    const std::u32string_view written = longer.word.written;
    return std::ranges::any_of(text::proclitics(written), [&](const text::Proclitic& p) {
      const std::u32string_view rest = written.substr(p.size);
      const Word compared = p.elided_article ? Word::with_prefix(U'\u0671', rest) : Word(rest);
      return text::match(compared, shorter.word).has_value();
    });
  };
  return with(a, b) || with(b, a);
}

// Whether the number of consonants is nearly the same. A word that is written as two has about as many as both.
bool is_about_as_long(std::size_t a, std::size_t b) {
  constexpr std::size_t bytes = 4;  // two Arabic letters
  return std::max(a, b) - std::min(a, b) <= bytes;
}

}  // namespace

double bits_of(const Alignment& alignment) {
  double out = 0;
  for (const Pair& pair : alignment) out += pair.bits;
  return out;
}

double Aligner::bits(std::uint32_t form, std::uint32_t entry, Step step) const {
  const double of_class = text_.form(form).bits;
  // With all its vowels it is this very word, and not any of its class.
  const bool full = step <= Step::plain;
  return share(step) * (full ? std::max(of_class, corpus_.bits(corpus_.frequency(entry))) : of_class);
}

std::optional<Pair> Aligner::one_and_one(std::uint32_t word, std::uint32_t position) {
  const std::uint32_t form = text_.form_number(word), entry = corpus_.entry(position);
  const auto [at, is_new] = known_.try_emplace(std::uint64_t{form} << 32 | entry);
  if (is_new) {
    const Spelled &typed = text_.form(form).spelled, &written = text_.entry(entry);
    const bool comparable = typed.comparable() && written.comparable();
    const double bits = corpus_.bits(corpus_.frequency(entry));
    if (const auto step = text_.step(form, entry)) {
      at->second = Pair{Pair::Kind::same, 0, 1, 0, 1, *step, this->bits(form, entry, *step)};
    } else if (comparable && differ_in_particle(typed, written)) {
      // With the particle it may be rare; what both have is not.
      const double both = text_.form(form).of_class == 0 ? bits : std::min(bits, text_.form(form).bits);
      at->second = Pair{Pair::Kind::particle, 0, 1, 0, 1, Step::no_vowels, share_of_other_particle * both};
    } else if (comparable && typed.word.letters.size() >= min_mistyped_letters &&
               is_about_as_long(typed.key.size(), written.key.size()) &&
               text::mistake(typed.near(), written.near())) {
      at->second = Pair{Pair::Kind::near, 0, 1, 0, 1, Step::typing, share(Step::typing) * bits};
    }
  }
  std::optional<Pair> out = at->second;
  if (out) {
    out->word = word;
    out->position = position;
  }
  return out;
}

std::optional<Pair> Aligner::run_together(std::uint32_t word, std::uint32_t words, std::uint32_t position,
                                          std::uint32_t positions) {
  std::size_t typed_size = 0, written_size = 0;
  double bits = 0;
  for (std::uint32_t i = 0; i < words; ++i) typed_size += text_.form_of(word + i).spelled.key.size();
  for (std::uint32_t i = 0; i < positions; ++i) {
    const std::uint32_t entry = corpus_.entry(position + i);
    written_size += text_.entry(entry).key.size();
    bits = std::max(bits, corpus_.bits(corpus_.frequency(entry)));
  }
  if (!is_about_as_long(typed_size, written_size)) return std::nullopt;
  if (positions == 1) {
    for (std::uint32_t i = text_.items_at(word).first; i < text_.items_at(word).second; ++i) {
      const Item& item = text_.items()[i];
      if (item.size != words) continue;
      if (const auto step = text_.step(item.form, corpus_.entry(position)))
        return Pair{Pair::Kind::same,   word, words, position, 1, std::max(*step, Step::modern_spelling),
                    share(*step) * bits};
    }
  }
  std::u32string typed, written;
  for (std::uint32_t i = 0; i < words; ++i) typed += text_.token(word + i).word;
  for (std::uint32_t i = 0; i < positions; ++i)
    written += text_.entry(corpus_.entry(position + i)).word.written;
  const Spelled a(typed), b(written);
  if (!a.comparable() || !b.comparable() || a.key != b.key || !text::match(a.word, b.word))
    return std::nullopt;
  const Step step = words > 1 ? Step::joined : Step::split;
  return Pair{Pair::Kind::same, word, words, position, positions, step, share(step) * bits};
}

std::optional<Pair> Aligner::agreeing(std::uint32_t word, std::uint32_t words, std::uint32_t position,
                                      std::uint32_t positions) {
  return words == 1 && positions == 1 ? one_and_one(word, position)
                                      : run_together(word, words, position, positions);
}

Alignment Aligner::best(const Area& area, bool may_begin_anywhere, bool may_end_anywhere) {
  const std::uint32_t words = area.end_word - area.word, positions = area.end_position - area.position;
  struct Cell {
    double bits = -1e9;
    std::optional<Pair> pair;  // the last one; none where it begins
  };
  std::vector<Cell> cells(std::size_t{words + 1} * (positions + 1));
  const auto cell = [&](std::uint32_t i, std::uint32_t j) -> Cell& {
    return cells[std::size_t{i} * (positions + 1) + j];
  };
  for (std::uint32_t i = 0; i <= words; ++i) {
    for (std::uint32_t j = 0; j <= positions; ++j) {
      Cell& own = cell(i, j);
      if ((i == 0 && j == 0) || may_begin_anywhere) own.bits = 0;
      const auto from = [&](const Pair& pair) {
        const Cell& before = cell(i - pair.words, j - pair.positions);
        if (before.bits + pair.bits > own.bits) own = {before.bits + pair.bits, pair};
      };
      const std::uint32_t word = area.word + i, position = area.position + j;
      if (i > 0) from({Pair::Kind::added, word - 1, 1, position, 0, {}, -cost_added(1)});
      if (j > 0) {
        const bool more = cell(i, j - 1).pair && cell(i, j - 1).pair->kind == Pair::Kind::missing;
        const double cost = more ? cost_left_out(2) - cost_left_out(1) : cost_left_out(1);
        from({Pair::Kind::missing, word, 0, position - 1, 1, {}, -cost});
      }
      if (i > 0 && j > 0) from({Pair::Kind::other, word - 1, 1, position - 1, 1, {}, -cost_of_other_word});
      for (std::uint32_t a = 1; a <= std::min(i, static_cast<std::uint32_t>(text::max_joined)); ++a) {
        for (std::uint32_t b = 1; b <= std::min(j, 2U); ++b) {
          if (a > 1 && b > 1) continue;
          if (const auto pair = agreeing(word - a, a, position - b, b)) from(*pair);
        }
      }
    }
  }
  std::uint32_t i = words, j = positions;
  if (may_end_anywhere) {
    for (std::uint32_t k = 0; k <= words; ++k) {
      for (std::uint32_t l = 0; l <= positions; ++l) {
        // Of two ends that say the same the nearer one.
        if (cell(k, l).bits > cell(i, j).bits + 1e-9 ||
            (cell(k, l).bits > cell(i, j).bits - 1e-9 && k + l < i + j)) {
          i = k;
          j = l;
        }
      }
    }
  }
  Alignment out;
  while (cell(i, j).pair) {
    const Pair pair = *cell(i, j).pair;
    out.push_back(pair);
    i -= pair.words;
    j -= pair.positions;
  }
  std::ranges::reverse(out);
  return out;
}

// What is before a word and a position, up to where it says something.
Alignment Aligner::before(std::uint32_t word, std::uint32_t position) {
  Alignment out;
  const std::uint32_t run = corpus_.run(position);
  for (bool goes_on = true; goes_on;) {
    Area area{word > words_beyond ? word - words_beyond : 0, word, position, position};
    while (area.position > 0 && position - area.position < words_beyond &&
           corpus_.run(area.position - 1) == run)
      --area.position;
    const Alignment more = best(area, true, false);
    if (more.empty()) break;
    out.insert(out.begin(), more.begin(), more.end());
    word = more.front().word;
    position = more.front().position;
    // It may go on where it was cut.
    goes_on = word == area.word || position == area.position;
  }
  return out;
}

// What follows.
Alignment Aligner::after(std::uint32_t word, std::uint32_t position, std::uint32_t run) {
  Alignment out;
  for (bool goes_on = true; goes_on;) {
    Area area{word, std::min(word + words_beyond, static_cast<std::uint32_t>(text_.size())), position,
              position};
    while (area.end_position < corpus_.size() && area.end_position - position < words_beyond &&
           corpus_.run(area.end_position) == run)
      ++area.end_position;
    const Alignment more = best(area, false, true);
    if (more.empty()) break;
    out.insert(out.end(), more.begin(), more.end());
    word = more.back().word + more.back().words;
    position = more.back().position + more.back().positions;
    goes_on = word == area.end_word || position == area.end_position;
  }
  return out;
}

Alignment Aligner::align(const Chain& chain) {
  const auto item = [&](const Anchor& anchor) -> const Item& { return text_.items()[anchor.item]; };
  const std::uint32_t run = corpus_.run(chain.anchors.front().position);
  std::uint32_t word = item(chain.anchors.front()).first, position = chain.anchors.front().position;
  Alignment out = before(word, position);
  const auto add = [&](const Alignment& more) { out.insert(out.end(), more.begin(), more.end()); };
  for (const Anchor& anchor : chain.anchors) {
    const Item& own = item(anchor);
    add(through({word, own.first, position, anchor.position}));
    const Step step = *text_.step(own.form, corpus_.entry(anchor.position));
    out.push_back({Pair::Kind::same, own.first, own.size, anchor.position, 1,
                   own.size > 1 ? std::max(step, Step::modern_spelling) : step,
                   bits(own.form, corpus_.entry(anchor.position), step)});
    word = own.first + own.size;
    position = anchor.position + 1;
  }
  add(after(word, position, run));
  return out;
}

}  // namespace kalima::quotations
