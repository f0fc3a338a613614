#include "api/v1/cited.h"

#include <algorithm>
#include <utility>

#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

constexpr std::u32string_view opening = U"([\uFD3E\u00AB", closing = U")]\uFD3F\u00BB";
// Around a reference, as part of the sentence.
constexpr std::u32string_view around = U"()[]\uFD3E\uFD3F\u00AB\u00BB.,;!?\u060C\u061B\u061F";

std::string utf8_part(std::u32string_view part) {
  std::string out;
  for (const char32_t c : part) utf8::append(out, c);
  return out;
}

bool is_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

std::vector<Reference> certain(std::u32string_view part) {
  if (part.size() > max_reference_bytes) return {};
  std::vector<Reference> out = find_references(utf8_part(part), false);
  std::erase_if(out, [](const Reference& r) { return !r.certain; });
  return out;
}

// What is in brackets: "2:255", "البقرة: 255", "البقرة، الآية 255".
std::vector<Reference> in_brackets(std::u32string_view part) {
  const bool digits = std::ranges::any_of(part, is_digit);
  const bool others =
      std::ranges::any_of(part, [](char32_t c) { return !is_digit(c) && !text::is_space(c); });
  if (!digits || !others || part.size() > max_reference_bytes) return {};
  return certain(part);
}

// A run without spaces: "2:255", "(2:255)."
std::vector<Reference> as_run(std::u32string_view run) {
  const std::size_t begin =
      run.size() > max_reference_bytes ? std::u32string_view::npos : run.find_first_not_of(around);
  if (begin == std::u32string_view::npos) return {};
  run = run.substr(begin, run.find_last_not_of(around) + 1 - begin);
  if (run.find(U':') == std::u32string_view::npos || !is_digit(run.back())) return {};
  return certain(run);
}

}  // namespace

Cited find_cited(std::string_view text) {
  std::u32string words = utf8::to_code_points(text);
  Cited out;
  const auto take = [&](std::size_t begin, std::size_t end, std::vector<Reference> found) {
    if (found.empty()) return false;
    std::ranges::move(found, std::back_inserter(out.references));
    if (!out.places.empty()) out.places += ' ';
    out.places += utf8_part(std::u32string_view(words).substr(begin, end - begin));
    std::fill(words.begin() + static_cast<std::ptrdiff_t>(begin),
              words.begin() + static_cast<std::ptrdiff_t>(end), U' ');
    return true;
  };
  const std::u32string_view all = words;
  std::size_t run_end = 0;
  for (std::size_t at = 0; at < words.size();) {
    if (text::is_space(words[at])) {
      ++at;
      continue;
    }
    if (const std::size_t kind = opening.find(words[at]); kind != std::u32string_view::npos) {
      const std::u32string_view inside = all.substr(at + 1, max_reference_bytes);
      const std::size_t size = inside.find(closing[kind]);
      if (size != std::u32string_view::npos && take(at, at + size + 2, in_brackets(inside.substr(0, size)))) {
        at += size + 2;
        continue;
      }
    }
    if (at >= run_end) {
      run_end = at;
      while (run_end < words.size() && !text::is_space(words[run_end])) ++run_end;
    }
    if (take(at, run_end, as_run(all.substr(at, run_end - at)))) {
      at = run_end;
    } else {
      // A bracket may begin within the run.
      at = std::min(run_end, std::max(words.find_first_of(opening, at + 1), at + 1));
    }
  }
  out.words = utf8_part(words);
  return out;
}

}  // namespace kalima::api::v1
