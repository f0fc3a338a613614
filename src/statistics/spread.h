// How evenly the hits of a query are spread over the parts of the text.
//
// Threads: one request is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "attributes/region_values.h"
#include "statistics/columns_of.h"
#include "statistics/frequencies.h"
#include "statistics/measures.h"
#include "statistics/scope.h"

namespace kalima::statistics {

inline constexpr Column spread_columns[] = {
    {"words", true, "of the part, in the scope"},
    {"hits", true, "that begin in the part"},
    {"per_10000", false, "hits for each 10,000 words of the part"},
    {"hits_so_far", true, "of this row and those before it, of this page or not"},
    {"words_so_far", true, "likewise"},
    {"order", true, "of revelation; of surahs only"},
};
inline constexpr auto spread_facts = with_measures(
    std::to_array<Column>({{"parts", true, "parts of the text that have words in the scope"}}), spreads);

inline constexpr attributes::Region spread_parts[] = {attributes::Region::surah,  attributes::Region::juz,
                                                      attributes::Region::hizb,   attributes::Region::quarter,
                                                      attributes::Region::manzil, attributes::Region::ruku,
                                                      attributes::Region::page};
inline constexpr std::string_view spread_part_names[] = {"surah",  "juz",  "hizb", "quarter",
                                                         "manzil", "ruku", "page"};

enum class PartOrder : std::uint8_t { mushaf, revelation, density };
inline constexpr std::string_view part_order_names[] = {"mushaf", "revelation", "density"};

struct SpreadRequest {
  std::size_t parts = 0;  // in spread_parts
  PartOrder order = PartOrder::mushaf;
  Page page;
};

// Throws Error(bad_input) for the order of revelation of other parts than surahs.
Sheet spread(const Source& source, const Scope& scope, const Hits& hits, const SpreadRequest& request,
             query::Guard& guard);

}  // namespace kalima::statistics
