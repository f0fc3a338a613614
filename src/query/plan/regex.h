// Regular expressions in linear time: the one place that knows the library (RE2; docs/dependencies.md).
//
// A value is matched as a whole. Threads: a Regex may be used by any number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::query {

// Texts in a row, each ended by a line feed, so that one pass goes over all of them.
class Lines {
 public:
  // Line feeds in a text become spaces.
  void add(std::string_view text);
  std::size_t size() const { return begins_.size(); }
  std::string_view all() const { return all_; }
  std::size_t begin(std::size_t line) const { return begins_[line]; }
  std::size_t line_at(std::size_t offset) const;

 private:
  std::string all_;
  std::vector<std::uint32_t> begins_;
};

class Regex {
 public:
  // Throws std::invalid_argument with the library's words when the pattern is invalid or too large.
  Regex(std::string_view pattern, bool any_case);
  ~Regex();
  Regex(Regex&&) noexcept;

  bool matches(std::string_view whole) const;
  // The lines that match, 0-based, ascending. A literal at the end, the beginning or anywhere (.*x, x.*, .*x.*) is found
  // without the library. `stopped` is asked from time to time, and ends the search.
  std::vector<std::uint32_t> matching(const Lines& lines, const std::function<bool()>& stopped) const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

// Whether a character has a meaning of its own in an expression.
bool is_special(char c);
bool is_literal(std::string_view pattern);
// The parts between "|" when that is the only special sign; empty otherwise.
std::vector<std::string_view> literal_alternatives(std::string_view pattern);

}  // namespace kalima::query
