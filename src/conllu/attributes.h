// The names of Kalima's attributes in the last column and of its comments in a CoNLL-U file, and how they are
// read.
//
// On a word, or on the range of its segments, `Ref=SURAH:AYAH:WORD`; on a segment
// `Ref=SURAH:AYAH:WORD:SEGMENT`; all 1-based. A word of a single segment has the segment's Ref, which serves
// for both. Values are escaped (escape.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conllu/format.h"

namespace kalima::conllu {

namespace attribute {
inline constexpr std::string_view place = "Ref";
// Of a segment, as in the morphology; root and lemma in Buckwalter.
inline constexpr std::string_view root = "Root", lemma = "Lemma", features = "Features";
// Of a segment, if they differ from what the rest of the line says.
inline constexpr std::string_view type = "Type", tag = "Tag", segment_id = "SegmentId",
                                  segment_form = "SegmentForm";
// Of a node with a row of the treebank: its label there.
inline constexpr std::string_view relation = "Rel";
// Of a word, likewise.
inline constexpr std::string_view word_id = "WordId", word_form = "WordForm";
}  // namespace attribute

namespace comment {
inline constexpr std::string_view document = "newdoc id", sentence = "sent_id", text = "text";
// "# surah 1 = NAME", before the first verse that has this name.
inline constexpr std::string_view surah = "surah ";
// "# verse 1:1 = TEXT", before the first word of each verse.
inline constexpr std::string_view verse = "verse ";
// "# treebank_columns = NAME NAME ...", in the first sentence of a file with a treebank.
inline constexpr std::string_view columns = "treebank_columns";
// A row of the treebank that belongs to no sentence: before the rows of this sentence, or after them.
inline constexpr std::string_view row = "treebank_row", row_behind = "treebank_row_behind";
// "# treebank = none": the words of this sentence have no rows, and its heads are not an analysis.
inline constexpr std::string_view treebank = "treebank";
}  // namespace comment

// The attribute's text without escapes; nullopt if the attribute is missing or its value is null. Throws
// Error(bad_input) for an escape that cannot be read.
std::optional<std::string> read_attribute(const Line& line, std::string_view name);
// The same for the value of a comment.
std::optional<std::string> read_comment(const Comment& comment);

// A text as a name: escaped, without spaces and `=`.
std::string escaped_name(std::string_view utf8);

}  // namespace kalima::conllu
