#include "conllu/attributes.h"

#include "conllu/escape.h"
#include "support/error.h"

namespace kalima::conllu {
namespace {

std::optional<std::string> read(std::string_view value, std::size_t at) {
  return in_context([&] { return ErrorContext{.place = {.line = at}}; }, [&] { return unescaped(value); });
}

}  // namespace

std::optional<std::string> read_attribute(const Line& line, std::string_view name) {
  const std::string* value = line.attribute(name);
  return value == nullptr ? std::nullopt : read(*value, line.at);
}

std::optional<std::string> read_comment(const Comment& comment) { return read(comment.value, comment.at); }

std::string escaped_name(std::string_view utf8) {
  std::string out;
  for (const char c : escaped(utf8)) {
    if (c == ' ') {
      out += "\\s";
    } else if (c == '=') {
      out += "\\u003D";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace kalima::conllu
