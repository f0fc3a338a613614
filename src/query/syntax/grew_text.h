// The text of a pattern of Grew while it is read: signs, names, texts in quotes; and its errors.
//
// Places are bytes. Threads: one object is used by one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/complaint.h"

namespace kalima::query {

class GrewText {
 public:
  explicit GrewText(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  void return_to(std::size_t at) { at_ = at; }
  Place from(std::size_t begin) const { return {begin, at_}; }
  // Where the next sign or name begins: after spaces and comments.
  std::size_t begin();
  bool at_end() { return begin() == text_.size(); }

  bool take(std::string_view sign);
  void expect(std::string_view sign);
  // Only here, without spaces before it.
  bool sees(std::string_view sign) const { return text_.substr(at_).starts_with(sign); }

  std::optional<std::string> seen_name();
  std::string any_name(std::string_view what);  // `what` as in "a node"
  // One that is a name in the other language too.
  std::string name(std::string_view what);
  // The type of an edge without quotes; empty if none is here.
  std::string_view type();
  // Up to a sign that closes it, which is taken.
  std::string until(char end);

  // What comes next is something else.
  [[noreturn]] void unexpected(std::vector<std::string> expected);
  // At `begin`, up to what is read already.
  [[noreturn]] void fail(std::size_t begin, std::string message, std::vector<std::string> expected = {},
                         std::string hint = {}) const;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace kalima::query
