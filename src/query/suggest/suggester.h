// What could be typed next in a query.
//
// Threads: all may use one object.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan/names.h"
#include "query/suggest/completion_place.h"
#include "query/suggest/vocabulary.h"

namespace kalima::query {

struct Suggestion {
  enum class Kind : std::uint8_t {
    attribute,
    value,
    word,
    root,
    lemma,
    surah,
    region,
    label,
    list,
    query,
  };
  Kind kind;
  std::string text;                    // as people know it
  std::string insert;                  // instead of what was typed
  std::string_view english, arabic;    // labels; empty if there are none
  std::optional<std::uint32_t> words;  // in which it occurs
  bool corrected = false;              // it differs from what was typed
};
inline constexpr std::string_view suggestion_kinds[] = {"attribute", "value",  "word",  "root", "lemma",
                                                        "surah",     "region", "label", "list", "query"};

struct Suggestions {
  CompletionPlace place;
  std::vector<Suggestion> found;
};

class Suggester {
 public:
  // `core` must outlive it.
  explicit Suggester(const columns::CoreFile& core) : core_(core) {}

  // After a query up to the cursor; of each kind at most `limit`. `names`: what can be named; may be nullptr.
  Suggestions after(std::string_view text, std::size_t limit, const Names* names) const;
  // Values of one attribute.
  std::vector<Suggestion> values(attributes::Attribute attribute, std::string_view typed,
                                 std::size_t limit) const;

 private:
  void add_surahs_in_latin(Suggestions& out, std::size_t limit) const;
  const Vocabulary& vocabulary(attributes::Attribute attribute) const;

  const columns::CoreFile& core_;
  struct Kept {
    std::once_flag once;
    std::optional<Vocabulary> vocabulary;
  };
  mutable std::array<Kept, attributes::attribute_count> kept_;
};

}  // namespace kalima::query
