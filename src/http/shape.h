// The shape of an answer, as a constant that the OpenAPI description is made from (openapi.h). Tests check that answers
// have it. An object has the fields that are named, and no others.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kalima::http {

struct Shape;

struct Field {
  std::string_view name;
  const Shape* shape;
  std::string_view meaning = {};
  bool optional = false;  // it may be missing
};

struct Shape {
  enum class Kind : std::uint8_t { any, object, map, array, integer, decimal, text, boolean };

  Kind kind = Kind::any;
  bool nullable = false;
  std::string_view name = {};                     // of a shape that is described once and referred to
  std::span<const Field> fields = {};             // of an object
  const Shape* items = nullptr;                   // of an array, or the values of a map
  std::span<const std::string_view> values = {};  // of a text that is one of these
};

namespace shapes {

inline constexpr Shape any{};
inline constexpr Shape integer{.kind = Shape::Kind::integer};
inline constexpr Shape integer_or_null{.kind = Shape::Kind::integer, .nullable = true};
inline constexpr Shape decimal{.kind = Shape::Kind::decimal};
inline constexpr Shape text{.kind = Shape::Kind::text};
inline constexpr Shape text_or_null{.kind = Shape::Kind::text, .nullable = true};
inline constexpr Shape boolean{.kind = Shape::Kind::boolean};
inline constexpr Shape texts{.kind = Shape::Kind::array, .items = &text};
inline constexpr Shape text_map{.kind = Shape::Kind::map, .items = &text};

constexpr Shape object(std::span<const Field> fields, std::string_view name = {}) {
  return {.kind = Shape::Kind::object, .name = name, .fields = fields};
}
constexpr Shape array(const Shape& items) { return {.kind = Shape::Kind::array, .items = &items}; }
constexpr Shape one_of(std::span<const std::string_view> values) {
  return {.kind = Shape::Kind::text, .values = values};
}
constexpr Shape or_null(Shape shape) {
  shape.nullable = true;
  return shape;
}

}  // namespace shapes
}  // namespace kalima::http
