#include "query/syntax/grew_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "query/syntax/lexer.h"
#include "query/syntax/unseen.h"

namespace kalima::query {
namespace {

bool is_of_grew_name(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (static_cast<unsigned char>(c) >= 0x80)
    return space_at(text, at) == 0 && typographic_quote_at(text, at) == 0;
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '\'';
}

}  // namespace

void GrewText::fail(std::size_t begin, std::string message, std::vector<std::string> expected,
                    std::string hint) const {
  throw QueryError(text_,
                   {{begin, std::max(at_, begin)}, std::move(message), std::move(expected), std::move(hint)});
}

void GrewText::unexpected(std::vector<std::string> expected) {
  const std::size_t first = begin();
  if (first == text_.size()) fail(first, "the pattern ends too early", std::move(expected));
  ++at_;
  while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
  fail(first, fmt::format("'{}' is not possible here", with_visible_signs(text_.substr(first, at_ - first))),
       std::move(expected));
}

std::size_t GrewText::begin() {
  while (at_ < text_.size()) {
    if (const std::size_t space = space_at(text_, at_); space > 0) {
      at_ += space;
    } else if (text_[at_] == '%') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      break;
    }
  }
  return at_;
}

bool GrewText::take(std::string_view sign) {
  begin();
  if (!sees(sign)) return false;
  at_ += sign.size();
  return true;
}

void GrewText::expect(std::string_view sign) {
  if (!take(sign)) unexpected({std::string(sign)});
}

std::optional<std::string> GrewText::seen_name() {
  std::size_t end = begin();
  while (end < text_.size() && is_of_grew_name(text_, end)) ++end;
  if (end == at_) return std::nullopt;
  std::string out;
  for (; at_ < end; ++at_) {
    // No part of a name here.
    if (text_[at_] == '\'') {
      out += "_prime";
    } else {
      out += text_[at_];
    }
  }
  return out;
}

std::string GrewText::any_name(std::string_view what) {
  if (auto out = seen_name()) return *out;
  unexpected({std::string(what)});
}

std::string GrewText::name(std::string_view what) {
  const std::size_t first = begin();
  std::string out = any_name(what);
  Lexer lexer(out);
  if (lexer.name() != std::string_view(out) || !lexer.at_end() || out == "_")
    fail(first, fmt::format("'{}' is not a name", out), {"letters, digits and _, with a letter first"});
  return out;
}

std::string_view GrewText::type() {
  const std::size_t first = begin();
  while (at_ < text_.size() && (is_of_grew_name(text_, at_) || text_[at_] == ':' || text_[at_] == '@' ||
                                (text_[at_] == '-' && !sees("->"))))
    ++at_;
  return text_.substr(first, at_ - first);
}

std::string GrewText::until(char end) {
  const std::size_t first = at_;
  const std::size_t close = text_.find(end, at_);
  if (close == std::string_view::npos) fail(first, "the text is not closed", {std::string(1, end)});
  if (close > first && text_[close - 1] == '\\') fail(first, "a text does not end with a backslash");
  at_ = close + 1;
  return std::string(text_.substr(first, close - first));
}

}  // namespace kalima::query
