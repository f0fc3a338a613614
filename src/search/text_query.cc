#include <fmt/format.h>

#include <algorithm>

#include "search/text_search.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

}  // namespace

TextQuery parse_text_query(std::string_view utf8) {
  const std::u32string query = utf8::to_code_points(utf8);
  if (query.size() > TextQuery::max_code_points) {
    refuse(fmt::format("q has {} code points; {} are allowed", query.size(), TextQuery::max_code_points));
  }
  TextQuery out;
  for (std::size_t begin = 0, end = 0; begin < query.size(); begin = end + 1) {
    end = begin;
    while (end < query.size() && !text::is_space(query[end]) && !text::is_punctuation(query[end])) ++end;
    text::Word word(std::u32string_view(query).substr(begin, end - begin));
    if (word.letters.empty()) continue;
    const auto arabic = [](const text::Letter& l) { return !l.small && text::is_arabic_letter(l.base); };
    if (std::none_of(word.letters.begin(), word.letters.end(), arabic)) {
      refuse(fmt::format("word {} of q has no Arabic letters; q is one or more Arabic words",
                         out.words.size() + 1));
    }
    out.words.push_back(std::move(word));
  }
  if (out.words.empty()) refuse("q has no Arabic letters; it is one or more Arabic words");
  if (out.words.size() > TextQuery::max_words) {
    refuse(fmt::format("q has {} words; {} are allowed", out.words.size(), TextQuery::max_words));
  }
  return out;
}

}  // namespace kalima::search
