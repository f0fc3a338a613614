#include "query/plan/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <stdexcept>

namespace kalima::query {
namespace {

// Bounds the program, and so the time for each byte, and the states that are kept; in bytes.
constexpr std::int64_t max_memory = 1 << 20;
// Between two questions whether to stop; in bytes.
constexpr std::size_t chunk = 2048;

re2::RE2::Options options(bool any_case) {
  re2::RE2::Options out;
  out.set_log_errors(false);
  out.set_case_sensitive(!any_case);
  out.set_never_nl(true);
  out.set_max_mem(max_memory);
  return out;
}

}  // namespace

void Lines::add(std::string_view text) {
  begins_.push_back(static_cast<std::uint32_t>(all_.size()));
  all_ += text;
  std::replace(all_.begin() + begins_.back(), all_.end(), '\n', ' ');
  all_ += '\n';
}

std::size_t Lines::line_at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(begins_, offset);
  return static_cast<std::size_t>(after - begins_.begin()) - 1;
}

struct Regex::Held {
  explicit Held(std::string_view pattern, bool any_case)
      : one("(?:" + std::string(pattern) + ")", options(any_case)),
        line("(?m:^(?:" + std::string(pattern) + ")$)", options(any_case)) {}
  re2::RE2 one, line;
};

Regex::Regex(std::string_view pattern, bool any_case) : held_(std::make_unique<Held>(pattern, any_case)) {
  if (!held_->one.ok()) throw std::invalid_argument(held_->one.error());
  if (!held_->line.ok()) throw std::invalid_argument(held_->line.error());
}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;

bool Regex::matches(std::string_view whole) const {
  return re2::RE2::FullMatch(re2::StringPiece(whole.data(), whole.size()), held_->one);
}

std::vector<std::uint32_t> Regex::matching(const Lines& lines, const std::function<bool()>& stopped) const {
  std::vector<std::uint32_t> out;
  const std::string_view all = lines.all();
  const re2::StringPiece text(all.data(), all.size());
  for (std::size_t line = 0; line < lines.size() && !stopped();) {
    const std::size_t target = lines.begin(line) + chunk;
    const std::size_t after = target >= all.size() ? lines.size() : std::max(lines.line_at(target), line + 1);
    const std::size_t end = (after == lines.size() ? all.size() : lines.begin(after)) - 1;
    for (std::size_t at = lines.begin(line); at <= end;) {
      re2::StringPiece found;
      if (!held_->line.Match(text, at, end, re2::RE2::UNANCHORED, &found, 1)) break;
      const auto matched = static_cast<std::size_t>(found.data() - all.data());
      const std::size_t number = lines.line_at(matched);
      out.push_back(static_cast<std::uint32_t>(number));
      if (number + 1 >= lines.size()) break;
      at = lines.begin(number + 1);
    }
    line = after;
  }
  return out;
}

bool is_special(char c) { return std::string_view(".*+?()[]{}|\\^$").find(c) != std::string_view::npos; }

bool is_literal(std::string_view pattern) { return std::ranges::none_of(pattern, is_special); }

std::vector<std::string_view> literal_alternatives(std::string_view pattern) {
  if (std::ranges::any_of(pattern, [](char c) { return c != '|' && is_special(c); })) return {};
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t bar = pattern.find('|');
    out.push_back(pattern.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    pattern.remove_prefix(bar + 1);
  }
}

}  // namespace kalima::query
