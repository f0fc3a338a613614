#include "http/parameter.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/error.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::http {
namespace {

[[noreturn]] void refuse_value(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

std::string listed(std::span<const std::string_view> values) {
  std::string out;
  for (const std::string_view value : values) out += (out.empty() ? "" : ", ") + std::string(value);
  return out;
}

}  // namespace

std::any read_integer(const Parameter& parameter, std::string_view text) {
  const auto number = numbers::parse<std::uint64_t>(text, {.min = parameter.min, .max = parameter.max});
  if (!number) {
    refuse_value(
        fmt::format("{} must be a whole number from {} to {}", parameter.name, parameter.min, parameter.max));
  }
  return *number;
}

std::any read_text(const Parameter& parameter, std::string_view text) {
  // No code point has more than four bytes.
  const std::size_t length =
      text.size() > 4 * parameter.max ? text.size() : utf8::to_code_points(text).size();
  if (length > parameter.max) {
    refuse_value(fmt::format("{} may have at most {} code points", parameter.name, parameter.max));
  }
  if (length < parameter.min) {
    refuse_value(fmt::format("{} is empty: {}", parameter.name, parameter.meaning));
  }
  return std::string(text);
}

std::any read_choice(const Parameter& parameter, std::string_view text) {
  const auto it = std::ranges::find(parameter.values, text);
  if (it == parameter.values.end())
    refuse_value(fmt::format("{} must be one of {}", parameter.name, listed(parameter.values)));
  return static_cast<std::size_t>(it - parameter.values.begin());
}

std::any read_choices(const Parameter& parameter, std::string_view text) {
  std::vector<bool> chosen(parameter.values.size());
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto it = std::ranges::find(parameter.values, part);
    if (it == parameter.values.end()) {
      refuse_value(fmt::format("{} must be some of {}, with commas between them", parameter.name,
                               listed(parameter.values)));
    }
    const auto place = static_cast<std::size_t>(it - parameter.values.begin());
    if (chosen[place]) refuse_value(fmt::format("{} is in {} twice", part, parameter.name));
    chosen[place] = true;
  }
  return chosen;
}

std::any read_yes_no(const Parameter& parameter, std::string_view text) {
  if (text != "yes" && text != "no") refuse_value(fmt::format("{} must be yes or no", parameter.name));
  return text == "yes";
}

}  // namespace kalima::http
