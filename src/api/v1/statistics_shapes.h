// The answers of statistics as the description of the API has them: made of the columns that the statistics declare.
#pragma once

#include <array>
#include <iterator>

#include "http/shape.h"
#include "statistics/sheet.h"

namespace kalima::api::v1::statistics_shapes {

using http::Field;
namespace shapes = http::shapes;

inline constexpr auto decimal_or_null = shapes::or_null(shapes::decimal);
inline constexpr auto values_shape = shapes::array(shapes::text_or_null);

inline constexpr Field scope_fields[] = {
    {"words", &shapes::integer}, {"verses", &shapes::integer}, {"surahs", &shapes::integer}};
inline constexpr auto scope_shape = shapes::object(scope_fields, "Extent");
inline constexpr Field left_out_fields[] = {{"what", &shapes::text}, {"count", &shapes::integer}};
inline constexpr auto left_out_shape = shapes::object(left_out_fields, "LeftOut");
inline constexpr auto left_out_list = shapes::array(left_out_shape);

constexpr Field field_of(const statistics::Column& column) {
  return {column.name, column.count ? &shapes::integer_or_null : &decimal_or_null, column.meaning};
}

// The fields of `columns` between those before and after them.
template <const auto& columns, std::size_t before, std::size_t after>
constexpr auto fields_around(const Field (&first)[before], const Field (&last)[after]) {
  std::array<Field, before + std::size(columns) + after> out;
  std::size_t at = 0;
  for (const Field& field : first) out[at++] = field;
  for (const statistics::Column& column : columns) out[at++] = field_of(column);
  for (const Field& field : last) out[at++] = field;
  return out;
}

inline constexpr Field row_begin[] = {{"values", &values_shape, "of each key; null where one is missing"}};
inline constexpr Field row_end[] = {
    {"query", &shapes::text_or_null, "finds what was counted; null where no query does"}};
inline constexpr Field answer_begin[] = {
    {"query", &shapes::text},
    {"within", &shapes::text_or_null},
    {"unit", &shapes::text, "what total counts"},
    {"total", &shapes::integer, "of all rows, and of what is left out of them"},
    {"scope", &scope_shape, "the text that was searched"},
    {"left_out", &left_out_list, "what is not counted or not listed, and why"},
    {"notes", &shapes::texts, "what to know about how the query was read"},
    {"partial", &shapes::boolean, "time or memory ran out: the numbers are those found until then"},
};

template <const auto& columns>
inline constexpr auto row_fields = fields_around<columns>(row_begin, row_end);

// Of a statistic with these facts, and rows of this shape.
template <const auto& facts, const http::Shape& rows>
struct Answer {
  static constexpr Field end[] = {
      {"keys", &shapes::texts, "what the values of a row are"},
      {"rows_total", &shapes::integer, "how many rows there are"},
      {"offset", &shapes::integer},
      {"limit", &shapes::integer},
      {"rows", &rows},
      {"ms", &shapes::decimal, "how long it took"},
  };
  static constexpr auto fields = fields_around<facts>(answer_begin, end);
};

}  // namespace kalima::api::v1::statistics_shapes
