#include "query/syntax/lexer.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/syntax/foreign.h"
#include "query/syntax/parser.h"
#include "query/syntax/unseen.h"
#include "support/utf8.h"

namespace kalima::query {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_comparison(std::string_view sign) { return sign == "≠" || sign == "≤" || sign == "≥"; }
// No letter of a name, although its bytes are like those of one.
bool ends_name(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) >= 0x80 &&
         (space_at(text, at) > 0 || typographic_quote_at(text, at) > 0 || is_comparison(text.substr(at, 3)));
}
char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower_ascii, lower_ascii);
}

bool is_name(std::string_view text) {
  constexpr std::size_t max_name = 200;
  // "@_" and "@MU" mean something else.
  if (text.empty() || text.size() > max_name || !is_letter(text.front()) || text == "_" ||
      same_name(text, "MU") || text.find('\0') != std::string_view::npos || !utf8::valid(text))
    return false;
  return Lexer(text).seen_name() == text;
}

Lexer::Lexer(std::string_view text) : text_(text) {
  if (text.size() > max_query) {
    throw QueryError(
        text, {{max_query, max_query}, fmt::format("the query is longer than {} bytes", max_query), {}, {}},
        ErrorCode::too_large);
  }
  if (const std::size_t wrong = utf8::first_invalid(text); wrong != std::string_view::npos)
    fail({wrong, wrong + 1}, "the query is not valid UTF-8");
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    fail({nul, nul + 1}, "the query holds a NUL character");
}

std::size_t Lexer::at() {
  while (at_ < text_.size()) {
    if (const std::size_t space = space_at(text_, at_); space > 0) {
      at_ += space;
    } else if (text_[at_] == '#' && !(at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) fail({at_, at_ + 2}, "the comment is not closed", {"*/"});
      at_ = end + 2;
    } else {
      break;
    }
  }
  return at_;
}

bool Lexer::sees(std::string_view sign) { return text_.substr(at(), sign.size()) == sign; }

bool Lexer::take(std::string_view sign) {
  if (!sees(sign)) return false;
  at_ += sign.size();
  last_end_ = at_;
  return true;
}

void Lexer::expect(std::string_view sign, std::string_view meaning) {
  if (take(sign)) return;
  unexpected({meaning.empty() ? fmt::format("'{}'", sign) : fmt::format("'{}' {}", sign, meaning)});
}

std::size_t Lexer::name_end(std::size_t from) const {
  if (from >= text_.size() || !is_letter(text_[from]) || ends_name(text_, from)) return from;
  std::size_t end = from;
  // "_" alone is any node, also right before an edge.
  if (text_.substr(from, 2) == "_-") return from + 1;
  while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '-') &&
         !ends_name(text_, end)) {
    // The sign of an edge ends a name.
    if (text_[end] == '-' &&
        (end + 1 >= text_.size() || !(is_letter(text_[end + 1]) || is_digit(text_[end + 1]))))
      break;
    ++end;
  }
  return end;
}

std::optional<std::string_view> Lexer::seen_name() {
  const std::size_t begin = at(), end = name_end(begin);
  if (end == begin) return std::nullopt;
  return text_.substr(begin, end - begin);
}

std::optional<std::string_view> Lexer::name() {
  const auto seen = seen_name();
  if (seen) last_end_ = at_ += seen->size();
  return seen;
}

bool Lexer::sees_word(std::string_view word) {
  const auto seen = seen_name();
  return seen && same_name(*seen, word);
}

bool Lexer::take_word(std::string_view word) {
  if (!sees_word(word)) return false;
  last_end_ = at_ += word.size();
  return true;
}

std::optional<std::string> Lexer::label() {
  const std::size_t begin = at();
  std::size_t end = name_end(begin);
  while (end == begin && end < text_.size() && is_digit(text_[end])) {
    do ++end;
    while (end < text_.size() && is_digit(text_[end]));
    break;
  }
  if (end == begin) return std::nullopt;
  at_ = end;
  if (sees(":") && !sees("::") && !sees(":]")) {
    take(":");
    return std::string(text_.substr(begin, end - begin));
  }
  at_ = begin;
  return std::nullopt;
}

bool Lexer::sees_digit() { return at() < text_.size() && is_digit(text_[at_]); }

