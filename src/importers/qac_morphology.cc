#include "importers/qac_morphology.h"

#include <fmt/format.h>

#include <array>
#include <tuple>
#include <utility>

#include "corpus/surahs.h"
#include "importers/qac_fork.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/buckwalter.h"

namespace kalima::importers {
namespace {

constexpr std::string_view header = "LOCATION\tFORM\tTAG\tFEATURES";
constexpr std::string_view not_written = "_";

// The value of the feature that begins with `key`; nullopt if there is none.
std::optional<std::string_view> feature(std::string_view features, std::string_view key) {
  for (;;) {
    const std::size_t end = features.find('|');
    const std::string_view one = features.substr(0, end);
    if (one.starts_with(key)) return one.substr(key.size());
    if (end == std::string_view::npos) return std::nullopt;
    features.remove_prefix(end + 1);
  }
}

std::optional<std::string> text_of(std::optional<std::string_view> view) {
  if (!view) return std::nullopt;
  return std::string(*view);
}

std::optional<std::string_view> segment_type(std::string_view features) {
  const std::string_view first = features.substr(0, features.find('|'));
  if (first == "PREFIX") return "prefix";
  if (first == "STEM") return "stem";
  if (first == "SUFFIX") return "suffix";
  return std::nullopt;
}

}  // namespace

QacMorphology::QacMorphology(SourceStream& file) : file_(file), lines_(file) {
  if (!read_row()) file_.fail(0, "no segment found; expected lines (S:A:W:G)<TAB>FORM<TAB>TAG<TAB>FEATURES");
}

// Takes a number and the text after it off the front of `location`; without a text it is all that is left.
int QacMorphology::read_number(std::string_view& location, std::string_view end,
                               std::string_view whole) const {
  const std::size_t at = end.empty() ? location.size() : location.find(end);
  const auto value = numbers::parse<int>(location.substr(0, at), {.min = 1});
  if (!value || at == std::string_view::npos) {
    file_.fail(lines_.number(),
               fmt::format("\"{}\" is not a location; expected (SURAH:AYAH:WORD:SEGMENT)", whole));
  }
  location.remove_prefix(at + end.size());
  return *value;
}

// Reads the next segment's line into row_; false at the end.
bool QacMorphology::read_row() {
  while (lines_.next()) {
    const std::string_view line = lines_.line();
    if (line.empty() || line.starts_with('#')) continue;
    if (std::exchange(header_possible_, false) && line == header) continue;

    std::array<std::string_view, 4> cells;
    std::size_t count = 0;
    for (std::string_view left = line;; ++count) {
      const std::size_t tab = left.find('\t');
      if (count < cells.size()) cells[count] = left.substr(0, tab);
      if (tab == std::string_view::npos) break;
      left.remove_prefix(tab + 1);
    }
    if (++count != cells.size()) {
      file_.fail(lines_.number(),
                 fmt::format("{} columns between tabs, expected LOCATION, FORM, TAG, FEATURES{}", count,
                             lines_.last() ? "; is the file cut off?" : ""));
    }
    std::string_view location = cells[0];
    const std::string_view whole = cells[0].substr(0, 40);
    // The first segment decides for the file.
    if (!std::exchange(any_, true)) brackets_ = location.starts_with('(');
    if (brackets_ && location.starts_with('(')) location.remove_prefix(1);
    row_.surah = read_number(location, ":", whole);
    row_.ayah = read_number(location, ":", whole);
    row_.word = read_number(location, ":", whole);
    row_.segment = read_number(location, brackets_ ? ")" : "", whole);
    const auto& surahs = corpus::surahs();
    if (static_cast<std::size_t>(row_.surah) > surahs.size() ||
        row_.ayah > surahs[static_cast<std::size_t>(row_.surah) - 1].verses) {
      file_.fail(lines_.number(),
                 fmt::format("verse {}:{} does not exist in the Quran", row_.surah, row_.ayah));
    }
    form_ = cells[1];
    tag_ = cells[2];
    features_ = cells[3];
    row_.line = lines_.number();
    return true;
  }
  return false;
}

std::string QacMorphology::arabic(std::string_view buckwalter, std::string_view what) const {
  const auto converted = text::arabic_from_buckwalter(buckwalter);
  if (buckwalter.empty() || !converted) {
    file_.fail(row_.line, fmt::format("the {} \"{}\" is not in extended Buckwalter", what,
                                      utf8::prefix(buckwalter, 40)));
  }
  return *converted;
}

// The columns of version 0.4.
QacColumns QacMorphology::as_written() const {
  QacColumns columns{arabic(form_, "form"), std::string(tag_), std::string(features_)};
  if (form_ == not_written) columns.form.reset();
  return columns;
}

corpus::Segment QacMorphology::make_segment() {
  if (tag_.empty()) file_.fail(row_.line, "the TAG is empty");
  const QacColumns columns = brackets_ ? as_written() : in_version_0_4(form_, tag_, features_);
  const auto type = segment_type(columns.features);
  if (!type) {
    file_.fail(row_.line, fmt::format("the features \"{}\" do not begin with PREFIX, STEM or SUFFIX",
                                      utf8::prefix(columns.features, 40)));
  }
  const auto root = feature(columns.features, "ROOT:"), lemma = feature(columns.features, "LEM:");
  if (root) arabic(*root, "root");
  if (lemma) arabic(*lemma, "lemma");
  corpus::Segment segment;
  segment.id = fmt::format("{}.{}", row_.word, row_.segment);
  segment.form = columns.form;
  segment.type = std::string(*type);
  segment.pos = std::string(feature(columns.features, "POS:").value_or(columns.tag));
  if (segment.pos != columns.tag) {
    differing_tags_ +=
        fmt::format("{}:{}:{}:{} {}\n", row_.surah, row_.ayah, row_.word, row_.segment, columns.tag);
  }
  unknown_features_.add(columns.features, row_.line);
  segment.root = text_of(root);
  segment.lemma = text_of(lemma);
  segment.features = columns.features;
  return segment;
}

// Checks that row_ may follow `before`.
void QacMorphology::require_order(const Row& before) const {
  const auto place = [](const Row& r) { return std::tuple(r.surah, r.ayah, r.word, r.segment); };
  const auto name = [](const Row& r) {
    return fmt::format("({}:{}:{}:{})", r.surah, r.ayah, r.word, r.segment);
  };
  if (place(row_) == place(before))
    file_.fail(row_.line, fmt::format("segment {} is in the file twice", name(row_)));
  const bool same_verse = row_.surah == before.surah && row_.ayah == before.ayah;
  const bool follows = same_verse ? (row_.word == before.word && row_.segment == before.segment + 1) ||
                                        (row_.word == before.word + 1 && row_.segment == 1)
                                  : std::pair(row_.surah, row_.ayah) > std::pair(before.surah, before.ayah) &&
                                        row_.word == 1 && row_.segment == 1;
  if (follows) return;
  // The one that is out of place is the one before, if this one goes on without it.
  if (earlier_ && place(*earlier_) < place(row_) && place(row_) < place(before)) {
    file_.fail(before.line, fmt::format("segment {} between {} and {}; is its location wrong?", name(before),
                                        name(*earlier_), name(row_)));
  }
  file_.fail(
      row_.line,
      fmt::format("segment {} after {}; expected ({}:{}:{}:{}), ({}:{}:{}:1) or the first of a later verse",
                  name(row_), name(before), before.surah, before.ayah, before.word, before.segment + 1,
                  before.surah, before.ayah, before.word + 1));
}

std::optional<QacVerse> QacMorphology::next() {
  if (ended_) return std::nullopt;
  QacVerse verse{row_.surah, row_.ayah, {}, row_.line};
  if (row_.word != 1 || row_.segment != 1) {
    file_.fail(row_.line,
               fmt::format("verse {}:{} begins with ({}:{}:{}:{}); expected ({}:{}:1:1)", row_.surah,
                           row_.ayah, row_.surah, row_.ayah, row_.word, row_.segment, row_.surah, row_.ayah));
  }
  do {
    if (row_.segment == 1) verse.words.emplace_back().line = row_.line;
    QacWord& word = verse.words.back();
    word.segments.push_back(make_segment());
    if (word.segments.back().form) word.form += *word.segments.back().form;
    const Row before = row_;
    ended_ = !read_row();
    if (!ended_) require_order(before);
    earlier_ = before;
  } while (!ended_ && row_.surah == verse.surah && row_.ayah == verse.ayah);
  verse.end_line = ended_ ? lines_.number() : row_.line;
  return verse;
}

}  // namespace kalima::importers
