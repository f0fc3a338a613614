// The cases with known answers (their README.md says where they come from), held against the engine directly.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/query.h"
#include "support/files.h"
#include "support/json.h"
#include "support/lines.h"

namespace kalima::testing {

struct CaseAnswer {
  std::string id, query, problem;  // no problem: as expected
};

inline std::string text_of(const json::Value& row, const char* key) {
  const json::Value* const value = row.find(key);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}
inline std::int64_t number_of(const json::Value& row, const char* key) {
  const json::Value* const value = row.find(key);
  return value != nullptr ? value->as_integer().value_or(-1) : -1;
}

inline query::Options options_of(const json::Value& row) {
  query::Options options;
  const std::string match = text_of(row, "match");
  if (match == "shortest") options.reading = query::Reading::shortest;
  if (match == "standard") options.reading = query::Reading::standard;
  if (match == "longest") options.reading = query::Reading::longest;
  options.sensitive = text_of(row, "case") == "sensitive";
  return options;
}

inline std::string name_of_word(const query::Engine& engine, std::uint32_t position) {
  const query::SegmentName name = engine.name_of(position);
  return fmt::format("{}:{}:{}", name.surah, name.ayah, name.word);
}

inline void each_row(const std::string& jsonl, const std::function<void(const json::Value&)>& visit) {
  for (Lines lines(jsonl, LineEnds::lf); lines.next();) {
    if (!lines.line().empty()) visit(json::parse(lines.line()));
  }
}

// Hits as "S:A:W-S:A:W", sorted.
inline std::vector<std::string> hit_words(const query::Engine& engine, const query::Found& found) {
  std::vector<std::string> out;
  for (query::Hits hits = found.hits(); hits.next();) {
    const query::Hit hit = hits.hit();
    out.push_back(name_of_word(engine, hit.begin) + '-' +
                  name_of_word(engine, hit.end == hit.begin ? hit.begin : hit.end - 1));
  }
  std::ranges::sort(out);
  return out;
}

// A row of blacklab-cases.jsonl over blacklab-tiny.
inline CaseAnswer tiny_case(const query::Engine& engine, const json::Value& row) {
  CaseAnswer answer{text_of(row, "id"), text_of(row, "query"), {}};
  try {
    const query::Found found = engine.run(answer.query, options_of(row));
    std::vector<std::string> expected;
    for (const json::Value& hit : *row.find("hits")->as_array()) {
      const json::Array* const refs = hit.find("refs") != nullptr ? hit.find("refs")->as_array() : nullptr;
      if (refs != nullptr) {
        expected.push_back(*(*refs)[0].as_string() + '-' + *(*refs)[1].as_string());
        continue;
      }
      const std::int64_t document = number_of(hit, "doc") + 1;
      expected.push_back(
          fmt::format("{0}:1:{1}-{0}:1:{2}", document, number_of(hit, "start") + 1, number_of(hit, "end")));
    }
    std::ranges::sort(expected);
    const auto got = hit_words(engine, found);
    if (got != expected)
      answer.problem = fmt::format("{} hits instead of {}: {} / {}", got.size(), expected.size(),
                                   fmt::join(got, " "), fmt::join(expected, " "));
    else if (found.counts().hits != got.size())
      answer.problem = fmt::format("{} hits counted, {} shown", found.counts().hits, got.size());
  } catch (const Error& e) {
    answer.problem = e.what();
  }
  return answer;
}

// A row of quran-cases.jsonl.
inline CaseAnswer quran_case(const query::Engine& engine, const json::Value& row) {
  CaseAnswer answer{text_of(row, "id"), text_of(row, "kalima"), {}};
  try {
    const query::Found found = engine.run(answer.query, options_of(row));
    const query::Counts& counts = found.counts();
    for (const auto& [name, got] : {std::pair<const char*, std::uint64_t>{"spans", counts.spans},
                                    {"words", counts.words},
                                    {"verses", counts.verses}}) {
      if (static_cast<std::int64_t>(got) != number_of(row, name))
        answer.problem += fmt::format("{} {} instead of {}; ", got, name, number_of(row, name));
    }
    std::vector<std::string> lines;
    const bool words = text_of(row, "axis") == "word";
    const json::Array& first = *row.find("first")->as_array();
    for (query::Hits hits = found.hits(); lines.size() <= first.size() && hits.next();) {
      const query::Hit hit = hits.hit();
      const auto name = [&](std::uint32_t position) {
        std::string out = name_of_word(engine, position);
        if (!words) out += fmt::format(":{}", engine.name_of(position).segment);
        return out;
      };
      const std::string begin = name(hit.begin), end = name(hit.end - 1);
      const std::string line = begin == end ? begin : begin + '-' + end;
      if (lines.empty() || lines.back() != line) lines.push_back(line);
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
      if (i >= lines.size() || lines[i] != *first[i].as_string()) {
        answer.problem += fmt::format("place {} is {} instead of {}", i,
                                      i < lines.size() ? lines[i] : "missing", *first[i].as_string());
        break;
      }
    }
  } catch (const Error& e) {
    answer.problem = e.what();
  }
  return answer;
}

// A row of questions.jsonl, or of quran-tree-cases.jsonl; `count` is of what `unit` says, or of hits.
inline CaseAnswer question(const query::Engine& engine, const json::Value& row) {
  CaseAnswer answer{text_of(row, "id"), text_of(row, "kalima"), {}};
  try {
    const query::Found found = engine.run(answer.query, {});
    const query::Counts& counts = found.counts();
    const std::string unit = text_of(row, "unit");
    const std::uint64_t got = unit == "spans"    ? counts.spans
                              : unit == "verses" ? counts.verses
                                                 : counts.hits + counts.without_span;
    if (static_cast<std::int64_t>(got) != number_of(row, "count"))
      answer.problem = fmt::format("{} instead of {} {}", got, number_of(row, "count"), unit);
  } catch (const Error& e) {
    answer.problem = e.what();
  }
  return answer;
}

}  // namespace kalima::testing
