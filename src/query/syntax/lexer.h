// The words and signs of the language, read on demand: what a character means depends on where it is (an edge outside
// of brackets is a comparison inside).
//
// Threads: one object is used by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/complaint.h"
#include "query/syntax/tree.h"

namespace kalima::query {

class Lexer {
 public:
  // `text` must outlive it. Throws QueryError for a text that is too long, not UTF-8, or holds a NUL.
  explicit Lexer(std::string_view text);

  // Before the next token: spaces and comments are skipped. Throws for a comment that is not closed.
  std::size_t at();
  bool at_end() { return at() == text_.size(); }
  // Goes back to a place that at() returned.
  void return_to(std::size_t place) { at_ = place; }
  std::size_t end_of_last() const { return last_end_; }
  std::string_view text() const { return text_; }

  // Whether the next characters are these; take() also reads them.
  bool sees(std::string_view sign);
  bool take(std::string_view sign);
  // Throws when they are others.
  void expect(std::string_view sign, std::string_view meaning = {});

  // A name: letters (of any script), digits, "_" and "-", not beginning with a digit or "-".
  std::optional<std::string_view> name();
  // The next name, without reading it.
  std::optional<std::string_view> seen_name();
  // This word, whatever its case.
  bool sees_word(std::string_view word);
  bool take_word(std::string_view word);
  // A label before a colon, which is read too: a name or a number; not in `a::`.
  std::optional<std::string> label();

  bool sees_digit();
  // Digits only. Throws for a number above `max`.
  std::uint32_t number(std::uint32_t max);

  // A quoted text with what may be before it (l, b) and after it (%cdl); nullopt before any other token.
  std::optional<Value> quoted();
  bool sees_quoted();

  // The type of an edge up to `end`, which is read too.
  std::string edge_type(std::string_view end);

  [[noreturn]] void fail(Place place, std::string message, std::vector<std::string> expected = {},
                         std::string hint = {}) const;
  // Of the next token.
  [[noreturn]] void unexpected(std::vector<std::string> expected, std::string hint = {});

 private:
  std::size_t name_end(std::size_t from) const;

  std::string_view text_;
  std::size_t at_ = 0, last_end_ = 0;
};

bool same_name(std::string_view a, std::string_view b);
// Whether all of it is one name, as name() reads it.
bool is_name(std::string_view text);

}  // namespace kalima::query
