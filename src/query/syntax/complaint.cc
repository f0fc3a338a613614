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

}  // namespace kalima::query
