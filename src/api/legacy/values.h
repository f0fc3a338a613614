// How the old API reads numbers and references: like Python's int() and str.split().
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "support/json.h"

namespace kalima::api::legacy {

// int(): white space around it, a sign, decimal digits (ASCII or Arabic-Indic), single underscores between
// them. A value out of range becomes the nearest one.
std::optional<std::int64_t> python_int(std::string_view text);

// A query parameter that is a count, or its default. Throws Error(bad_input) for anything but a whole number from 0.
std::size_t count_parameter(const http::Request& request, std::string_view name, std::size_t otherwise);
// The same for a member of a JSON body: a number or a string of digits.
std::size_t count_member(const json::Value& body, std::string_view name, std::size_t otherwise);

// A request's body as JSON. Throws Error(bad_input) or, beyond the limits, Error(too_large), with `complaint` before it.
json::Value parse_body(std::string_view body, const json::Limits& limits, std::string_view complaint);

struct Reference {
  std::int64_t surah, ayah;
};
// "SURAH:AYAH"; nullopt for any other text.
std::optional<Reference> parse_reference(std::string_view text);

// What Python's `if value:` treats as true.
bool truthy(const json::Value* value);

}  // namespace kalima::api::legacy
