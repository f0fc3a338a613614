// Queries for a hit and a node that an edge joins with it.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/tree.h"

namespace kalima::query {

struct EdgeQuery {
  std::string text, label;  // label: of the other end
};
// `(query) -type-> label:_`, or `<-type-` if `up`; any edge without a type. Without a query from any node.
EdgeQuery query_of_edges(const Query* query, std::string_view within, std::string_view type, bool up,
                         const std::vector<std::string>& labels);

}  // namespace kalima::query
