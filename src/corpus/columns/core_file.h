// A core file that was opened: the corpus as columns of numbers.
//
// Units: verses, words, segments, analyses, nodes, sentences and regions are numbered from 0 in the order of the
// corpus; values of attributes from 1, 0 being a missing one (see `Value numbers` below). Ranges exclude their end.
//
// Errors: every access throws Error(unavailable) where the file is damaged, and for a number that does not exist.
// Threads: all may use one object. Texts live as long as it.
//
// Value numbers: of a dictionary attribute the place in the order of its dictionary, of an enumerated one the place
// among its values, each from 1; of a number or flag the number + 1 (a flag is 0 or 1, and never missing).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/table.h"
#include "corpus/columns/counts.h"
#include "corpus/columns/dictionary.h"
#include "corpus/columns/file.h"
#include "corpus/columns/postings.h"
#include "support/mapped.h"

namespace kalima::columns {

// The regions of one kind, by where they begin; sentences in the order of the treebank, which is that of the text in
// every treebank known. Those of divisions and verses do not overlap; phrases may lie in phrases, and sentences may
// share a word.
class RegionList {
 public:
  RegionList() = default;
  RegionList(const File& file, attributes::Region region, std::size_t words);

  std::size_t size() const { return number_.size(); }
  Range words(std::size_t region) const;
  // What it is called: the ayah of a verse, the number of a juz; 1-based.
  std::uint32_t number(std::size_t region) const;
  // The last region that begins at or before the word, which need not hold it.
  std::optional<std::size_t> begun_at(std::size_t word) const;

 private:
  Numbers begin_, end_, number_;
  std::size_t words_ = 0;
};

// The nodes of the treebank: segments, and nodes that are not spoken.
class Trees {
 public:
  Trees() = default;
  Trees(const File& file, std::size_t segments, std::size_t analyses, std::size_t verses);

  std::size_t size() const { return segment_.size(); }
  // The segment that the node is; nullopt for one that is not spoken.
  std::optional<std::uint32_t> segment(std::size_t node) const;
  // Of its segment; of one that is not spoken what the treebank says of it, its part of speech and its form.
  std::uint32_t analysis(std::size_t node) const;
  std::optional<std::uint32_t> head(std::size_t node) const;
  std::optional<std::uint32_t> verse(std::size_t node) const;
  bool on_cycle(std::size_t node) const;
  // It names itself as its head, and has none.
  bool names_itself(std::size_t node) const;
  // Whether heads lead from `node` to `ancestor`, another node. In constant time.
  bool is_ancestor(std::size_t ancestor, std::size_t node) const;
  std::size_t child_count(std::size_t node) const;
  // The dependents of a node in their order.
  std::uint32_t child(std::size_t node, std::size_t place) const;
  // The heads from a node up, each once, the nearest first; not the node itself.
  std::vector<std::uint32_t> ancestors(std::size_t node) const;

  std::size_t sentences() const { return sentence_end_.size(); }
  Range sentence(std::size_t sentence) const;  // its nodes
  std::size_t sentence_of(std::size_t node) const;

  // Phrases, in the order of their regions.
  std::size_t phrases() const { return phrase_node_.size(); }
  std::uint32_t phrase_node(std::size_t phrase) const;
  Range phrase(std::size_t phrase) const;  // its nodes

 private:
  Numbers segment_, analysis_, head_, verse_, order_, last_, cycle_, flags_, sentence_end_, child_end_,
      children_, phrase_node_, phrase_first_, phrase_last_;
  std::size_t segments_ = 0, analyses_ = 0, verses_ = 0;
};

class CoreFile {
 public:
  // Reads the header only. Throws Error(not_found or io) when the file cannot be read, Error(bad_input) when it is
  // no core file of this version and this table of attributes, or is damaged where that is seen at once.
  explicit CoreFile(files::Mapped file);
  explicit CoreFile(const std::filesystem::path& path) : CoreFile(files::Mapped(path)) {}

  std::string_view identity() const { return file_.identity(); }
  // False once a part of the file could not be read (support/mapped.h).
  bool complete() const { return file_.complete(); }
  std::size_t bytes() const { return file_.size(); }

