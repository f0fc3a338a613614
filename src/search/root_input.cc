#include "search/root_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "search/root_letters.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

struct Rank {
  RootMatch match;
  std::size_t distance;  // 0 is nearest; compares within one kind of match
};

}  // namespace

std::string_view name(RootMatch match) {
  switch (match) {
    case RootMatch::exact:
      return "exact";
    case RootMatch::arabic:
      return "arabic";
    case RootMatch::folded:
      return "folded";
    case RootMatch::latin:
      return "latin";
  }
  return {};
}

RootFinder::RootFinder(std::span<const std::string_view> roots, std::span<const std::uint32_t> words) {
  for (std::size_t i = 0; i < roots.size(); ++i) {
    std::u32string letters = arabic_letters(utf8::to_code_points(roots[i])).value_or(U"");
    roots_.push_back({roots[i], letters, with_hamza_folded(letters), with_weak_folded(letters),
                      i < words.size() ? words[i] : 0});
  }
}

std::vector<RootCandidate> RootFinder::find(std::string_view typed) const {
  if (typed.size() > longest_root_input) {
    throw Error(ErrorCode::bad_input, fmt::format("expected a root of at most {} bytes, not of {}",
                                                  longest_root_input, typed.size()));
  }
  if (!utf8::valid(typed) || typed.find("\uFFFD") != std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "the root is not valid UTF-8");
  }
  typed = text::stripped(typed);
  std::u32string code_points = utf8::to_code_points(typed);
  if (std::ranges::any_of(code_points, text::is_presentation_form))
    code_points = text::compatibly_decomposed(code_points);
  std::string joined;  // without separators
  bool arabic_script = false;
  for (const char32_t c : code_points) {
    if (separates_letters(c)) continue;
    arabic_script |= c >= 0x80;
    utf8::append(joined, c);
  }
  if (joined.empty()) return {};
  // amn and book are not Buckwalter: its vowels are not letters of a root.
  const bool is_latin = !arabic_script && joined.find_first_of("aiuoFNK") != std::string::npos &&
                        joined.find_first_not_of("abcdefghijklmnopqrstuvwxyz\'") == std::string::npos;
  const std::u32string letters = is_latin ? U"" : arabic_letters(code_points).value_or(U"");
  const std::u32string hamza_folded = with_hamza_folded(letters), weak_folded = with_weak_folded(letters);
  const LatinReading latin(typed);

  const auto rank = [&](const Root& root) -> std::optional<Rank> {
    if (root.text == typed) return Rank{RootMatch::exact, 0};
    if (root.text == joined) return Rank{RootMatch::exact, 1};
    if (!letters.empty()) {
      if (root.letters == letters) return Rank{arabic_script ? RootMatch::arabic : RootMatch::folded, 0};
      if (root.hamza_folded == hamza_folded) return Rank{RootMatch::folded, 1};
      if (root.weak_folded == weak_folded) return Rank{RootMatch::folded, 2};
      if (letters.size() == 2 && root.letters.size() == 3 && root.hamza_folded.starts_with(hamza_folded)) {
        // رب is ربب; أب is أبو. The root with more words decides.
        const char32_t third = root.letters[2];
        if (third == root.letters[1] || third == U'\u0648' || third == U'\u064A')
          return Rank{RootMatch::folded, 3};
      }
    }
    if (const auto distance = latin.distance(root.text)) return Rank{RootMatch::latin, *distance};
    return std::nullopt;
  };
  std::vector<std::pair<Rank, std::size_t>> found;
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    if (const auto ranked = rank(roots_[i])) found.emplace_back(*ranked, i);
  }
  std::stable_sort(found.begin(), found.end(), [this](const auto& a, const auto& b) {
    return std::tie(a.first.match, a.first.distance, roots_[b.second].words) <
           std::tie(b.first.match, b.first.distance, roots_[a.second].words);
  });
  std::vector<RootCandidate> candidates;
  for (const auto& [ranked, root] : found) candidates.push_back({root, ranked.match});
  return candidates;
}

}  // namespace kalima::search
