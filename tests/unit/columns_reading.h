// Reads all that a core file has, sound or damaged; for its tests and its fuzzer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "corpus/columns/core_file.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::testing {

using namespace kalima::columns;
using attributes::Definition;
using attributes::Region;

// Where the header has what; see file.h.
inline constexpr std::size_t table_offset_at = 64, table_checksum_at = 72, header_checksum_at = 80,
                             count_at = 12;
inline constexpr std::size_t header_size = 88, entry_size = 32;

inline void put_number(std::string& bytes, std::size_t at, std::uint64_t number) {
  for (std::size_t i = 0; i < 8; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i));
}

// As one who changes the file on purpose would.
inline void repair_checksums(std::string& bytes) {
  const auto table = load<std::uint64_t>(bytes.data() + table_offset_at);
  const std::uint64_t size = std::uint64_t{load<std::uint32_t>(bytes.data() + count_at)} * entry_size;
  if (table <= bytes.size() && size <= bytes.size() - table)
    put_number(bytes, table_checksum_at, kalima::hash_of(std::string_view(bytes).substr(table, size)));
  put_number(bytes, header_checksum_at,
             kalima::hash_of(std::string_view(bytes).substr(0, header_checksum_at)));
}

// Calls it; that the file is damaged is an answer.
inline void answer_or_error(const std::function<void()>& what) {
  try {
    what();
  } catch (const Error& e) {
    if (e.code() != ErrorCode::unavailable) throw;
  }
}

inline void read_all(const CoreFile& core) {
  const auto bounded = [](std::size_t size) { return std::min<std::size_t>(size, 3000); };
  for (std::size_t i = 0; i < bounded(core.verses()); ++i)
    answer_or_error([&] { core.words_of(i), core.surah(i), core.ayah(i); });
  for (std::size_t i = 0; i < bounded(core.words()); ++i)
    answer_or_error([&] { core.segments_of(i), core.verse_of(i), core.parts_of(core.word_analysis_of(i)); });
  for (std::size_t i = 0; i < bounded(core.segments()); ++i)
    answer_or_error([&] { core.word_of(i), core.analysis_of(i); });
  for (const Definition& row : attributes::table) {
    answer_or_error([&] { core.find(row.attribute, "قال"); });
    answer_or_error([&] { core.dictionary(row.attribute).with_key("a"); });
    for (std::uint32_t value = 0; value < bounded(core.values(row.attribute)); ++value) {
      answer_or_error([&] { core.text(row.attribute, value); });
      answer_or_error([&] { core.counts(row.attribute, value); });
      answer_or_error([&] { core.holders(row.attribute, value); });
      answer_or_error([&] { core.postings(row.attribute, value).words(); });
      answer_or_error([&] {
        const Postings list = core.postings(row.attribute, value);
        auto cursor = list.cursor();
        for (std::uint32_t word = 0; !cursor.done(); word += 7) cursor.skip_to(word);
      });
    }
    for (std::size_t item = 0; item < 50; ++item)
      answer_or_error([&] { core.text(row.attribute, core.value(row.attribute, item)); });
  }
  for (std::size_t r = 0; r < attributes::regions.size(); ++r) {
    const RegionList& list = core.regions(static_cast<Region>(r));
    for (std::size_t i = 0; i < bounded(list.size()); ++i)
      answer_or_error([&] { list.words(i), list.number(i); });
    for (std::size_t word = 0; word < 50; ++word) answer_or_error([&] { list.begun_at(word); });
  }
  const Trees& trees = core.trees();
  for (std::size_t node = 0; node < bounded(trees.size()); ++node) {
    answer_or_error([&] { trees.segment(node), trees.analysis(node), trees.head(node), trees.verse(node); });
    answer_or_error([&] { trees.ancestors(node); });
    answer_or_error([&] { trees.is_ancestor(node, node / 2), trees.names_itself(node); });
    answer_or_error([&] {
      for (std::size_t c = 0; c < bounded(trees.child_count(node)); ++c) trees.child(node, c);
    });
  }
  for (std::size_t i = 0; i < bounded(trees.phrases()); ++i)
    answer_or_error([&] { trees.phrase(i), trees.phrase_node(i); });
  for (std::size_t i = 0; i < bounded(trees.sentences()); ++i) answer_or_error([&] { trees.sentence(i); });
  answer_or_error([&] { core.problems(); });
}

}  // namespace kalima::testing
