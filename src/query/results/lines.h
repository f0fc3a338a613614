// A hit as a line of a concordance: its words and those around it, and what is written of them.
//
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/query.h"
#include "query/results/key_values.h"

namespace kalima::query {

// Words [from, to) of which [match.begin, match.end) is the hit; none of a tag alone. The others are of its surah.
struct Line {
  std::uint32_t from, to;
  HitWords match;
};
Line line_of(const Corpus& corpus, const Hit& hit, std::uint32_t context);

// The value of a word of a line: WordValues::of_word_in() where the hit is, that of its stem elsewhere.
std::uint32_t value_in_line(const Corpus& corpus, attributes::Attribute attribute, const Hit& hit,
                            const Line& line, std::uint32_t word);

// "2:255:3:1", a segment from 1; "2:255:3:0" for a word without segments. The position after the last one is that of the
// last.
std::string place_name(const Engine& engine, std::uint32_t position);

// What is written at positions [begin, end): whole words, or the segments of one that begins or ends within.
std::string text_of_span(const Corpus& corpus, std::uint32_t begin, std::uint32_t end);

// What of each line is shown.
struct Shown {
  std::vector<std::string> labels;  // of the query
  std::uint32_t context = 5;        // words on each side
  std::vector<attributes::Attribute> columns;
};
// Appends {"start", "end", "captures", "before", "match", "after"}; with columns "columns"; where a hit begins or ends within
// a word "parts": of each word of the match the code points {"from", "to"} of it that are the hit, null for all of it.
void write_json(std::string& out, const Engine& engine, const Hit& hit, const Shown& shown);

}  // namespace kalima::query
