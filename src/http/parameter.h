// A parameter of a route: what it is called, what it means, which values it takes, and how its text becomes a typed
// value. Declared once, as a constant; the dispatcher (route.h), refusals and the OpenAPI description use it.
//
//   constexpr auto limit = http::integer({.name = "limit", .meaning = "…", .max = 1000, .default_value = "50"});
//
// Texts are UTF-8 and decoded. Threads: constants.
#pragma once

#include <any>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::http {

struct Parameter {
  enum class Place : std::uint8_t { path, query, header };
  enum class Type : std::uint8_t { integer, text, choice, choices };
  // A value of the parameter's C++ type. Throws Error(bad_input).
  using Read = std::any (*)(const Parameter& parameter, std::string_view text);

  std::string_view name;
  Place place = Place::query;
  std::string_view meaning;  // a phrase
  std::string_view example = {};
  Type type = Type::text;
  // Of an integer its bounds; of a text its length in code points.
  std::uint64_t min = 0, max = 0;
  // Of a choice: one of these. Of choices: some of these, with commas between them.
  std::span<const std::string_view> values = {};
  // A regular expression (ECMA-262) that every text which is accepted matches; only for the description.
  std::string_view pattern = {};
  // As in the address. Without it, and unless `required`, the parameter may be missing.
  std::optional<std::string_view> default_value = {};
  bool required = false;
  Read read = nullptr;
};

// A parameter whose value has the type T.
template <typename T>
struct Typed {
  using Value = T;
  Parameter row;
};

// Throw Error(bad_input), which names the parameter and says what is expected.
std::any read_integer(const Parameter& parameter, std::string_view text);  // std::uint64_t
std::any read_text(const Parameter& parameter, std::string_view text);     // std::string
std::any read_choice(const Parameter& parameter,
                     std::string_view text);  // std::size_t: its place in `values`
std::any read_choices(const Parameter& parameter, std::string_view text);  // std::vector<bool>, one for each
std::any read_yes_no(const Parameter& parameter, std::string_view text);   // bool

// A value in a path is always required.
constexpr Parameter completed(Parameter row, Parameter::Type type, Parameter::Read read) {
  row.type = type;
  row.read = read;
  row.required = row.required || row.place == Parameter::Place::path;
  return row;
}
constexpr Typed<std::uint64_t> integer(const Parameter& row) {
  return {completed(row, Parameter::Type::integer, read_integer)};
}
constexpr Typed<std::string> text(const Parameter& row) {
  return {completed(row, Parameter::Type::text, read_text)};
}
constexpr Typed<std::size_t> choice(const Parameter& row) {
  return {completed(row, Parameter::Type::choice, read_choice)};
}
constexpr Typed<std::vector<bool>> choices(const Parameter& row) {
  return {completed(row, Parameter::Type::choices, read_choices)};
}
inline constexpr std::string_view yes_no_values[] = {"yes", "no"};
constexpr Typed<bool> yes_no(Parameter row) {
  row.values = yes_no_values;
  return {completed(row, Parameter::Type::choice, read_yes_no)};
}
// A text that `parse` turns into a T after its length was checked. `parse` throws Error(bad_input).
template <auto parse>
constexpr auto parsed(const Parameter& row) {
  using T = decltype(parse(std::string_view()));
  return Typed<T>{completed(
      row, Parameter::Type::text, +[](const Parameter& parameter, std::string_view text) -> std::any {
        read_text(parameter, text);
        return T(parse(text));
      })};
}

}  // namespace kalima::http