  std::size_t verses() const { return verse_end_.size(); }
  std::size_t words() const { return word_end_.size(); }
  std::size_t segments() const { return segment_analysis_.size(); }
  // Distinct analyses of segments, and of nodes that are not spoken; and of words.
  std::size_t analyses() const { return column(attributes::Attribute::segment).size(); }
  std::size_t word_analyses() const { return word_analysis_end_.size(); }

  std::uint32_t surah(std::size_t verse) const;
  std::uint32_t ayah(std::size_t verse) const;
  std::string_view text_of(std::size_t verse) const;
  // The first verse that is called so. Looks at all verses, which takes some microseconds.
  std::optional<std::size_t> find_verse(std::uint64_t surah, std::uint64_t ayah) const;
  Range words_of(std::size_t verse) const { return range_in(verse_end_, verse, words()); }
  // The code points of the verse's text that the word is; nullopt where that is not known.
  std::optional<Range> place_of(std::size_t word) const;
  Range segments_of(std::size_t word) const { return range_in(word_end_, word, segments()); }
  std::uint32_t verse_of(std::size_t word) const { return word_verse_.below(word, verses()); }
  std::uint32_t word_of(std::size_t segment) const { return segment_word_.below(segment, words()); }
  std::uint32_t analysis_of(std::size_t segment) const;
  std::uint32_t word_analysis_of(std::size_t word) const;
  // The analyses of the segments of a word with this analysis.
  std::vector<std::uint32_t> parts_of(std::size_t word_analysis) const;

  // The values of an attribute, one for each thing that attributes::Column says; empty for an implied one.
  const Numbers& column(attributes::Attribute attribute) const { return of(attribute).column; }
  // The value of a segment, word, region or node, by the level of the attribute.
  std::uint32_t value(attributes::Attribute attribute, std::size_t item) const;
  // Empty for an attribute of another type.
  const Dictionary& dictionary(attributes::Attribute attribute) const { return of(attribute).dictionary; }
  // How many values there are: 1 to this number. Not all of an enumerated attribute or a number need occur.
  std::uint32_t values(attributes::Attribute attribute) const;
  // A value as a text: of an enumerated attribute its name, of a number its digits, of a flag yes or no; "" for 0.
  std::string text(attributes::Attribute attribute, std::uint32_t value) const;
  // The text's form of a word; empty if it has none.
  std::string_view word_form(std::size_t word) const;
  // The value that is written so, exactly.
  std::optional<std::uint32_t> find(attributes::Attribute attribute, std::string_view text) const;
  // How often a value, or a missing one, occurs. All 0 for a value that does not occur.
  Counts counts(attributes::Attribute attribute, std::uint32_t value) const;
  // Of all values together, a missing one left out.
  Counts counts_of_any(attributes::Attribute attribute) const;
  // The words that have the value, or a segment with it; for attributes of segments and words, whose value is from 1.
  Postings postings(attributes::Attribute attribute, std::uint32_t value) const;
  // The analyses of segments, or of words, that have the value, ascending; for attributes that are kept there.
  std::vector<std::uint32_t> holders(attributes::Attribute attribute, std::uint32_t value) const;

  const RegionList& regions(attributes::Region region) const {
    return regions_[static_cast<std::size_t>(region)];
  }
  const Trees& trees() const { return trees_; }

  // What is wrong with the bytes of sections, by their checksums; reads the whole file.
  std::vector<std::string> problems() const;

 private:
  struct OfAttribute {
    Dictionary dictionary;
    Numbers column, counts, posting_ends, holder_ends, holders;
    std::string_view postings;
  };
  Counts counts_at(attributes::Attribute attribute, std::size_t place) const;
  const OfAttribute& of(attributes::Attribute attribute) const {
    return attributes_[static_cast<std::size_t>(attribute)];
  }

  File file_;
  Numbers segment_analysis_, segment_word_, word_end_, word_verse_, word_analysis_, word_analysis_end_,
      word_analysis_parts_, verse_end_, verse_surah_, verse_ayah_, verse_text_end_, word_from_, word_to_;
  std::string_view verse_text_;
  std::array<OfAttribute, attributes::attribute_count> attributes_;
  std::array<RegionList, attributes::regions.size()> regions_;
  Trees trees_;
};

}  // namespace kalima::columns
