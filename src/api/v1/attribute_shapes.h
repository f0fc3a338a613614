// Attributes in answers: the keys, shapes and values of segments, words and nodes come from the table of attributes, so that
// a new attribute is shown and described without a change here.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "attributes/table.h"
#include "corpus/columns/core_file.h"
#include "http/json_writer.h"
#include "http/shape.h"

namespace kalima::api::v1 {

namespace detail {

template <std::size_t place>
struct ShapeOf {
  static constexpr const attributes::Definition& row = attributes::table[place];
  static constexpr auto names = [] {
    std::array<std::string_view, row.values.size()> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = row.values[i].name;
    return out;
  }();
  static constexpr http::Shape shape = [] {
    switch (row.type) {
      case attributes::Type::number:
        return http::shapes::integer;
      case attributes::Type::flag:
        return http::shapes::boolean;
      case attributes::Type::enumerated:
        return http::shapes::one_of(names);
      default:
        return http::shapes::text;
    }
  }();
};

inline constexpr auto shapes_of_attributes = []<std::size_t... place>(std::index_sequence<place...>) {
  return std::array<const http::Shape*, sizeof...(place)>{&ShapeOf<place>::shape...};
}
(std::make_index_sequence<attributes::attribute_count>());

template <auto wanted>
constexpr std::size_t count_of = [] {
  std::size_t count = 0;
  for (const attributes::Definition& row : attributes::table) count += wanted(row) ? 1 : 0;
  return count;
}();

}  // namespace detail

// The attributes for which `wanted` is true, in the order of the table.
template <auto wanted>
inline constexpr auto attributes_where = [] {
  std::array<attributes::Attribute, detail::count_of<wanted>> out{};
  std::size_t at = 0;
  for (const attributes::Definition& row : attributes::table) {
    if (wanted(row)) out[at++] = row.attribute;
  }
  return out;
}();

// A field for each of them; one that has no value is left out of an answer.
template <auto wanted>
inline constexpr auto fields_where = [] {
  std::array<http::Field, detail::count_of<wanted>> out{};
  std::size_t at = 0;
  for (const attributes::Attribute attribute : attributes_where<wanted>) {
    const attributes::Definition& row = attributes::definition(attribute);
    out[at++] = {row.name, detail::shapes_of_attributes[static_cast<std::size_t>(attribute)], row.meaning,
                 true};
  }
  return out;
}();

template <std::size_t n, std::size_t m>
constexpr auto joined(const std::array<http::Field, n>& a, const std::array<http::Field, m>& b) {
  std::array<http::Field, n + m> out{};
  for (std::size_t i = 0; i < n; ++i) out[i] = a[i];
  for (std::size_t i = 0; i < m; ++i) out[n + i] = b[i];
  return out;
}

// The value of an attribute as its shape says. `value` is not 0.
inline void write_value(http::JsonWriter& out, const columns::CoreFile& core,
                        const attributes::Definition& row, std::uint32_t value) {
  switch (row.type) {
    case attributes::Type::dictionary:
      out.value(core.dictionary(row.attribute).text(value));
      break;
    case attributes::Type::number:
      out.value(value - 1);
      break;
    case attributes::Type::flag:
      out.value(value == 2);
      break;
    case attributes::Type::enumerated:
      out.value(core.text(row.attribute, value));
      break;
  }
}

// The keys and values of those attributes of a segment, word or node that have a value.
template <typename List>
void write_attributes(http::JsonWriter& out, const columns::CoreFile& core, const List& list,
                      std::size_t item) {
  for (const attributes::Attribute attribute : list) {
    const std::uint32_t value = core.value(attribute, item);
    if (value == 0) continue;
    const attributes::Definition& row = attributes::definition(attribute);
    out.key(row.name);
    write_value(out, core, row, value);
  }
}

}  // namespace kalima::api::v1
