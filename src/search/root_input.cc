#include "search/root_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "search/root_letters.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

struct Rank {
  RootMatch match;
  std::size_t distance;  // 0 is nearest; compares within one kind of match
};

// What was typed, in each of the ways in which it is compared.
class Typed {
 public:
  explicit Typed(std::string_view text) : text_(text::stripped(text)), latin_(text_) {
    const std::u32string code_points = utf8::to_code_points(text_);
    for (const char32_t c : code_points) {
      if (separates_letters(c)) continue;
      arabic_script_ |= c >= 0x80;
      utf8::append(joined_, c);
    }
    if (auto letters = arabic_letters(code_points)) {
      hamza_folded_ = with_hamza_folded(*letters);
      weak_folded_ = with_weak_folded(*letters);
      letters_ = std::move(*letters);
    }
  }

  bool has_letters() const { return !joined_.empty(); }

  std::optional<Rank> rank(std::string_view root) const {
    if (root == text_) return Rank{RootMatch::exact, 0};
    if (root == joined_) return Rank{RootMatch::exact, 1};
    const auto letters = arabic_letters(utf8::to_code_points(root));
    if (letters && !letters->empty() && !letters_.empty()) {
      if (arabic_script_ && *letters == letters_) return Rank{RootMatch::arabic, 0};
      if (*letters == letters_) return Rank{RootMatch::folded, 0};
      if (with_hamza_folded(*letters) == hamza_folded_) return Rank{RootMatch::folded, 1};
      if (with_weak_folded(*letters) == weak_folded_) return Rank{RootMatch::folded, 2};
    }
    if (const auto distance = latin_.distance(root)) return Rank{RootMatch::latin, *distance};
    return std::nullopt;
  }

 private:
  std::string_view text_;
  std::string joined_;  // without separators
  bool arabic_script_ = false;
  std::u32string letters_, hamza_folded_, weak_folded_;  // empty when it cannot be read as Arabic letters
  LatinReading latin_;
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

std::vector<RootCandidate> find_roots(std::string_view typed, std::span<const std::string_view> roots) {
  if (typed.size() > longest_root_input) {
    throw Error(ErrorCode::bad_input, fmt::format("a root of at most {} bytes is expected, not of {}",
                                                  longest_root_input, typed.size()));
  }
  if (!utf8::valid(typed) || typed.find("\uFFFD") != std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "the root is not valid UTF-8");
  }
  const Typed input(typed);
  if (!input.has_letters()) return {};
  std::vector<std::pair<Rank, std::size_t>> found;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (const auto rank = input.rank(roots[i])) found.emplace_back(*rank, i);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.match, a.first.distance) < std::tie(b.first.match, b.first.distance);
  });
  std::vector<RootCandidate> candidates;
  for (const auto& [rank, root] : found) candidates.push_back({root, rank.match});
  return candidates;
}

}  // namespace kalima::search
