#include "research/anchor.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "support/error.h"
#include "support/numbers.h"

namespace kalima::research {
namespace {

using corpus::VersePlace;

constexpr std::string_view anchor_cure =
    "an anchor is a verse (2:255), a word (2:255:1), a span (2:255:1-2:255:3) or several of them";

[[noreturn]] void refuse_anchor(std::string message) {
  throw Error(ErrorCode::bad_input, std::move(message), std::string(anchor_cure))
      .with({.parameter = "anchor"});
}

std::optional<std::uint32_t> place_number(std::string_view digits) {
  return numbers::parse<std::uint32_t>(digits, {.min = 1});
}

WordOrVerse place_of_text(const json::Value& value) {
  const std::string* text = value.as_string();
  const auto place = text == nullptr ? std::nullopt : find_place(*text);
  if (!place) refuse_anchor("the place in the anchor is not one");
  return *place;
}

AnchorSpan span_of_text(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto from = find_place(text.substr(0, dash));
  const auto to = dash == std::string_view::npos ? from : find_place(text.substr(dash + 1));
  if (!from || !to) refuse_anchor("the anchor is not a place of the text");
  return {*from, *to};
}

AnchorSpan span_of_object(const json::Value& value) {
  const json::Value *from = value.find("from"), *to = value.find("to");
  if (from == nullptr) refuse_anchor("a span of the anchor has no \"from\"");
  for (const auto& [name, member] : *value.as_object()) {
    if (name != "from" && name != "to" && name != "spans")
      refuse_anchor(fmt::format("the anchor has a member \"{}\"", name));
  }
  const WordOrVerse first = place_of_text(*from);
  return {first, to == nullptr || to->is_null() ? first : place_of_text(*to)};
}

std::vector<AnchorSpan> spans_of(const json::Value& value) {
  std::vector<AnchorSpan> out;
  if (const std::string* text = value.as_string()) {
    for (std::string_view rest = *text;;) {
      const std::size_t comma = rest.find(',');
      out.push_back(span_of_text(rest.substr(0, comma)));
      if (comma == std::string_view::npos || out.size() > max_anchor_spans) return out;
      rest.remove_prefix(comma + 1);
    }
  }
  if (value.as_object() == nullptr) refuse_anchor("the anchor is neither a text nor an object");
  const json::Value* spans = value.find("spans");
  if (spans == nullptr || spans->is_null()) return {span_of_object(value)};
  if (spans->as_array() == nullptr) refuse_anchor("the spans of the anchor are not a list");
  for (const json::Value& span : *spans->as_array()) {
    if (span.as_object() == nullptr) refuse_anchor("a span of the anchor is not an object");
    out.push_back(span_of_object(span));
  }
  return out;
}

// Calls `visit` with each verse of the corpus that the span has, and its words there, 1-based and inclusive. False if one is
// missing.
template <typename Visit>
bool each_verse_of(const AnchorSpan& span, const columns::CoreFile& core, Visit visit) {
  const auto first = core.find_verse(span.from.verse.surah, span.from.verse.ayah);
  const auto last = core.find_verse(span.to.verse.surah, span.to.verse.ayah);
  if (!first || !last || *last < *first) return false;
  for (std::size_t verse = *first; verse <= *last; ++verse) {
    const std::size_t words = core.words_of(verse).size();
    const std::size_t from = verse == *first && span.from.word > 0 ? span.from.word : 1;
    const std::size_t to = verse == *last && span.to.word > 0 ? span.to.word : words;
    if (from > words || to > words) return false;
    visit(verse, from, to, (verse != *first || span.from.word == 0) && (verse != *last || span.to.word == 0));
  }
  return true;
}

}  // namespace

std::optional<WordOrVerse> find_place(std::string_view text) {
  std::optional<std::uint32_t> numbers[3];
  std::size_t count = 0;
  for (; count < 3; ++count) {
    const std::size_t colon = text.find(':');
    numbers[count] = place_number(text.substr(0, colon));
    if (!numbers[count]) return std::nullopt;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (count == 2) return std::nullopt;
  }
  if (count == 0) return std::nullopt;
  return WordOrVerse{{*numbers[0], *numbers[1]}, count == 2 ? *numbers[2] : 0};
}

std::string written(const WordOrVerse& place) {
  std::string out = fmt::format("{}:{}", place.verse.surah, place.verse.ayah);
  if (place.word > 0) out += fmt::format(":{}", place.word);
  return out;
}

Anchor::Anchor(std::vector<AnchorSpan> spans) : spans_(std::move(spans)) {
  if (spans_.empty()) throw Error(ErrorCode::internal, "an anchor without spans");
  std::ranges::sort(spans_);
  std::vector<AnchorSpan> joined;
  for (const AnchorSpan& span : spans_) {
    if (!joined.empty()) {
      AnchorSpan& before = joined.back();
      const bool whole = before.from.word == 0 && before.from.verse == before.to.verse;
      if (before.to.verse == span.from.verse && whole && span.to.verse == span.from.verse) continue;
      if (before.to.verse == span.from.verse && before.to.word > 0 && span.from.word > 0 &&
          span.from.word <= before.to.word + 1 && (span.to.word > 0 || span.to.verse != before.to.verse)) {
        before.to = std::max(before.to, span.to);
        continue;
      }
    }
    joined.push_back(span);
  }
  spans_ = std::move(joined);
}

bool Anchor::is_home_verse() const { return *this == of_verse(home()); }

std::optional<std::vector<std::uint32_t>> Anchor::words_of_home() const {
  std::vector<std::uint32_t> out;
  for (const AnchorSpan& span : spans_) {
    if (span.from.verse != home() || span.to.verse != home() || span.from.word == 0 || span.to.word == 0 ||
        span.to.word - span.from.word >= max_anchor_words)
      return std::nullopt;
    for (std::uint32_t word = span.from.word; word <= span.to.word; ++word) out.push_back(word);
  }
  return out;
}

bool Anchor::meets(VersePlace begin, VersePlace end) const {
  return std::ranges::any_of(
      spans_, [&](const AnchorSpan& span) { return span.from.verse < end && span.to.verse >= begin; });
}

Anchor read_anchor(const json::Value& value) {
  std::vector<AnchorSpan> spans = spans_of(value);
  if (spans.empty()) refuse_anchor("the anchor has no span");
  if (spans.size() > max_anchor_spans)
    refuse_anchor(fmt::format("the anchor has more than {} spans", max_anchor_spans));
  for (const AnchorSpan& span : spans) {
    if (span.to.verse < span.from.verse ||
        (span.to.verse == span.from.verse && span.to.word > 0 && span.to.word < span.from.word))
      refuse_anchor("a span of the anchor ends before it begins");
  }
  Anchor out(std::move(spans));
  if (const json::Value* from = value.find("from"), *to = value.find("to"); value.find("spans") != nullptr) {
    if ((from != nullptr && !from->is_null() && place_of_text(*from) != out.spans().front().from) ||
        (to != nullptr && !to->is_null() && place_of_text(*to) != out.spans().back().to))
      refuse_anchor("\"from\" and \"to\" of the anchor are not those of its \"spans\": leave out either");
  }
  return out;
}

void require_in_corpus(const Anchor& anchor, const columns::CoreFile& core) {
  std::size_t words = 0;
  for (const AnchorSpan& span : anchor.spans()) {
    const auto count = [&](std::size_t, std::size_t from, std::size_t to, bool) { words += to - from + 1; };
    if (!each_verse_of(span, core, count)) {
      throw Error(ErrorCode::not_found,
                  span.from == span.to
                      ? fmt::format("{} not found in the corpus", written(span.from))
                      : fmt::format("{}-{} not found in the corpus", written(span.from), written(span.to)),
                  "name verses and words that the corpus has; words count from 1")
          .with({.parameter = "anchor"});
    }
    if (words > max_anchor_words)
      refuse_anchor(fmt::format("the anchor has more than {} words", max_anchor_words));
  }
}

json::Value anchor_json(const Anchor& anchor) {
  json::Array spans;
  for (const AnchorSpan& span : anchor.spans())
    spans.push_back(json::Object{{"from", written(span.from)}, {"to", written(span.to)}});
  return json::Object{{"from", written(anchor.spans().front().from)},
                      {"to", written(anchor.spans().back().to)},
                      {"spans", std::move(spans)}};
}

std::optional<Anchor> find_kept_anchor(const json::Value& value) {
  const json::Value* spans = value.find("spans");
  if (spans == nullptr || spans->as_array() == nullptr || value.as_object()->size() != 1) return std::nullopt;
  std::vector<AnchorSpan> out;
  for (const json::Value& span : *spans->as_array()) {
    const json::Array* ends = span.as_array();
    if (ends == nullptr || ends->size() != 2) return std::nullopt;
    std::optional<WordOrVerse> places[2];
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string* text = (*ends)[i].as_string();
      if (text != nullptr) places[i] = find_place(*text);
      if (!places[i]) return std::nullopt;
    }
    out.push_back({*places[0], *places[1]});
  }
  if (out.empty() || out.size() > max_anchor_spans) return std::nullopt;
  return Anchor(std::move(out));
}

json::Value kept_anchor(const Anchor& anchor) {
  json::Array spans;
  for (const AnchorSpan& span : anchor.spans())
    spans.push_back(json::Array{written(span.from), written(span.to)});
  return json::Object{{"spans", std::move(spans)}};
}

std::optional<std::string> words_of(const Anchor& anchor, const columns::CoreFile& core) {
  std::string out;
  std::size_t count = 0;
  for (const AnchorSpan& span : anchor.spans()) {
    if (!out.empty()) out += " … ";
    bool first = true;
    const auto append = [&](std::size_t verse, std::size_t from, std::size_t to, bool whole) {
      count += to - from + 1;
      if (count > max_anchor_words) return;
      if (!first) out += ' ';
      first = false;
      if (whole) {
        out += core.text_of(verse);
        return;
      }
      const std::size_t begin = core.words_of(verse).begin;
      for (std::size_t word = from; word <= to; ++word) {
        if (word > from) out += ' ';
        out += core.word_form(begin + word - 1);
      }
    };
    if (!each_verse_of(span, core, append)) return std::nullopt;
  }
  return out;
}

}  // namespace kalima::research
