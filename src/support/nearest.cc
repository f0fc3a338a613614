#include "support/nearest.h"

#include <algorithm>
#include <array>
#include <utility>

#include "support/utf8.h"

namespace kalima {
namespace {

constexpr std::size_t max_typed_bytes = 64, max_nearest = 3;

char32_t lower_latin(char32_t c) { return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c; }

}  // namespace

std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  // The row of the letter of `a`, and the two before it.
  std::array<std::vector<std::size_t>, 3> rows;
  for (auto& row : rows) row.resize(b.size() + 1);
  auto& [row, above, above_that] = rows;
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(above_that, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char32_t x = lower_latin(a[i - 1]), y = lower_latin(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0 : 1)});
      if (i > 1 && j > 1 && x == lower_latin(b[j - 2]) && y == lower_latin(a[i - 2]))
        row[j] = std::min(row[j], above_that[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::vector<std::string> nearest(std::string_view typed, const std::vector<std::string_view>& names) {
  if (typed.empty() || typed.size() > max_typed_bytes) return {};
  const std::u32string wanted = utf8::to_code_points(typed);
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view name : names) {
    const std::u32string letters = utf8::to_code_points(name);
    std::size_t distance = edit_distance(wanted, letters);
    const bool begins = wanted.size() > 1 && wanted.size() < letters.size() &&
                        edit_distance(wanted, std::u32string_view(letters).substr(0, wanted.size())) == 0;
    if (begins) distance = std::min<std::size_t>(distance, 1);
    if (distance * 3 <= std::max(wanted.size(), letters.size())) found.emplace_back(distance, name);
  }
  std::ranges::stable_sort(found, {}, [](const auto& pair) { return pair.first; });
  if (found.size() > max_nearest) found.resize(max_nearest);
  std::vector<std::string> out;
  for (const auto& [distance, name] : found) out.emplace_back(name);
  return out;
}

std::string did_you_mean(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += i == 0 ? "did you mean " : i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out.empty() ? out : out + '?';
}

}  // namespace kalima