std::uint32_t Lexer::number(std::uint32_t max) {
  const std::size_t begin = at();
  std::uint64_t value = 0;
  while (at_ < text_.size() && is_digit(text_[at_])) {
    value = std::min<std::uint64_t>(value * 10 + static_cast<unsigned>(text_[at_] - '0'), 1'000'000'000'000);
    ++at_;
  }
  if (at_ == begin) unexpected({"a number"});
  last_end_ = at_;
  if (value > max) fail({begin, at_}, fmt::format("the number is above {}", max));
  return static_cast<std::uint32_t>(value);
}

bool Lexer::sees_quoted() {
  std::size_t quote = at();
  if (quote < text_.size() && (text_[quote] == 'l' || text_[quote] == 'b')) ++quote;
  return quote < text_.size() && (text_[quote] == '"' || text_[quote] == '\'');
}

std::optional<Value> Lexer::quoted() {
  if (!sees_quoted()) return std::nullopt;
  Value value;
  value.place.begin = at_;
  if (text_[at_] == 'l') value.kind = Value::Kind::literal;
  if (text_[at_] == 'b') value.kind = Value::Kind::buckwalter;
  if (value.kind != Value::Kind::pattern) ++at_;
  const char quote = text_[at_++];
  for (;; ++at_) {
    if (at_ >= text_.size()) {
      fail({value.place.begin, text_.size()}, "the quoted value is not closed", {std::string(1, quote)});
    }
    const char c = text_[at_];
    if (c == quote) break;
    if (c == '\\' && at_ + 1 < text_.size()) {
      // Only a quote loses its backslash here; the rest is for the regular expression.
      ++at_;
      if (text_[at_] != quote) value.text += '\\';
    }
    value.text += text_[at_];
  }
  ++at_;
  // CQP allows spaces before flags; nothing else begins with %.
  std::size_t flag = at_;
  while (flag < text_.size() && space_at(text_, flag) > 0) flag += space_at(text_, flag);
  if (flag < text_.size() && text_[flag] == '%') at_ = flag;
  if (at_ < text_.size() && text_[at_] == '%') {
    const std::size_t flags = at_++;
    for (; at_ < text_.size() && is_letter(text_[at_]); ++at_) {
      switch (text_[at_]) {
        case 'c':
          value.any_case = true;
          break;
        case 'd':
          value.any_marks = true;
          break;
        case 'l':
          value.kind = Value::Kind::literal;
          break;
        default:
          fail({flags, at_ + 1}, "the flag after the value is unknown", {"%c", "%d", "%l"});
      }
    }
    if (at_ == flags + 1) fail({flags, flags + 1}, "the flag after the value is missing", {"%c", "%d", "%l"});
  }
  last_end_ = value.place.end = at_;
  return value;
}

std::string Lexer::edge_type(std::string_view end) {
  if (const auto value = quoted()) {
    if (text_.substr(at_, end.size()) != end)
      fail({at_, at_ + 1}, "the edge is not closed", {std::string(end)});
    last_end_ = at_ += end.size();
    return value->text;
  }
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_.substr(at_, end.size()) != end) {
    const char c = text_[at_];
    if (space_at(text_, at_) > 0 || c == '"' || c == '\'' || c == ']') {
      fail({begin, at_}, "the edge is not closed", {std::string(end)},
           std::string("a type with spaces or quotes is written in quotes: -\"subj <<kan>>\"->"));
    }
    ++at_;
  }
  if (at_ >= text_.size())
    fail({begin, at_}, "the edge is not closed", {std::string(end)}, foreign_hint(text_, begin));
  std::string type(text_.substr(begin, at_ - begin));
  last_end_ = at_ += end.size();
  return type;
}

void Lexer::fail(Place place, std::string message, std::vector<std::string> expected,
                 std::string hint) const {
  throw QueryError(text_, {place, std::move(message), std::move(expected), std::move(hint)});
}

void Lexer::unexpected(std::vector<std::string> expected, std::string hint) {
  const std::size_t begin = at();
  if (hint.empty()) hint = foreign_hint(text_, begin);
  if (begin == text_.size())
    fail({begin, begin}, "the query ends too early", std::move(expected), std::move(hint));
  std::size_t end = name_end(begin);
  while (end == begin || (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80))
    ++end;
  std::string message =
      fmt::format("'{}' is not possible here",
                  with_visible_signs(text_.substr(begin, std::min(end - begin, std::size_t{40}))));
  if (typographic_quote_at(text_, begin) > 0) hint = "a value is in straight quotes: \"...\" or '...'";
  if (end - begin > 40) message = "this is not possible here";
  fail({begin, end}, std::move(message), std::move(expected), std::move(hint));
}

}  // namespace kalima::query
