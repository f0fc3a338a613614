#include "query/results/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "support/json.h"

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

void write_span(std::string& out, const Engine& engine, std::uint32_t begin, std::uint32_t end) {
  fmt::format_to(std::back_inserter(out), R"("start":"{}","end":"{}")", place_name(engine, begin),
                 place_name(engine, end > begin ? end - 1 : begin));
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
  write_span(out, engine, hit.begin, hit.end);
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
      write_span(out, engine, captured.begin, captured.end);
    }
    out += '}';
  }
  out += "},";
  write_parts(out, line, [&](std::uint32_t word) { json::write_string(core.word_form(word), out); });
  if (!shown.columns.empty()) {
    out += ",\"columns\":{";
    for (const Attribute attribute : shown.columns) {
      if (attribute != shown.columns.front()) out += ',';
      json::write_string(attributes::definition(attribute).name, out);
      out += ":{";
      write_parts(out, line, [&](std::uint32_t word) {
        const std::uint32_t value = WordValues(corpus, attribute).of_word(word);
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
