#include "http/multipart.h"

#include <algorithm>

#include "http/message.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::http {
namespace {

constexpr std::size_t max_part_headers = 8 * 1024;
constexpr std::size_t max_boundary = 70;  // RFC 2046

[[noreturn]] void fail_multipart(const char* what) {
  throw Error(ErrorCode::bad_input, std::string("the body is not multipart/form-data: ") + what);
}

std::string lower_of(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The text in quotes at the beginning of `rest`, which is taken away, or a text up to the next semicolon.
std::string take_value(std::string_view& rest) {
  std::string out;
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    out = without_blanks(rest.substr(0, end));
    rest.remove_prefix(end);
    return out;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    // A name may have backslashes of its own: only those before a quote or another one are signs.
    if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\')) ++at;
    out += rest[at];
  }
  rest.remove_prefix(std::min(rest.size(), at + 1));
  return out;
}

// Browsers write quotes and line ends in names as these.
std::string browser_name(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> written[] = {
      {"%22", "\""}, {"%0D", "\r"}, {"%0A", "\n"}};
  for (const auto& [from, to] : written) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  }
  return text;
}

// The parameters of a header's value after its first word.
template <typename Take>
void each_parameter(std::string_view value, Take take) {
  value.remove_prefix(std::min(value.size(), value.find(';')));
  while (value.starts_with(';')) {
    value.remove_prefix(1);
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos) return;
    const std::string name = lower_of(without_blanks(value.substr(0, equals)));
    value.remove_prefix(equals + 1);
    value = without_blanks(value);
    take(name, take_value(value));
    value = without_blanks(value);
  }
}

}  // namespace

Error another_form() {
  return {ErrorCode::unsupported_type, "the files come in another form than multipart/form-data",
          "send them as multipart/form-data, each as a part \"file\""};
}

bool Multipart::is_form(std::string_view content_type) {
  const std::size_t end = std::min(content_type.find(';'), content_type.size());
  return lower_of(without_blanks(content_type.substr(0, end))) == "multipart/form-data";
}

std::optional<std::string> Multipart::boundary_of(std::string_view content_type) {
  if (!is_form(content_type)) return std::nullopt;
  std::optional<std::string> boundary;
  each_parameter(content_type, [&](const std::string& name, std::string value) {
    if (name == "boundary" && !boundary) boundary = std::move(value);
  });
  const bool fits = boundary && !boundary->empty() && boundary->size() <= max_boundary &&
                    std::ranges::all_of(*boundary, [](char c) { return c >= ' ' && c <= '~'; });
  return fits ? boundary : std::nullopt;
}

// As if a line had ended before the first boundary.
Multipart::Multipart(std::string_view boundary, Parts& parts)
    : parts_(parts), delimiter_(std::string("\r\n--").append(boundary)), held_("\r\n") {}

void Multipart::add(std::string_view bytes) {
  if (state_ == State::ended) return;  // what follows the last boundary means nothing
  held_.append(bytes);
  while (step()) {
  }
}

// Reads what is complete; false when more bytes are needed.
bool Multipart::step() {
  switch (state_) {
    case State::before:
    case State::in_part:
      return read_data();
    case State::at_boundary:
      return read_boundary_end();
    case State::in_headers:
      return read_headers();
    case State::ended:
      held_.clear();
      return false;
  }
  return false;
}

bool Multipart::read_data() {
  const std::size_t end = held_.find(delimiter_);
  const bool found = end != std::string::npos;
  // The end of what is here may be the beginning of a boundary.
  const std::size_t data = found ? end : held_.size() - std::min(held_.size(), delimiter_.size() - 1);
  if (state_ == State::in_part && data > 0) parts_.add_to_part(std::string_view(held_).substr(0, data));
  if (state_ == State::before && data > max_part_headers)
    fail_multipart("it does not begin with its boundary");
  if (!found) {
    // What is before the first boundary counts towards its bound.
    if (state_ == State::in_part) held_.erase(0, data);
    return false;
  }
  held_.erase(0, data + delimiter_.size());
  if (state_ == State::in_part) parts_.end_part();
  state_ = State::at_boundary;
  return true;
}

bool Multipart::read_boundary_end() {
  std::size_t at = 0;
  while (at < held_.size() && (held_[at] == ' ' || held_[at] == '\t')) ++at;
  if (at > max_part_headers) fail_multipart("a boundary does not end");
  if (held_.size() < at + 2) return false;
  const std::string_view next = std::string_view(held_).substr(at, 2);
  if (next == "--") {
    state_ = State::ended;
  } else if (next == "\r\n") {
    // The line end stays: a part may have no headers.
    held_.erase(0, at);
    state_ = State::in_headers;
  } else {
    fail_multipart("a boundary does not end");
  }
  return true;
}

bool Multipart::read_headers() {
  const std::size_t end = held_.find("\r\n\r\n");
  if (std::min(end, held_.size()) > max_part_headers) fail_multipart("the headers of a part are too long");
  if (end == std::string::npos) return false;
  std::optional<std::string> name, file;
  std::string_view rest = std::string_view(held_).substr(0, end);
  while (!rest.empty()) {
    rest.remove_prefix(2);  // the line end before each
    const std::size_t line_end = std::min(rest.find("\r\n"), rest.size());
    const std::string_view line = rest.substr(0, line_end);
    rest.remove_prefix(line_end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) fail_multipart("a header of a part has no colon");
    const std::string header = lower_of(without_blanks(line.substr(0, colon)));
    const std::string_view value = without_blanks(line.substr(colon + 1));
    if (header == "content-transfer-encoding" && lower_of(value) != "binary" && lower_of(value) != "8bit" &&
        lower_of(value) != "7bit") {
      fail_multipart("a part is in another transfer encoding than binary");
    }
    if (header != "content-disposition") continue;
    bool extended = false;
    each_parameter(value, [&](const std::string& parameter, std::string text) {
      constexpr std::string_view utf8_mark = "utf-8''";
      if (parameter == "name") {
        name = browser_name(std::move(text));
      } else if (parameter == "filename" && !extended) {
        file = browser_name(std::move(text));
      } else if (parameter == "filename*" && lower_of(text).starts_with(utf8_mark)) {
        file = percent_decoded(std::string_view(text).substr(utf8_mark.size()), false);
        extended = true;
      }
    });
  }
  if (!name) fail_multipart("a part has no name");
  if (file) file = utf8::repaired(*file);
  held_.erase(0, end + 4);
  state_ = State::in_part;
  parts_.begin_part(utf8::repaired(*name), file);
  return true;
}

}  // namespace kalima::http
