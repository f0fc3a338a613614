#include "importers/starter_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "support/error.h"
#include "support/utf8.h"

namespace kalima::importers {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Prefixes whose code does not contain their tag.
constexpr std::array<Pair, 7> prefix_tags{{{"Al+", "DET"},
                                           {"bi+", "P"},
                                           {"ka+", "P"},
                                           {"ta+", "P"},
                                           {"sa+", "FUT"},
                                           {"ya+", "VOC"},
                                           {"ha+", "VOC"}}};
// Suffixes other than pronouns: the item, its features and its tag.
struct Suffix {
  std::string_view item, features, tag;
};
constexpr std::array<Suffix, 3> suffixes{
    {{"+n:EMPH", "SUFFIX|+n:EMPH", "EMPH"}, {"+VOC", "SUFFIX|+VOC", "VOC"}, {"+l:P+", "SUFFIX|l:P+", "P"}}};
// Abbreviations among the items of a stem.
constexpr std::array<Pair, 4> abbreviations{
    {{"AP", "ACT|PCPL"}, {"PP", "PASS|PCPL"}, {"JUS", "MOOD:JUS"}, {"SUBJ", "MOOD:SUBJ"}}};

[[noreturn]] void bad(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_tag(std::string_view text) { return all_of(text, capitals); }

bool is_feature(std::string_view item) {
  if (item.starts_with('(')) return item.ends_with(')') && all_of(item.substr(1, item.size() - 2), "IVX");
  if (item.starts_with("SP:")) return item.size() > 3;
  return all_of(item, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

const std::string_view* find(const auto& table, std::string_view key) {
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const Pair& pair) { return pair.first == key; });
  return it == table.end() ? nullptr : &it->second;
}

corpus::Segment segment_of(std::string_view type, std::string_view tag, std::string features) {
  corpus::Segment segment;
  segment.type = type;
  segment.pos = tag;
  segment.features = std::move(features);
  return segment;
}

corpus::Segment prefix(std::string_view item) {
  const std::string_view code = item.substr(0, item.size() - 1);
  const std::size_t colon = code.find(':');
  std::string_view tag;
  if (colon != std::string_view::npos) {
    tag = code.substr(colon + 1);
    if (colon == 0 || !is_tag(tag)) bad(fmt::format("expected a prefix such as w:CONJ+, found \"{}\"", item));
  } else if (const std::string_view* known = find(prefix_tags, item)) {
    tag = *known;
  } else {
    bad(fmt::format("unknown prefix \"{}\"; expected one with its tag, such as w:CONJ+", item));
  }
  return segment_of("prefix", tag, fmt::format("PREFIX|{}", item));
}

corpus::Segment suffix(std::string_view item) {
  if (item.starts_with("+PRON:") && item.size() > 6) {
    return segment_of("suffix", "PRON", fmt::format("SUFFIX|{}", item.substr(1)));
  }
  for (const Suffix& known : suffixes) {
    if (item == known.item) return segment_of("suffix", known.tag, std::string(known.features));
  }
  bad(fmt::format("unknown suffix \"{}\"; expected +PRON:…, +n:EMPH, +VOC or +l:P+", item));
}

corpus::Segment stem(const std::vector<std::string_view>& items) {
  if (!is_tag(items.front())) bad(fmt::format("expected a part of speech, found \"{}\"", items.front()));
  corpus::Segment segment = segment_of("stem", items.front(), fmt::format("STEM|POS:{}", items.front()));
  bool seen = false;
  for (auto it = items.begin() + 1; it != items.end(); ++it) {
    const std::string_view item = *it;
    std::string& features = *segment.features;
    if (const std::size_t slash = item.find('/'); slash != std::string_view::npos) {
      if (item.find('/', slash + 1) != std::string_view::npos)
        bad(fmt::format("expected LEMMA/ROOT, found \"{}\"", item));
      if (seen) bad(fmt::format("expected one LEMMA/ROOT, found a second: \"{}\"", item));
      seen = true;
      const std::string_view lemma = item.substr(0, slash), root = item.substr(slash + 1);
      if (!lemma.empty()) {
        segment.lemma = lemma;
        features += fmt::format("|LEM:{}", lemma);
      }
      if (!root.empty()) {
        segment.root = root;
        features += fmt::format("|ROOT:{}", root);
      }
    } else if (is_feature(item)) {
      const std::string_view* whole = find(abbreviations, item);
      features += fmt::format("|{}", whole == nullptr ? item : *whole);
    } else {
      bad(fmt::format("expected a feature, found \"{}\"", item));
    }
  }
  return segment;
}

std::vector<corpus::Segment> segments_of(std::string_view analysis) {
  std::vector<corpus::Segment> segments;
  std::vector<std::string_view> items;  // of the stem that is read
  bool stem_wanted = true;              // no stem is complete yet, or `&` announced another
  const auto close_stem = [&] {
    if (items.empty()) bad(fmt::format("expected a stem in \"{}\"", analysis));
    segments.push_back(stem(items));
    items.clear();
    stem_wanted = false;
  };
  for (const std::string_view item : split(analysis, ' ')) {
    if (item.empty()) bad("expected items separated by one space");
    if (item == "&") {
      if (stem_wanted) close_stem();
      stem_wanted = true;
    } else if (item.starts_with('+')) {
      if (stem_wanted) close_stem();
      segments.push_back(suffix(item));
    } else if (!stem_wanted) {
      bad(fmt::format("expected a suffix after the stem, found \"{}\"", item));
    } else if (item.ends_with('+') && items.empty()) {
      segments.push_back(prefix(item));
    } else {
      items.push_back(item);
    }
  }
  if (stem_wanted) close_stem();
  return segments;
}

// Letters, vowel signs and the small signs of the Uthmani spelling; not the pause marks.
bool is_arabic(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    const bool letter =
        (c >= 0x0621 && c <= 0x063A) || (c >= 0x0640 && c <= 0x0654) || c == 0x0670 || c == 0x0671;
    const bool sign = c >= 0x06DC && c <= 0x06ED;
    if (!letter && !sign) return false;
  }
  return !text.empty();
}

}  // namespace

corpus::Word starter_word(std::string_view line, std::int64_t id) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) bad("expected FORM, a tab and the analysis");
  const std::string_view form = line.substr(0, tab);
  corpus::Word word;
  word.id = id;
  word.form.emplace();
  word.segments = segments_of(line.substr(tab + 1));
  const std::vector<std::string_view> parts = split(form, '+');
  if (parts.size() != word.segments.size()) {
    bad(fmt::format("the form \"{}\" has {} parts, the analysis {} segments", form, parts.size(),
                    word.segments.size()));
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_arabic(parts[i])) bad(fmt::format("expected Arabic letters and signs, found \"{}\"", parts[i]));
    word.segments[i].id = fmt::format("{}.{}", id, i + 1);
    word.segments[i].form = parts[i];
    *word.form += parts[i];
  }
  return word;
}

}  // namespace kalima::importers
