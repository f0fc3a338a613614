// What people wrote as files: JSON lines, which come back as they were, and Web Annotations, which say less. docs/research.md describes both.
//
// Threads: those of the database.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "research/library.h"
#include "store/sqlite.h"

namespace kalima::research {

inline constexpr std::string_view research_file_mark = "research";
inline constexpr int research_file_version = 1;

// The first line, and that of each document, without line ends. `date`: UTC.
std::string research_heading(const columns::CoreFile& core, std::size_t documents, std::string_view date);
std::string research_line(const Document& document, const columns::CoreFile& core);

// What an import did with the documents of a file, in the order of the file.
struct Exchanged {
  enum class What : std::uint8_t {
    added,
    replaced,
    same,      // the database has it, written at whatever time
    conflict,  // the database has another document of this id, which stays
    no_verse,  // the corpus has not its verse: it is left out
    // Both are kept, with the words of the file as a mark (former_words_member):
    no_words,     // the corpus has not all words of its anchor
    other_words,  // the words of its anchor are others than those in the file
  };
  struct Row {
    std::size_t line;  // of the file; 0 in one of Web Annotations
    What what;
    const DocumentType* type;
    std::string id;
  };
  std::vector<Row> rows;
  std::size_t count(What what) const;
};

// Merges the documents of a file, in either form, into the database by their ids, in one transaction, with an entry of the history for each verse.
// With `replace`, documents of the file take the place of others of their id. With `check` only says what it would do. Throws
// Error(bad_input) with the line for a file in another format; then nothing is changed.
Exchanged import_research(store::Connection& database, const columns::CoreFile& core, std::string_view file,
                          bool replace, bool check);

// The documents that belong to a place of the text as Web Annotations (W3C), one JSON object.
std::string web_annotations(const std::vector<Document>& documents, const columns::CoreFile& core);

}  // namespace kalima::research
