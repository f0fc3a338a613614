// What the old API's answers are made of: read-only, mapped from a file that is derived from the database. Verses,
// words and segments as columns of numbers, every distinct value once, and the rendered JSON of each verse.
//
// Units: verse, word and segment numbers are 0-based and run through the whole corpus; the words of verse v
// are [verse(v).first_word, verse(v + 1).first_word), likewise segments. Threads: everything is const and may
// be used from every thread. Nothing is read in full when the file is opened: numbers are checked where they are used, so
// that a damaged file causes Error(unavailable) and no reads outside it. Who uses a number of a row as the place of
// something that is not in the snapshot checks it with below() (support/rows.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "api/legacy/derived/row_table.h"
#include "support/container.h"
#include "support/mapped.h"
#include "support/rows.h"
#include "support/string_list.h"

namespace kalima::api::legacy {

// Increase the version with every change to the contents of the file; old files are then rebuilt.
inline constexpr ContainerKind snapshot_kind{{'K', 'A', 'L', 'I', 'M', 'A', '-', 'S'}, 8};

// Section numbers. Each row table takes row_table_sections numbers from its own on.
enum Section : std::uint32_t {
  section_verses = 1,
  section_words,
  section_segments,
  section_kinds,
  section_readings,
  section_string_offsets,
  section_string_bytes,
  section_texts,
  section_lower_texts,
  section_json,
  section_by_reference,
  section_morph_patterns,
  section_syntax_patterns,
  section_vocabulary_offsets,
  section_vocabulary,
  section_vocabulary_letters,
  section_vocabulary_uses,
  section_verse_vocabulary,
  section_masaq_combinations,
  section_relations,
  section_list_offsets,
  section_list_bytes,
  section_revision,
  section_treebank = 100,
  section_masaq = 120,
};

struct VerseRow {
  std::uint32_t surah, ayah;  // 1-based
  std::uint32_t first_word, first_segment;
  std::uint32_t text_begin, lower_begin;  // in the texts and the lower-cased texts
  std::uint32_t vocabulary_begin;         // in verse_vocabulary()
  std::uint32_t reserved;
  std::uint64_t json_begin;
};

struct WordRow {
  StringId form;
  std::uint32_t first_segment;
};

// A distinct (type, pos, root, lemma, features) of segments.
struct KindRow {
  StringId type, pos, root, lemma, features;
  StringId lower_pos;     // no_string when pos is null or empty
  std::uint32_t pattern;  // its index in morph_patterns(), or none if everything but the root is empty
  std::uint32_t reading;  // its index in readings(), or none unless pos is V
  StringId haystack;      // the five values lower-cased, with `value_separator` between them
  std::uint32_t reserved;
  std::uint64_t letters;  // letters_of(haystack)
};
inline constexpr std::uint32_t no_row = 0xFFFFFFFF;
// Between the values of a haystack: a byte that never occurs in UTF-8.
inline constexpr char value_separator = '\xFF';

// Which bytes a text has: bit `byte % 64` for each. A text that lacks a bit of the needle cannot contain the
// needle.
std::uint64_t letters_of(std::string_view text);

// A distinct old reading of verbs: the six properties that a search can filter by.
struct ReadingRow {
  StringId verb_form, person, number, gender, voice, tense;
  std::uint32_t segments;  // how many have it
};

// A morphological or syntactic pattern of the old API, sorted by id.
struct PatternRow {
  StringId id, label;
};

// A distinct (tag, role, case) of MASAQ rows, as cell numbers of masaq().
struct MasaqCombination {
  StringId morph_tag, syntactic_role, case_mood;  // no_string if the file has no such column
  std::uint32_t rows;
};

// A relation of the treebank, as a cell number of treebank().
struct RelationRow {
  StringId label;
  std::uint32_t rows;
};

// Lists that are sent unchanged, rendered as JSON.
enum class List : std::uint32_t {
  roots,
  surahs,
  morph_patterns,
  syntax_patterns,
  masaq_features,
  relations,
};
inline constexpr std::uint32_t list_count = 6;

class Snapshot {
 public:
  // Throws as Container does.
  explicit Snapshot(files::Mapped file);
  explicit Snapshot(const std::filesystem::path& path) : Snapshot(files::Mapped(path)) {}

