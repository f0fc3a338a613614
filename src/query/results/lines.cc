#include "query/results/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>

#include "support/json.h"
#include "support/utf8.h"
#include "text/word_parts.h"

namespace kalima::query {
namespace {

using attributes::Attribute;

template <typename Text>
void write_texts(std::string& out, std::uint32_t begin, std::uint32_t end, Text text) {
  out += '[';
  for (std::uint32_t word = begin; word < end; ++word) {
    if (word > begin) out += ',';
    text(word);
  }
  out += ']';
}

// The three parts of a line: key, words, for each what `text` writes.
template <typename Text>
void write_parts(std::string& out, const Line& line, Text text) {
  out += "\"before\":";
  write_texts(out, line.from, line.match.begin, text);
  out += ",\"match\":";
  write_texts(out, line.match.begin, line.match.end, text);
  out += ",\"after\":";
  write_texts(out, line.match.end, line.to, text);
}

void write_span(std::string& out, const Engine& engine, std::uint32_t first, std::uint32_t last) {
  fmt::format_to(std::back_inserter(out), R"("start":"{}","end":"{}")", place_name(engine, first),
                 place_name(engine, last));
}

// Which code points of a word's form the positions [begin, end) are; nullopt if that is not known.
std::optional<text::PartPlace> part_of_word(const Corpus& corpus, std::uint32_t word, std::uint32_t begin,
                                            std::uint32_t end) {
  const std::vector<std::uint32_t>& segments = corpus.values(Attribute::segment);
  std::vector<std::u32string> parts;
  for (std::uint32_t i = corpus.first[word]; i < corpus.first[word + 1]; ++i)
    parts.push_back(utf8::to_code_points(corpus.core().text(Attribute::segment, segments[i])));
  const auto places = text::places_of_parts(utf8::to_code_points(corpus.core().word_form(word)), parts);
  if (places.empty()) return std::nullopt;
  text::PartPlace out{SIZE_MAX, 0};
  for (std::uint32_t i = begin; i < end; ++i) {
    const text::PartPlace& place = places[i - corpus.first[word]];
    if (place.from == place.to) continue;
    out.from = std::min(out.from, place.from);
    out.to = std::max(out.to, place.to);
  }
  return out.from < out.to ? std::optional(out) : std::nullopt;
}

// What of the words of the hit it is, where it is not all of them.
void write_parts_of_words(std::string& out, const Corpus& corpus, const Hit& hit, const HitWords& match) {
  if (match.begin == match.end) return;
  if (corpus.first[match.begin] == hit.begin && corpus.first[match.end] == hit.end) return;
  out += ",\"parts\":";
  write_texts(out, match.begin, match.end, [&](std::uint32_t word) {
    const std::uint32_t first = corpus.first[word], last = corpus.first[word + 1],
                        begin = std::max(first, hit.begin), end = std::min(last, hit.end);
    const auto part = begin == first && end == last ? std::nullopt : part_of_word(corpus, word, begin, end);
    if (part) {
      fmt::format_to(std::back_inserter(out), R"({{"from":{},"to":{}}})", part->from, part->to);
    } else {
      out += "null";
    }
  });
}

}  // namespace

Line line_of(const Corpus& corpus, const Hit& hit, std::uint32_t context) {
  const std::vector<std::uint32_t>& surahs = corpus.values(Attribute::surah_n);
  const auto words = static_cast<std::uint32_t>(corpus.words());
  const HitWords match = words_of(corpus, hit);
  Line line{match.begin, match.end, match};
  const bool empty = match.begin == match.end;
  // Next to a tag alone each side has its own surah.
  const std::uint32_t before = empty ? match.begin - 1 : match.begin,
                      after = empty ? match.end : match.end - 1;
  while (line.from > 0 && match.begin - line.from < context && surahs[line.from - 1] == surahs[before])
    --line.from;
  while (line.to < words && line.to - match.end < context && surahs[line.to] == surahs[after]) ++line.to;
  return line;
}

std::uint32_t value_in_line(const Corpus& corpus, Attribute attribute, const Hit& hit, const Line& line,
                            std::uint32_t word) {
  const WordValues values(corpus, attribute);
  const bool in_hit = word >= line.match.begin && word < line.match.end;
  return in_hit ? values.of_word_in(hit, word) : values.of_word(word);
}

std::string place_name(const Engine& engine, std::uint32_t position) {
  const SegmentName name =
      engine.name_of(std::min(position, static_cast<std::uint32_t>(engine.positions()) - 1));
  return fmt::format("{}:{}:{}:{}", name.surah, name.ayah, name.word, name.segment);
}

std::string text_of_span(const Corpus& corpus, std::uint32_t begin, std::uint32_t end) {
  const columns::CoreFile& core = corpus.core();
  std::string out;
  for (std::uint32_t at = begin; at < end;) {
    const std::uint32_t word = corpus.word_of[at], first = corpus.first[word], last = corpus.first[word + 1];
    if (!out.empty()) out += ' ';
    if (at == first && last <= end) {
      out += core.word_form(word);
    } else {
      for (std::uint32_t i = at; i < std::min(last, end); ++i)
        out += core.text(Attribute::segment, corpus.values(Attribute::segment)[i]);
    }
    at = last;
  }
  return out;
}

void write_json(std::string& out, const Engine& engine, const Hit& hit, const Shown& shown) {
  const Corpus& corpus = engine.corpus();
  const columns::CoreFile& core = corpus.core();
  const Line line = line_of(corpus, hit, shown.context);
  out += '{';
  write_span(out, engine, hit.first(), hit.last());
  out += ",\"captures\":{";
  bool first = true;
  for (const Captured& captured : hit.captures) {
    if (!first) out += ',';
    first = false;
    json::write_string(shown.labels[captured.label], out);
    out += ":{";
    if (captured.hidden) {
      const std::string place =
          fmt::format("{}:{}:hidden", core.surah(*captured.hidden), core.ayah(*captured.hidden));
      fmt::format_to(std::back_inserter(out), R"("start":"{0}","end":"{0}")", place);
    } else {
      write_span(out, engine, captured.begin,
                 captured.end > captured.begin ? captured.end - 1 : captured.begin);
    }
    out += '}';
  }
  out += "},";
  write_parts(out, line, [&](std::uint32_t word) { json::write_string(core.word_form(word), out); });
  write_parts_of_words(out, corpus, hit, line.match);
  if (!shown.columns.empty()) {
    out += ",\"columns\":{";
    for (const Attribute attribute : shown.columns) {
      if (attribute != shown.columns.front()) out += ',';
      json::write_string(attributes::definition(attribute).name, out);
      out += ":{";
      write_parts(out, line, [&](std::uint32_t word) {
        const std::uint32_t value = value_in_line(corpus, attribute, hit, line, word);
        if (value == 0) {
          out += "null";
        } else {
          json::write_string(core.text(attribute, value), out);
        }
      });
      out += '}';
    }
    out += '}';
  }
  out += '}';
}

}  // namespace kalima::query
