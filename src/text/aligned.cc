#include "text/aligned.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "text/joined.h"
#include "text/ladder.h"
#include "text/spelling.h"

namespace kalima::text {
namespace {

// Longer verses are only taken word by word; the longest of the Quran has 129 words.
constexpr std::size_t max_words = 1000;
// Letters of a word that are compared when it is not the same.
constexpr std::size_t max_compared = 40;
// Within a verse the numbers of words may differ by as many more than at its end.
constexpr std::size_t max_detour = 3;

std::u32string bare(std::u32string_view word) {
  std::u32string out;
  for (const Letter& letter : letters(word)) {
    if (!letter.small && out.size() < max_compared) out += folded_base(letter);
  }
  return out;
}

// How many letters two words share, in order.
std::size_t shared(std::u32string_view a, std::u32string_view b) {
  std::array<std::uint8_t, max_compared + 1> row{};
  for (const char32_t letter : a) {
    std::uint8_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint8_t above = row[j + 1];
      row[j + 1] = letter == b[j] ? static_cast<std::uint8_t>(diagonal + 1) : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

// The letters that every way to write the word has: without alifs and hamza, and without the weak letter that is read as an alif
// before ة.
std::u32string lasting(const Letters& word) {
  constexpr char32_t alif = 0x627, hamza = 0x621, waw = 0x648, ya = 0x64A, ha = 0x647, taa_marbuta = 0x629;
  std::u32string out;
  for (const Letter& letter : word) {
    const char32_t base = folded_base(letter);
    const bool weak = !out.empty() && (out.back() == waw || out.back() == ya);
    if (letter.base == taa_marbuta && weak) {
      out.back() = ha;
    } else if (!letter.small && base != alif && base != hamza && !letter.has(hamza_signs)) {
      out += base;
    }
  }
  return out;
}

// A way to write a word. Words that are the same share the key.
struct Way {
  explicit Way(std::u32string_view as_written)
      : word(as_written),
        key(as_written.size() <= longest_word ? match_key(word.letters) : std::string()),
        letters(lasting(word.letters)) {}
  Word word;
  std::string key;
  std::u32string letters;

  bool is_same(const Way& other) const {
    if (!letters.empty() && letters == other.letters) return true;
    return key == other.key && word.written.size() <= longest_word &&
           other.word.written.size() <= longest_word && match(word, other.word);
  }
};

// Words written as one, in each way in which that is done, and their letters.
struct Written {
  std::vector<Way> ways;
  std::u32string bare_letters;

  bool is_same(const Written& other) const {
    return std::ranges::any_of(ways, [&](const Way& mine) {
      return std::ranges::any_of(other.ways, [&](const Way& its) { return mine.is_same(its); });
    });
  }
};

Written written(std::span<const std::u32string> words) {
  Written out;
  std::u32string whole;
  std::vector<std::u32string_view> views;
  for (const std::u32string& word : words) {
    whole += word;
    views.push_back(word);
  }
  out.bare_letters = bare(whole);
  if (words.size() > 1) {
    for (const Joined& way : joined(views)) out.ways.emplace_back(way.word);
  }
  out.ways.emplace_back(whole);
  return out;
}

// The value of a part: words that are the same outweigh any number of letters in common.
constexpr std::size_t same_weight = 1000;

class Division {
 public:
  Division(std::span<const std::u32string> words, std::span<const std::u32string> wanted)
      : words_(words),
        wanted_(wanted),
        max_drift_(std::max(words.size(), wanted.size()) - std::min(words.size(), wanted.size()) +
                   max_detour),
        best_((wanted.size() + 1) * (2 * max_drift_ + 1)) {
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      for (std::size_t count = 1; count <= max_joined; ++count)
        wanted_words_.push_back(w + count <= wanted.size() ? written(wanted.subspan(w, count)) : Written());
    }
  }

  std::optional<std::vector<Aligned>> divide() {
    at(wanted_.size(), words_.size()).value = 0;
    for (std::size_t w = wanted_.size(); w-- > 0;) {
      for (std::size_t i = w > max_drift_ ? w - max_drift_ : 0; i <= std::min(words_.size(), w + max_drift_);
           ++i)
        decide(w, i);
    }
    std::vector<Aligned> out;
    if (best(0, 0).value == impossible) return std::nullopt;
    for (std::size_t w = 0, i = 0; w < wanted_.size();) {
      const Best& here = best(w, i);
      out.push_back({i, here.taken, here.same});
      for (std::size_t more = 1; more < here.wanted; ++more) out.push_back({i + here.taken, 0, true});
      w += here.wanted;
      i += here.taken;
    }
    return out;
  }

 private:
  static constexpr std::size_t impossible = std::numeric_limits<std::size_t>::max();
  struct Best {
    std::size_t value = impossible, taken = 0, wanted = 1;
    bool same = false;
  };

  bool inside(std::size_t w, std::size_t i) const { return i + max_drift_ >= w && i <= w + max_drift_; }
  Best& at(std::size_t w, std::size_t i) { return best_[w * (2 * max_drift_ + 1) + (i + max_drift_ - w)]; }
  const Best& best(std::size_t w, std::size_t i) { return at(w, i); }

  void decide(std::size_t w, std::size_t i) {
    Best& here = at(w, i);
    const auto offer = [&](std::size_t taken, std::size_t wanted, std::size_t value, bool same) {
      if (!inside(w + wanted, i + taken)) return;
      const std::size_t rest = best(w + wanted, i + taken).value;
      if (rest == impossible || (here.value != impossible && value + rest <= here.value)) return;
      here = {value + rest, taken, wanted, same};
    };
    const Written& wanted = of_wanted(w, 1);
    for (std::size_t taken = 1; taken <= max_joined && i + taken <= words_.size(); ++taken) {
      const Written& text = of_text(i, taken);
      const bool same = text.is_same(wanted);
      const std::size_t letters = wanted.bare_letters.size();
      offer(taken, 1, shared(wanted.bare_letters, text.bare_letters) + (same ? same_weight * letters : 0),
            same);
    }
    for (std::size_t more = 2; more <= max_joined && w + more <= wanted_.size() && i < words_.size();
         ++more) {
      const Written& together = of_wanted(w, more);
      if (together.is_same(of_text(i, 1))) offer(1, more, same_weight * together.bare_letters.size(), true);
    }
    offer(0, 1, 0, false);
  }

  const Written& of_wanted(std::size_t w, std::size_t count) const {
    return wanted_words_[w * max_joined + count - 1];
  }
  const Written& of_text(std::size_t first, std::size_t count) {
    const auto [it, added] = written_.try_emplace(first * (max_joined + 1) + count);
    if (added) it->second = written(words_.subspan(first, count));
    return it->second;
  }

  std::span<const std::u32string> words_, wanted_;
  const std::size_t max_drift_;
  std::vector<Written> wanted_words_;  // of each word of the other source, one to max_joined words from it on
  std::vector<Best> best_;
  std::unordered_map<std::size_t, Written> written_;
};

std::size_t same_count(const std::vector<Aligned>& parts) {
  return static_cast<std::size_t>(std::ranges::count(parts, true, &Aligned::same));
}

}  // namespace

std::optional<std::vector<Aligned>> aligned(std::span<const std::u32string> words,
                                            std::span<const std::u32string> wanted) {
  std::vector<Aligned> one_by_one;
  if (words.size() == wanted.size()) {
    for (std::size_t i = 0; i < words.size(); ++i)
      one_by_one.push_back({i, 1, Way(words[i]).is_same(Way(wanted[i]))});
    if (same_count(one_by_one) == words.size() || words.size() > max_words) return one_by_one;
  } else if (words.size() > wanted.size() + max_surplus || wanted.size() > words.size() + max_surplus ||
             words.size() > max_words) {
    return std::nullopt;
  }
  std::optional<std::vector<Aligned>> divided = Division(words, wanted).divide();
  if (words.size() != wanted.size() || !divided) return divided;
  if (same_count(*divided) <= same_count(one_by_one)) return one_by_one;
  return divided;
}

}  // namespace kalima::text
