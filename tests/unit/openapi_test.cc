#include "http/openapi.h"

#include <doctest/doctest.h>

#include <array>

#include "http/shape.h"
#include "support/error.h"

namespace kalima::http {
namespace {

constexpr Field a_fields[] = {{"a", &shapes::text, "first"}};
constexpr Field a_again_fields[] = {{"a", &shapes::text, "first"}};
constexpr Field b_fields[] = {{"b", &shapes::text}};
constexpr Field a_number_fields[] = {{"a", &shapes::integer, "first"}};
constexpr Field a_optional_fields[] = {{"a", &shapes::text, "first", true}};
constexpr auto thing = shapes::object(a_fields, "Thing");
constexpr auto no_thing = shapes::or_null(thing);
constexpr auto thing_again = shapes::object(a_again_fields, "Thing");
constexpr auto other_name = shapes::object(b_fields, "Other");
constexpr auto list = shapes::array(thing);

std::string description_of(const Shape& first, const Shape& second) {
  const Field fields[] = {{"x", &first}, {"y", &second}};
  const Shape answer = shapes::object(fields);
  const Operation operation{
      .method = "GET", .path = "/x", .id = "getX", .group = "x", .summary = "X", .answer = &answer};
  return openapi({.title = "T", .version = "1", .description = "D"}, std::array{&operation});
}

}  // namespace

TEST_CASE("openapi: a shape with a name is described once") {
  for (const Shape* second : {&thing, &no_thing, &thing_again, &list, &other_name}) {
    const std::string text = description_of(thing, *second);
    const std::size_t first = text.find("\"Thing\":{");
    CHECK(first != std::string::npos);
    CHECK(text.find("\"Thing\":{", first + 1) == std::string::npos);
  }
}

TEST_CASE("openapi: two different shapes with one name are a defect") {
  static constexpr auto other_fields = shapes::object(b_fields, "Thing");
  static constexpr auto number = shapes::object(a_number_fields, "Thing");
  static constexpr auto optional = shapes::object(a_optional_fields, "Thing");
  static constexpr Shape map{.kind = Shape::Kind::map, .name = "Thing", .items = &shapes::text};
  for (const Shape* second : {&other_fields, &number, &optional, &map}) {
    CHECK_THROWS_AS(description_of(thing, *second), Error);
    CHECK_THROWS_AS(description_of(*second, no_thing), Error);
  }
}

}  // namespace kalima::http
