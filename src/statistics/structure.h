// Heuristics about the structure of texts: they find candidates, which only a reader can judge.
//
// Threads: one request is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/columns_of.h"
#include "statistics/scope.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

// --- changes of person (iltifat) ---

inline constexpr Column shift_columns[] = {
    {"hits", true, "two finite verbs of which the second is the next one"},
    {"across", true, "of these in two verses"},
};
inline constexpr Column shift_facts[] = {
    {"steps", true, "all pairs of verbs that follow each other, with the same person too"},
    {"changes", true, "of these with another person"},
};
// Of the verbs of the hits: each with the next one in its surah. It does not know who is meant: a change of speaker or of
// subject counts too.
Sheet person_shifts(const Source& source, const Scope& scope, const Hits& hits, const Page& page,
                    query::Guard& guard);

// --- parts of a surah that mirror each other ---

inline constexpr Column ring_columns[] = {
    {"shared", true, "different values that both verses have"},
    {"dice", false, "2 shared / (different values of both)"},
};
inline constexpr Column ring_facts[] = {
    {"pairs", true, "verses and their mirrors"},
    {"mean", false, "of dice, over all pairs"},
    {"expected", false, "the mean of that with the verses in random orders"},
    {"p_value", false, "the share of these orders, and the true one, with such a mean or a larger one"},
    {"orders", true, "how many random orders were tried; the same at each request"},
};
inline constexpr std::uint32_t ring_orders = 999;

struct RingRequest {
  std::uint32_t surah = 1;
  attributes::Attribute attribute = attributes::Attribute::root;
  bool by_verse = true;  // otherwise those that share most first
  Page page;
};
// The first verse of a surah with the last one, the second with the last but one, and so on.
Sheet ring(const Source& source, const Scope& scope, const Hits& hits, const RingRequest& request,
           query::Guard& guard);

// --- values that occur in the same verses ---

inline constexpr auto network_columns =
    with_measures(std::to_array<Column>({
                      {"together", true, "O11: verses with both"},
                      {"first_verses", true, "R1: verses with the first"},
                      {"second_verses", true, "C1: verses with the second"},
                  }),
                  associations);
inline constexpr Column network_facts[] = {
    {"verses_total", true, "N: verses with any value"},
    {"nodes", true, "values in any listed pair"},
};
inline constexpr auto network_orders = names_of(network_columns, std::array<std::string_view, 0>{});

struct NetworkRequest {
  attributes::Attribute attribute = attributes::Attribute::root;
  std::uint64_t min_together = 5;
  std::size_t order = 0;  // in network_orders
  Page page;
};
Sheet network(const Source& source, const Scope& scope, const Hits& hits, const NetworkRequest& request,
              query::Guard& guard);
// The rows as a graph in GraphML (graphml.graphdrawing.org): values as nodes, pairs as edges with their numbers.
std::string graphml_of(const Sheet& network);

}  // namespace kalima::statistics
