#include "text/joined.h"

#include <algorithm>
#include <iterator>

#include "text/letters.h"
#include "text/spelling.h"

namespace kalima::text {
namespace {

constexpr char32_t particle_noon = 0x646, particle_meem = 0x645, calling_alif = 0x627, doubling = 0x651;

std::u32string folded(std::u32string_view word) {
  std::u32string out;
  for (const Letter& letter : letters(word)) {
    if (!letter.small) out += folded_base(letter);
  }
  return out;
}

// Without و, ف or the أ of a question before it.
bool is_particle(std::u32string_view word, std::initializer_list<std::u32string_view> particles) {
  const auto is = [&](std::u32string_view w) {
    return std::find(particles.begin(), particles.end(), w) != particles.end();
  };
  if (is(word)) return true;
  return word.size() > 2 && std::u32string_view(U"وفا").find(word.front()) != std::u32string_view::npos &&
         is(word.substr(1));
}

bool is_vocative(std::u32string_view folded_word) { return is_particle(folded_word, {U"يا", U"ها"}); }

// The code points of a word before those of its last letter.
std::u32string_view without_last_letter(std::u32string_view word) {
  const Letters all = letters(word);
  return all.empty() ? word : word.substr(0, std::min<std::size_t>(all.back().begin, word.size()));
}

// Without an alif at the beginning that has no hamza and so is not read after another word.
std::u32string_view without_first_alif(std::u32string_view word) {
  const Letters all = letters(word);
  const bool alif =
      all.size() > 1 && folded_base(all[0]) == calling_alif && !all[0].has(hamza_signs | maddah);
  return alif ? word.substr(std::min<std::size_t>(all[1].begin, word.size())) : word;
}

std::u32string sum(std::u32string_view a, std::u32string_view b) { return std::u32string(a).append(b); }

// A letter that the one before it was assimilated to.
std::u32string doubled(std::u32string_view word) {
  std::u32string out(word);
  const Letters all = letters(word);
  if (!out.empty() && !all.empty() && !all[0].has(shadda)) out.insert(1, 1, doubling);
  return out;
}

void add(std::vector<Joined>& out, std::u32string word, bool is_spelling) {
  const bool known = std::any_of(out.begin(), out.end(), [&](const Joined& j) { return j.word == word; });
  if (!known) out.push_back({std::move(word), is_spelling});
}

}  // namespace

std::vector<Joined> joined(std::span<const std::u32string_view> words) {
  std::vector<Joined> out;
  if (words.size() < 2 || words.size() > max_joined) return out;
  const std::u32string first = folded(words[0]), second = folded(words[1]);
  const bool vocative = is_vocative(first);
  const std::u32string_view elided = without_first_alif(words[1]);
  std::u32string_view calling = words[0];
  if (vocative) calling = without_last_letter(words[0]);
  if (words.size() == 3) {
    if (!vocative) return out;
    add(out, sum(sum(calling, elided), words[2]), true);
    add(out, sum(sum(words[0], words[1]), words[2]), true);
    return out;
  }
  const bool conditional = is_particle(first, {U"ان"}) && is_particle(second, {U"لو", U"لم", U"لن"});
  if (vocative) {
    add(out, sum(words[0], words[1]), true);
    if (elided.size() < words[1].size()) add(out, sum(calling, elided), true);
    return out;
  }
  const auto ends_in = [&](char32_t c) { return first.size() > 1 && first.back() == c; };
  const auto starts_with = [&](char32_t c) { return !second.empty() && second.front() == c; };
  // أن لو, من ما, أم من: the last letter becomes the first one of the next word.
  if ((ends_in(particle_noon) && (starts_with(particle_meem) || starts_with(0x644))) ||
      (ends_in(particle_meem) && starts_with(particle_meem))) {
    add(out, sum(without_last_letter(words[0]), doubled(words[1])), conditional);
  }
  add(out, sum(words[0], words[1]), first == U"او" && (second == U"لم" || second == U"لو"));
  return out;
}

std::vector<Cut> cuts(std::u32string_view word) {
  std::vector<Cut> out;
  const Letters all = letters(word);
  const auto full = [](const Letter& l) { return !l.small && is_arabic_letter(l.base); };
  const auto count = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), full));
  std::size_t before = 0;
  for (const Letter& letter : all) {
    if (letter.begin >= word.size()) break;
    const bool vocative = before == 1 && all[0].base == 0x64A && all[0].has(dagger_alif);
    const bool enough = before >= 2 && count - before >= 2;
    if (full(letter) && (enough || (vocative && count - before >= 2)))
      out.push_back({letter.begin, vocative});
    before += full(letter) ? 1 : 0;
  }
  return out;
}

}  // namespace kalima::text
