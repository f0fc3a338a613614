// Makes a Xapian index as one read-only file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/progress.h"

namespace Xapian {
class Document;
}

namespace kalima::index {

// What is written into a file, so that TermIndex can tell files apart.
struct TermsIdentity {
  int version;           // of what the terms mean
  std::string database;  // the one it is made from
};

// The terms of one verse. At most 245 bytes each, of which NUL takes two.
class VerseTerms {
 public:
  explicit VerseTerms(Xapian::Document& document) : document_(document) {}
  // Once more; Postings::uses() is how often.
  void count(const std::string& term);
  // Once, and without a count: uses() is 0.
  void mark(const std::string& term);

 private:
  Xapian::Document& document_;
};

// Adds the terms of a verse, 0-based. Threads: one at a time.
using MakeTerms = std::function<void(std::size_t verse, VerseTerms& out)>;

// Writes the file and has it on the disk. Verses may be divided among threads, each of which gets a maker of its own.
void write_terms(const std::filesystem::path& file, const TermsIdentity& identity, std::size_t verses,
                 const std::function<MakeTerms()>& maker, const Progress& progress);

// How two files differ: each term with different verses, up to a limit.
std::vector<std::string> term_differences(const std::filesystem::path& expected,
                                          const std::filesystem::path& actual);

}  // namespace kalima::index
