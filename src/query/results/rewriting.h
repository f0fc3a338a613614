// Queries made of queries, as trees and as text.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "query/results/grouping.h"
#include "query/results/keys.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// `(query) within (region)`: `within` is what comes after that word, such as `verse` or `<surah n="2"/>`. Throws
// QueryError, with the place in `within`.
std::string restricted(std::string_view query, std::string_view within);

// The query that finds exactly the hits of a group, each once. Only for reading all: the others choose among hits, and
// would choose others after a restriction.
std::string query_of_group(const Query& query, const columns::CoreFile& core, const std::vector<Key>& keys,
                           const std::vector<std::string>& labels, const HitGroup& group, bool inside_words);

}  // namespace kalima::query
