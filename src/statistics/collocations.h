// What occurs near the hits of a query, or joined with them by an edge of the treebank, and how strongly.
//
// Threads: one request is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/columns_of.h"
#include "statistics/frequencies.h"
#include "statistics/measures.h"
#include "statistics/scope.h"
#include "statistics/windows.h"

namespace kalima::statistics {

inline constexpr auto collocation_columns = with_measures(
    std::to_array<Column>({
        {"together", true, "O11: how often the value occurs in the windows, or at such edges"},
        {"left", true, "of these before the hit; of edges missing"},
        {"right", true, "of these after the hit; of edges missing"},
        {"frequency", true, "C1: how often the value occurs in the text, or at such edges anywhere"},
        {"expected", false, "E11 = R1 C1 / N"},
    }),
    associations);
inline constexpr Column collocation_facts[] = {
    {"hits", true, "of the query"},
    {"node_total", true,
     "R1: words around the hits; with convention=hits the hits; of a relation the hits' edges"},
    {"text_total", true, "N: words of the text; of a relation all its edges"},
    {"kinds", true, "how many different values occur together with the hits"},
};
inline constexpr auto collocation_orders =
    names_of(collocation_columns, std::to_array<std::string_view>({"value"}));
// Of an edge: which end is counted. The hit is the other.
inline constexpr std::string_view end_names[] = {"dependents", "heads"};
// Orders that edges have not.
inline constexpr std::string_view sides[] = {"left", "right"};

struct NearRequest {
  attributes::Attribute attribute = attributes::Attribute::lemma;
  std::uint64_t min_together = 1, min_frequency = 1;
  std::size_t order = 0;  // in collocation_orders
  Page page;
};
struct WindowRequest : NearRequest {
  Unit unit = Unit::word;
  Window window;
  Convention convention = Convention::surface;
};
struct EdgeRequest : NearRequest {
  std::string query, within;  // as they were asked, apart
  std::string relation;       // a regular expression or name; empty for any
  bool up = false;            // the collocate is the head
};

Sheet collocations(const Source& source, const Scope& scope, const Hits& hits, const WindowRequest& request,
                   query::Guard& guard);
// `hits` is of reading all. Runs a query of its own under `options`.
Sheet related(const Source& source, const Scope& scope, const Hits& hits, const EdgeRequest& request,
              const query::Options& options, query::Guard& guard);

}  // namespace kalima::statistics
