#include "query/syntax/complaint.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace kalima::query {
namespace {

constexpr std::size_t max_shown = 60;  // code points on each side of the caret

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t code_points(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

// Where the line of `at` begins.
std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t feed = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

// `count` code points before or after `at`, not beyond `bound`.
std::size_t back(std::string_view text, std::size_t at, std::size_t bound, std::size_t count) {
  while (at > bound && count > 0) {
    if (!continues(text[--at])) --count;
  }
  return at;
}
std::size_t forward(std::string_view text, std::size_t at, std::size_t bound, std::size_t count) {
  while (at < bound && (count > 0 || continues(text[at]))) {
    if (!continues(text[at])) --count;
    ++at;
  }
  return at;
}

std::string described(const Complaint& complaint) {
  std::string out = complaint.message;
  for (std::size_t i = 0; i < complaint.expected.size(); ++i) {
    out += i == 0 ? "; expected " : i + 1 == complaint.expected.size() ? " or " : ", ";
    out += complaint.expected[i];
  }
  return out;
}

kalima::Place place_in(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  const std::size_t begin = line_begin(text, at);
  return {.line = static_cast<std::size_t>(std::ranges::count(text.substr(0, begin), '\n')) + 1,
          .column = code_points(text.substr(begin, at - begin)) + 1};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Insertions, deletions, replacements and exchanges of neighbours that lead from one to the other, by bytes.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        rows[i][j] = i + j;
        continue;
      }
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

}  // namespace

std::string with_caret(std::string_view text, Place place) {
  const std::size_t at = std::min(place.begin, text.size());
  const std::size_t begin = line_begin(text, at);
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::size_t from = back(text, at, begin, max_shown), to = forward(text, at, end, max_shown);
  std::string out(text.substr(from, to - from));
  // A tab would put the caret elsewhere than its column.
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  const std::size_t marked =
      code_points(text.substr(at, std::min(std::max(place.end, at), to) - std::min(at, to)));
  return out + '\n' + std::string(code_points(text.substr(from, at - from)), ' ') +
         std::string(std::max<std::size_t>(marked, 1), '^') + '\n';
}

QueryError::QueryError(std::string_view text, Complaint complaint, ErrorCode code)
    : Error(code, described(complaint), complaint.hint, place_in(text, complaint.place.begin)),
      complaint_(std::move(complaint)),
      shown_(with_caret(text, complaint_.place)) {}

std::vector<std::string> nearest(std::string_view typed, const std::vector<std::string_view>& names) {
  // Longer names are rarely mistyped ones, and comparing them takes time.
  if (typed.empty() || typed.size() > 40) return {};
  const std::size_t allowed = typed.size() <= 4 ? 1 : 2;
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view name : names) {
    if (name.size() > typed.size() + allowed || typed.size() > name.size() + allowed) continue;
    if (const std::size_t away = distance(typed, name); away <= allowed) found.emplace_back(away, name);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string_view>::first);
  std::vector<std::string> out;
  for (const auto& [away, name] : found) {
    if (out.size() < 3 && std::ranges::find(out, name) == out.end()) out.emplace_back(name);
  }
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

}  // namespace kalima::query
