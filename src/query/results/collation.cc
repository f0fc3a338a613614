#include "query/results/collation.h"

#include <algorithm>
#include <numeric>

#include "support/utf8.h"
#include "text/letters.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::query {
namespace {

// What a code point of a decomposed text is: a letter, the mark that makes it another one (0 for none).
struct Parts {
  char32_t letter, mark;
};

Parts parts_of(char32_t c) {
  switch (c) {
    case U'\u0671':  // alif wasla
      return {U'\u0627', c};
    case U'\u06E5':  // small waw
      return {U'\u0648', c};
    case U'\u06E6':  // small yeh
      return {U'\u064A', c};
    default:
      return {c, 0};
  }
}

constexpr char32_t tatweel = U'\u0640';

// Three bytes, so that keys compare as code points do.
void add(std::string& out, char32_t c) {
  out += static_cast<char>(c >> 16 & 0xFF);
  out += static_cast<char>(c >> 8 & 0xFF);
  out += static_cast<char>(c & 0xFF);
}

}  // namespace

std::string collation_key(std::string_view text) {
  std::string letters, marks;
  for (const char32_t c : text::decomposed(utf8::to_code_points(text::lower(text)))) {
    if (c == tatweel) continue;
    if (text::is_combining(c)) {
      add(marks, c);
      continue;
    }
    const Parts parts = parts_of(c);
    add(letters, parts.letter);
    // Each letter has the least weight, so that a mark counts more the earlier it comes.
    add(marks, 1);
    if (parts.mark != 0) add(marks, parts.mark);
  }
  add(letters, 0);
  letters += marks;
  add(letters, 0);
  return letters.append(text);
}

const std::vector<std::uint32_t>& Ranks::of(attributes::Attribute attribute) const {
  Kept& kept = kept_[static_cast<std::size_t>(attribute)];
  std::call_once(kept.once, [&] {
    if (attributes::definition(attribute).type != attributes::Type::dictionary) return;
    const columns::Dictionary& dictionary = core_.dictionary(attribute);
    const auto size = static_cast<std::uint32_t>(dictionary.size());
    std::vector<std::string> keys(size);
    for (std::uint32_t i = 0; i < size; ++i) keys[i] = collation_key(dictionary.text(i + 1));
    std::vector<std::uint32_t> order(size);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    kept.ranks.assign(size + 1, 0);
    for (std::uint32_t i = 0; i < size; ++i) kept.ranks[order[i] + 1] = i + 1;
  });
  return kept.ranks;
}

}  // namespace kalima::query
