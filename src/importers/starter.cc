#include "importers/starter.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "corpus/starter.h"
#include "corpus/verse.h"
#include "importers/starter_trees.h"
#include "importers/starter_word.h"
#include "importers/verse_index.h"
#include "support/error.h"
#include "support/lines.h"
#include "support/numbers.h"

namespace kalima::importers {
namespace {

[[noreturn]] void bad(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

// A number from 1, in digits only.
std::int64_t number(std::string_view text, std::int64_t max) {
  const auto value = numbers::parse<std::int64_t>(text, {.min = 1, .max = max});
  if (!value) bad(fmt::format("expected a number from 1 to {}, found \"{}\"", max, text));
  return *value;
}

// Takes the part before the first space off `text`.
std::string_view take_part(std::string_view& text) {
  const std::size_t end = text.find(' ');
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return part;
}

json::Value translation(std::string_view english, std::string_view created_at) {
  return json::Object{{"language", "en"},
                      {"text", english},
                      {"author", corpus::starter_author},
                      {"id", "tr-1"},
                      {"created_at", created_at}};
}

// One file, line by line.
class Reader {
 public:
  explicit Reader(std::string_view created_at) : created_at_(created_at) {}

  void read(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    if (line.front() >= 'a' && line.front() <= 'z') {
      read_keyword(line);
      return;
    }
    if (verses_.empty() || !has_english_) bad("a word line before the lines \"verse\" and \"en\"");
    corpus::Verse& verse = verses_.back();
    corpus::Word word = starter_word(line, static_cast<std::int64_t>(verse.words.size()) + 1);
    if (!verse.words.empty()) verse.text += ' ';
    verse.text += *word.form;
    verse.words.push_back(std::move(word));
  }

  StarterSurah finish() {
    if (verses_.empty()) bad("expected a verse before the end of the file");
    end_verse();
    return {std::move(verses_), trees_.finish()};
  }

 private:
  void read_keyword(std::string_view line) {
    std::string_view rest = line;
    const std::string_view keyword = take_part(rest);
    if (keyword == "surah" && surah_ == 0) {
      surah_ = number(take_part(rest), 114);
      if (rest.empty()) bad("expected the surah's name after its number");
      name_ = rest;
    } else if (surah_ == 0) {
      bad("expected \"surah NUMBER NAME\" first");
    } else if (keyword == "basmala" && !has_basmala_) {
      check_basmala(rest);
      has_basmala_ = true;
    } else if (keyword == "verse") {
      begin_verse(number(rest, 286));
    } else if ((keyword == "tree" || keyword == "more") && !verses_.empty() &&
               !verses_.back().words.empty()) {
      trees_.read(keyword == "tree", rest, verses_.back());
    } else if (keyword == "en" && !verses_.empty() && !has_english_) {
      if (rest.empty()) bad("expected the verse's English after \"en\"");
      verses_.back().research.push_back(
          {corpus::ResearchKind::translation, {translation(rest, created_at_)}});
      has_english_ = true;
    } else {
      bad(fmt::format(
          "unexpected line \"{}\"; expected a line of the kinds that data/starter/README.md lists", line));
    }
  }

  void check_basmala(std::string_view rest) const {
    const std::string_view where = take_part(rest);
    const bool word_allowed = where == "before" && rest.find(' ') == std::string_view::npos;
    if ((where != "verse" && where != "before" && where != "none") || (!rest.empty() && !word_allowed)) {
      bad("expected \"basmala verse\", \"basmala before\" with or without a WORD, or \"basmala none\"");
    }
  }

  void begin_verse(std::int64_t ayah) {
    if (!has_basmala_) bad("expected a line \"basmala\" before the first verse");
    if (!verses_.empty()) end_verse();
    const auto expected = static_cast<std::int64_t>(verses_.size()) + 1;
    if (ayah != expected) bad(fmt::format("expected verse {}, found {}", expected, ayah));
    corpus::Verse& verse = verses_.emplace_back();
    verse.surah = surah_;
    verse.surah_name = name_;
    verse.ayah = ayah;
    // Every verse has this list.
    verse.research.push_back({corpus::ResearchKind::annotation, {}});
    has_english_ = false;
  }

  void end_verse() {
    if (verses_.back().words.empty()) bad(fmt::format("verse {} has no words", verses_.back().ayah));
    trees_.end_verse(verses_.back());
  }

  std::string_view created_at_;
  std::int64_t surah_ = 0;  // 0: its line has not been read yet
  std::string name_;
  bool has_basmala_ = false, has_english_ = false;
  std::vector<corpus::Verse> verses_;
  StarterTrees trees_;
};

// Columns of the treebank (corpus/treebank.h).
constexpr std::array<const char*, 11> tree_columns{
    "sentence_id", "token_id",  "location",     "chapter_id",       "verse_id",         "uthmani_token",
    "pos",         "rel_label", "ref_token_id", "constituents_loc", "constituent_label"};

// Adds the nodes of a surah as rows. `sentences` counts them over all surahs.
void add_trees(const StarterSurah& surah, const VerseIndex& places, std::size_t& sentences, Counts& counts,
               store::CorpusWriter& writer) {
  for (const auto& nodes : surah.sentences) {
    ++sentences;
    for (const corpus::SyntaxNode& node : nodes) {
      const auto& phrase = node.phrase;
      writer.add_row(
          store::Table::treebank,
          {places.find(node.surah, node.ayah),
           {std::to_string(sentences), std::to_string(node.token),
            node.place ? corpus::to_location(*node.place) : "_", std::to_string(node.surah),
            std::to_string(node.ayah), node.form, node.pos, node.relation, std::to_string(node.head),
            phrase ? fmt::format("[{}-{}]", phrase->first, phrase->last) : "_",
            phrase ? phrase->kind : "_"}});
      ++counts.treebank_rows;
    }
  }
}

// So many verses have nodes.
std::size_t verses_with_trees(const StarterSurah& surah) {
  std::set<std::int64_t> ayahs;
  for (const auto& nodes : surah.sentences) {
    for (const corpus::SyntaxNode& node : nodes) ayahs.insert(node.ayah);
  }
  return ayahs.size();
}

}  // namespace

StarterSurah read_starter(const SourceFile& file, std::string_view created_at) {
  Reader reader(created_at);
  Lines lines(file.text());
  while (lines.next()) file.located(lines.number(), [&] { reader.read(lines.line()); });
  return file.located(lines.number(), [&] { return reader.finish(); });
}

Counts import_starter(std::span<const StarterText> files, std::string_view created_at,
                      store::CorpusWriter& writer, const Progress& progress) {
  Counts counts;
  VerseIndex places;
  std::size_t sentences = 0;
  writer.set_meta(source_key, starter_source);
  writer.set_meta(store::published_research_key, "yes");
  writer.set_columns(store::Table::treebank, {tree_columns.begin(), tree_columns.end()});
  for (const StarterText& text : files) {
    const SourceFile file(text.name, std::string(text.bytes));
    const StarterSurah surah = read_starter(file, created_at);
    for (const corpus::Verse& verse : surah.verses) {
      if (!places.add(verse.surah, verse.ayah, static_cast<std::int64_t>(counts.verses))) {
        file.fail(0, fmt::format("verse {}:{} is in two files", verse.surah, verse.ayah));
      }
      writer.add(verse);
      counts.add(verse);
    }
    add_trees(surah, places, sentences, counts, writer);
    counts.treebank_verses += verses_with_trees(surah);
    ++counts.surahs;
    progress("verses", counts.surahs, files.size());
  }
  return counts;
}

}  // namespace kalima::importers
