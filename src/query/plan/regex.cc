#include "query/plan/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
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

namespace {

// An expression that is a literal with anything before or after it.
struct Affix {
  std::string text;
  bool before = false, after = false;  // anything
};
std::optional<Affix> affix_of(std::string_view pattern, bool any_case) {
  Affix out;
  if (pattern.starts_with(".*")) {
    out.before = true;
    pattern.remove_prefix(2);
  }
  if (pattern.ends_with(".*")) {
    out.after = true;
    pattern.remove_suffix(2);
  }
  // Arabic, of the blocks from U+0600 on, has no case; of other letters the library knows it.
  const auto may_have_case = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (byte >= 0xC0 && (byte < 0xD8 || byte > 0xDB));
  };
  if (pattern.empty() || !is_literal(pattern) || (!out.before && !out.after)) return std::nullopt;
  if (pattern.find('\n') != std::string_view::npos) return std::nullopt;
  if (any_case && std::ranges::any_of(pattern, may_have_case)) return std::nullopt;
  out.text = pattern;
  return out;
}

}  // namespace

struct Regex::Held {
  Held(std::string_view pattern, bool any_case) : affix(affix_of(pattern, any_case)) {
    if (affix) return;
    const std::string group = "(?:" + std::string(pattern) + ")";
    one = std::make_unique<re2::RE2>(group, options(any_case));
    line = std::make_unique<re2::RE2>("(?m:^" + group + "$)", options(any_case));
  }
  std::optional<Affix> affix;
  std::unique_ptr<re2::RE2> one, line;  // without an affix
};

namespace {

std::vector<std::uint32_t> with_affix(const Affix& affix, const Lines& lines,
                                      const std::function<bool()>& stopped) {
  std::vector<std::uint32_t> out;
  const std::string_view all = lines.all();
  const auto end_of = [&](std::size_t line) {
    return (line + 1 < lines.size() ? lines.begin(line + 1) : all.size()) - 1;
  };
  if (!affix.before || !affix.after) {
    for (std::size_t line = 0; line < lines.size() && (line % chunk != 0 || !stopped()); ++line) {
      const std::string_view text = all.substr(lines.begin(line), end_of(line) - lines.begin(line));
      if (affix.before ? text.ends_with(affix.text) : text.starts_with(affix.text))
        out.push_back(static_cast<std::uint32_t>(line));
    }
    return out;
  }
  const std::boyer_moore_horspool_searcher searcher(affix.text.begin(), affix.text.end());
  for (auto at = all.begin(); at != all.end() && !stopped();) {
    at = std::search(at, all.end(), searcher);
    if (at == all.end()) break;
    const std::size_t line = lines.line_at(static_cast<std::size_t>(at - all.begin()));
    out.push_back(static_cast<std::uint32_t>(line));
    at = all.begin() + static_cast<std::ptrdiff_t>(end_of(line));
  }
  return out;
}

}  // namespace

Regex::Regex(std::string_view pattern, bool any_case) : held_(std::make_unique<Held>(pattern, any_case)) {
  for (const auto* compiled : {&held_->one, &held_->line}) {
    if (*compiled && !(*compiled)->ok()) throw std::invalid_argument((*compiled)->error());
  }
}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;

bool Regex::matches(std::string_view whole) const {
  if (const auto& affix = held_->affix) {
    if (affix->before && affix->after) return whole.find(affix->text) != std::string_view::npos;
    return affix->before ? whole.ends_with(affix->text) : whole.starts_with(affix->text);
  }
  return re2::RE2::FullMatch(re2::StringPiece(whole.data(), whole.size()), *held_->one);
}

std::vector<std::uint32_t> Regex::matching(const Lines& lines, const std::function<bool()>& stopped) const {
  if (held_->affix) return with_affix(*held_->affix, lines, stopped);
  std::vector<std::uint32_t> out;
  const std::string_view all = lines.all();
  const re2::StringPiece text(all.data(), all.size());
  for (std::size_t line = 0; line < lines.size() && !stopped();) {
    const std::size_t target = lines.begin(line) + chunk;
    const std::size_t after = target >= all.size() ? lines.size() : std::max(lines.line_at(target), line + 1);
    const std::size_t end = (after == lines.size() ? all.size() : lines.begin(after)) - 1;
    for (std::size_t at = lines.begin(line); at <= end;) {
      re2::StringPiece found;
      if (!held_->line->Match(text, at, end, re2::RE2::UNANCHORED, &found, 1)) break;
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