  // Which database it was made from.
  const std::string& identity() const { return file_.identity(); }
  // False once a part of the file could not be read (support/mapped.h).
  bool complete() const { return file_.complete(); }

  // The number of the latest write to research documents that it contains.
  std::int64_t revision() const { return revision_; }
  // Distinguishes that write from another one of the same number.
  std::int64_t revision_mark() const { return revision_mark_; }

  std::size_t verse_count() const { return verses_.size() - 1; }
  std::size_t word_count() const { return words_.size() - 1; }
  VerseRow verse(std::size_t v) const { return verses_[v]; }
  WordRow word(std::size_t w) const { return words_[w]; }
  // The kind of segment s, the number of one of kinds().
  std::uint32_t segment(std::size_t s) const { return below(segments_[s], kinds_.size()); }
  Rows<KindRow> kinds() const { return kinds_; }
  Rows<ReadingRow> readings() const { return readings_; }
  Rows<PatternRow> morph_patterns() const { return morph_patterns_; }
  Rows<PatternRow> syntax_patterns() const { return syntax_patterns_; }
  Rows<MasaqCombination> masaq_combinations() const { return masaq_combinations_; }
  Rows<RelationRow> relations() const { return relations_; }
  const StringList& strings() const { return strings_; }
  const RowTable& treebank() const { return treebank_; }
  const RowTable& masaq() const { return masaq_; }

  std::string_view text(std::size_t v) const;
  std::string_view lower_text(std::size_t v) const;
  // The verse's JSON in the old API.
  std::string_view json(std::size_t v) const;
  // The JSON of verses [from, to), of one at least, each followed by a comma.
  std::string_view json_run(std::size_t from, std::size_t to) const;

  // The distinct parts of the texts between white space, as code points.
  std::size_t vocabulary_size() const { return vocabulary_offsets_.size() - 1; }
  std::u32string_view vocabulary(std::size_t entry) const;
  // Bit `c % 64` is set for every code point c of the entry.
  std::uint64_t vocabulary_letters(std::size_t entry) const { return vocabulary_letters_[entry]; }
  // How often the entry occurs in all texts.
  std::uint32_t vocabulary_uses(std::size_t entry) const { return vocabulary_uses_[entry]; }
  // The entries of a verse's text in their order.
  Rows<std::uint32_t> verse_vocabulary(std::size_t v) const;

  std::optional<std::size_t> find_verse(std::uint64_t surah, std::uint64_t ayah) const;
  // All verses by (surah, ayah).
  Rows<std::uint32_t> by_reference() const { return by_reference_; }
  // True if that is the order of the corpus.
  bool in_reference_order() const { return in_reference_order_; }

  std::string_view list(List list) const { return lists_[static_cast<std::uint32_t>(list)]; }

 private:
  void check() const;

  Container file_;
  Rows<VerseRow> verses_;  // one more than there are verses
  Rows<WordRow> words_;    // one more than there are words
  Rows<std::uint32_t> segments_;
  Rows<KindRow> kinds_;
  Rows<ReadingRow> readings_;
  StringList strings_;
  std::string_view texts_, lower_texts_, json_;
  Rows<std::uint32_t> by_reference_;
  Rows<PatternRow> morph_patterns_, syntax_patterns_;
  Rows<std::uint32_t> vocabulary_offsets_;
  std::u32string_view vocabulary_;
  Rows<std::uint64_t> vocabulary_letters_;
  Rows<std::uint32_t> vocabulary_uses_;
  Rows<std::uint32_t> verse_vocabulary_;
  Rows<MasaqCombination> masaq_combinations_;
  Rows<RelationRow> relations_;
  StringList lists_;
  RowTable treebank_, masaq_;
  bool in_reference_order_ = false;
  std::int64_t revision_ = 0, revision_mark_ = 0;
};

// The index of a pattern's id in morph_patterns() or syntax_patterns().
std::optional<std::size_t> find_pattern(const Rows<PatternRow>& patterns, const StringList& strings,
                                        std::string_view id);

}  // namespace kalima::api::legacy
