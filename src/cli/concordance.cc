#include "cli/concordance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>

#ifdef _WIN32
#include <io.h>

#include <cstdio>
#else
#include <sys/ioctl.h>
#include <unistd.h>
#endif

#include "query/results/lines.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/plain.h"

namespace kalima::cli {
namespace {

constexpr std::string_view left_to_right = "\u200E", isolate = "\u2067", end_of_isolate = "\u2069";
constexpr std::string_view match_style = "\x1b[1m", no_style = "\x1b[0m";
// Of captures, by label; each is readable on black and on white.
constexpr std::string_view styles[] = {"\x1b[1;31m", "\x1b[1;34m", "\x1b[1;32m",
                                       "\x1b[1;35m", "\x1b[1;36m", "\x1b[1;33m"};

bool is_arabic(std::string_view text) {
  return std::ranges::any_of(utf8::to_code_points(text), [](char32_t c) { return c >= 0x590 && c < 0x900; });
}

// A part of a line: its text, with styles, and how many columns it takes.
struct Part {
  std::string text;
  std::size_t width = 0;

  void add(std::string_view word, std::string_view style) {
    if (!text.empty()) {
      text += ' ';
      ++width;
    }
    text += style;
    text += word;
    if (!style.empty()) text += no_style;
    width += columns_of(word);
  }
};

struct Parts {
  std::string place;
  Part before, match, after;
};

class Concordance {
 public:
  Concordance(const query::Engine& engine, const std::vector<std::string>& labels,
              const std::vector<attributes::Attribute>& columns, const Screen& screen)
      : engine_(engine), corpus_(engine.corpus()), labels_(labels), columns_(columns), screen_(screen) {}

  std::string text(const query::HitList& hits, std::uint32_t context) const {
    std::vector<Parts> lines;
    std::size_t place = 0, match = 0;
    bool whole_words = true;
    for (std::size_t i = 0; i < hits.size(); ++i) whole_words = whole_words && is_whole_words(hits[i]);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const query::Hit hit = hits[i];
      const query::Line line = query::line_of(corpus_, hit, context);
      Parts& parts = lines.emplace_back();
      parts.place = query::place_name(engine_, hit.first());
      // Of words without the segment.
      if (whole_words) parts.place.erase(parts.place.rfind(':'));
      for (std::uint32_t word = line.match.begin; word < line.match.end; ++word)
        parts.match.add(with_columns(hit, line, word), style_of(hit, word));
      place = std::max(place, parts.place.size());
      match = std::max(match, parts.match.width);
    }
    // What is left beside the widest hit is shared by both sides.
    const std::size_t taken = place + match + 6;
    const std::size_t side = screen_.width == 0           ? std::string::npos
                             : screen_.width > taken + 10 ? (screen_.width - taken) / 2
                                                          : 5;
    std::size_t before = 0, after = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      add_context(lines[i], query::line_of(corpus_, hits[i], context), side);
      before = std::max(before, lines[i].before.width);
      after = std::max(after, lines[i].after.width);
    }
    std::string out = legend();
    for (const Parts& parts : lines) {
      const bool directed =
          screen_.terminal && is_arabic(parts.before.text + parts.match.text + parts.after.text);
      if (directed) out += left_to_right;
      out += parts.place + std::string(place - parts.place.size() + 2, ' ');
      if (directed) out += isolate;
      out += std::string(before - parts.before.width, ' ') + parts.before.text + "  ";
      out += parts.match.text + std::string(match - parts.match.width, ' ') + "  ";
      out += parts.after.text;
      if (directed) out += std::string(after - parts.after.width, ' ') + std::string(end_of_isolate);
      out += '\n';
    }
    return out;
  }

 private:
  bool is_whole_words(const query::Hit& hit) const {
    return corpus_.first[corpus_.word_of[hit.first()]] == hit.first() &&
           corpus_.first[corpus_.word_of[hit.last()] + 1] == hit.last() + 1;
  }

  // A word of the hit, and after a slash each column that is asked for.
  std::string with_columns(const query::Hit& hit, const query::Line& line, std::uint32_t word) const {
    std::string out(corpus_.core().word_form(word));
    for (const attributes::Attribute attribute : columns_) {
      const std::string value =
          corpus_.core().text(attribute, query::value_in_line(corpus_, attribute, hit, line, word));
      out += '/' + (value.empty() ? std::string("_") : value);
    }
    return out;
  }

  std::string_view style_of(const query::Hit& hit, std::uint32_t word) const {
    if (!screen_.colours) return {};
    const std::uint32_t first = corpus_.first[word], end = corpus_.first[word + 1];
    for (const query::Captured& captured : hit.captures) {
      if (captured.begin < end && captured.end > first) return styles[captured.label % std::size(styles)];
    }
    return match_style;
  }

  // As many words as fit on each side.
  void add_context(Parts& parts, const query::Line& line, std::size_t side) const {
    const auto form = [this](std::uint32_t word) { return corpus_.core().word_form(word); };
    std::uint32_t from = line.match.begin;
    std::size_t width = 0;
    for (; from > line.from; --from) {
      width += columns_of(form(from - 1)) + 1;
      if (width > side) break;
    }
    for (std::uint32_t word = from; word < line.match.begin; ++word) parts.before.add(form(word), {});
    for (std::uint32_t word = line.match.end; word < line.to; ++word) {
      if (parts.after.width + columns_of(form(word)) + 1 > side) break;
      parts.after.add(form(word), {});
    }
  }

  std::string legend() const {
    if (!screen_.colours || labels_.empty()) return {};
    std::string out;
    for (std::size_t i = 0; i < labels_.size(); ++i)
      out += fmt::format("{}{}{}{}", out.empty() ? "" : " ", styles[i % std::size(styles)], labels_[i],
                         no_style);
    return out + '\n';
  }

  const query::Engine& engine_;
  const query::Corpus& corpus_;
  const std::vector<std::string>& labels_;
  const std::vector<attributes::Attribute>& columns_;
  const Screen& screen_;
};

}  // namespace

Screen screen_of_output() {
  Screen out;
#ifdef _WIN32
  // Not `terminal`, which is for terminals that order letters by direction.
  const bool terminal = _isatty(_fileno(stdout)) != 0;
#else
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  out.terminal = terminal;
  winsize size{};
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) out.width = size.ws_col;
#endif
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const kind = std::getenv("TERM");
  out.colours = terminal && (no_color == nullptr || *no_color == '\0') &&
                (kind == nullptr || std::string_view(kind) != "dumb");
  return out;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8::to_code_points(text), [](char32_t c) { return !text::is_combining(c); }));
}

std::string concordance(const query::Engine& engine, const query::HitList& hits,
                        const std::vector<std::string>& labels, std::uint32_t context,
                        const std::vector<attributes::Attribute>& columns, const Screen& screen) {
  return Concordance(engine, labels, columns, screen).text(hits, context);
}

std::string table(const std::vector<std::vector<std::string>>& rows, const Screen& screen) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    if (screen.terminal) out += left_to_right;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - columns_of(row[i]), ' ');
      const bool number = !row[i].empty() && row[i].find_first_not_of("0123456789,.%") == std::string::npos;
      const bool directed = screen.terminal && is_arabic(row[i]);
      if (i > 0) out += "  ";
      if (number) out += pad;
      if (directed) out += isolate;
      out += row[i];
      if (directed) out += end_of_isolate;
      if (!number && i + 1 < row.size()) out += pad;
    }
    out += '\n';
  }
  return out;
}

}  // namespace kalima::cli
