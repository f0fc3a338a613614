#include "api/v1/parameters.h"

#include <fmt/format.h>

#include "support/error.h"
#include "support/numbers.h"

namespace kalima::api::v1 {

std::uint64_t number(std::string_view text, std::string_view what) {
  const auto value = numbers::parse<std::uint64_t>(text);
  if (!value) throw Error(ErrorCode::bad_input, fmt::format("{} must be a whole number from 0", what));
  return *value;
}

std::size_t count_parameter(const http::Request& request, std::string_view name, std::size_t otherwise) {
  const auto text = request.parameter(name);
  return text ? number(*text, name) : otherwise;
}

std::size_t verse_of(const columns::CoreFile& core, std::string_view reference) {
  const std::size_t colon = reference.find(':');
  if (colon == std::string_view::npos)
    throw Error(ErrorCode::bad_input, "a verse is SURAH:AYAH, such as 2:255");
  const auto verse = core.find_verse(number(reference.substr(0, colon), "the surah"),
                                     number(reference.substr(colon + 1), "the ayah"));
  if (!verse) throw Error(ErrorCode::not_found, fmt::format("verse {} not found", reference));
  return *verse;
}

}  // namespace kalima::api::v1
