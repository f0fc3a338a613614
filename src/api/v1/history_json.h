// Entries of the history in the answers of /api/v1.
#pragma once

#include "corpus/columns/core_file.h"
#include "http/json_writer.h"
#include "http/parameter.h"
#include "http/shape.h"
#include "store/history.h"

namespace kalima::api::v1 {

inline constexpr auto changes_shape = http::shapes::array(http::shapes::any);
inline constexpr http::Field history_entry_fields[] = {
    {"id", &http::shapes::integer},
    {"at", &http::shapes::text, "local time"},
    {"verse", &http::shapes::text_or_null, "SURAH:AYAH; null for a change of tags or patterns"},
    {"action", &http::shapes::text, "what was asked for"},
    {"undoes", &http::shapes::integer_or_null, "the id of the entry that this one took back"},
    {"undone_by", &http::shapes::integer_or_null, "the id of the entry that took this one back"},
    {"changes", &changes_shape, "each with the state `before` and `after`"},
    {"unreadable", &http::shapes::boolean,
     "true: the database is damaged there, and the changes are left out", true},
};
inline constexpr auto history_entry_shape = http::shapes::object(history_entry_fields, "HistoryEntry");
inline constexpr auto history_entries_shape = http::shapes::array(history_entry_shape);
inline constexpr http::Field history_fields[] = {{"history", &history_entries_shape, "latest first"}};
inline constexpr auto history_shape = http::shapes::object(history_fields, "History");

inline constexpr auto entries_parameter = http::integer({.name = "limit",
                                                         .meaning = "how many are listed at most",
                                                         .example = "10",
                                                         .max = 1'000'000,
                                                         .default_value = "100"});

void write_history_entry(http::JsonWriter& out, const store::HistoryEntry& entry,
                         const columns::CoreFile& core);

}  // namespace kalima::api::v1
