#include "app/received.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "support/files.h"
#include "support/utf8.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t max_files = 300;
constexpr std::size_t max_field = 16;
constexpr std::size_t max_name = 120;

// What the client called a file, as a name that each system takes and that leads nowhere else.
std::string safe_name(const std::string& given) {
  std::string name = given.substr(given.find_last_of("/\\") + 1);
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || std::string_view("<>:\"|?*\x7F").find(c) != std::string::npos)
      c = '_';
  }
  if (name.starts_with('.')) name.front() = '_';
  if (name.size() > max_name) {
    // What it ends with says what it is.
    const std::size_t dot = name.rfind('.');
    const std::string end = dot != std::string::npos && name.size() - dot <= 8 ? name.substr(dot) : "";
    name = std::string(utf8::prefix(name, max_name / 4)) + end;
  }
  while (name.ends_with('.') || name.ends_with(' ')) name.back() = '_';
  return name.empty() ? "file" : name;
}

}  // namespace

Received::Received(std::shared_ptr<void> place, files::Scratch scratch, std::string_view boundary)
    : place_(std::move(place)), scratch_(std::move(scratch)), reader_(boundary, *this) {
  files::make_folder(folder());
}

void Received::add(std::string_view bytes) {
  if (problem_) return;
  try {
    reader_.add(bytes);
  } catch (...) {  // it is the answer, once all has come
    problem_ = current_error();
    out_.close();
  }
}

void Received::finish() {
  if (!problem_ && !reader_.ended())
    problem_ = Error(ErrorCode::bad_input, "the body is not multipart/form-data: it is cut off");
  if (!problem_ && files_.empty()) {
    problem_ = Error(ErrorCode::bad_input, "no file was sent",
                     "send each as a part with the name \"file\" and a file name");
  }
  if (problem_) throw shown(*problem_);
}

void Received::begin_part(const std::string& name, const std::optional<std::string>& file) {
  field_.clear();
  part_ = Part::nothing;
  if (name == "check") {
    part_ = Part::check;
    return;
  }
  if (name != "file") {
    throw Error(ErrorCode::bad_input, fmt::format("the part \"{}\" is not known", utf8::prefix(name, 40)),
                "known parts: file, check");
  }
  // A form in which no file was chosen sends an empty one.
  if (file && file->empty()) return;
  if (!file)
    throw Error(ErrorCode::bad_input, "a part \"file\" has no file name", "send files with their names");
  if (files_.size() == max_files)
    throw Error(ErrorCode::too_large, fmt::format("more than {} files", max_files));
  part_ = Part::file;
  // A folder for each, because two may have the same name.
  const fs::path place = folder() / std::to_string(files_.size());
  files::make_folder(place);
  const std::string safe = safe_name(*file);
  files_.push_back({safe, place / files::path_from_utf8(safe), 0});
  out_.open(files_.back().path, std::ios::binary);
  if (!out_) throw Error(ErrorCode::io, fmt::format("cannot make a file for {}", safe));
}

void Received::add_to_part(std::string_view bytes) {
  switch (part_) {
    case Part::file:
      out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      files_.back().bytes += bytes.size();
      if (!out_) {
        throw Error(ErrorCode::unavailable, "cannot write what was sent: the disk may be full",
                    "make room on the disk of the database");
      }
      break;
    case Part::check:
      if (field_.size() < max_field) field_ += bytes.substr(0, max_field);
      break;
    case Part::nothing:
      break;
  }
}

void Received::end_part() {
  if (part_ == Part::file) {
    out_.close();
    if (!out_) {
      throw Error(ErrorCode::unavailable, "cannot write what was sent: the disk may be full",
                  "make room on the disk of the database");
    }
  } else if (part_ == Part::check) {
    constexpr std::string_view values[] = {"false", "true", "keep"};  // in the order of Check
    const auto* const value = std::ranges::find(values, field_);
    if (value == std::end(values))
      throw Error(ErrorCode::bad_input, "check must be true, false or keep").with({.parameter = "check"});
    check_ = static_cast<Check>(value - std::begin(values));
  }
  part_ = Part::nothing;
}

std::string Received::shown(std::string text) const {
  const std::string begin = files::to_utf8(folder());
  for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;) {
    std::size_t end = at + begin.size();
    const auto skip = [&](auto is) {
      while (end < text.size() && is(text[end])) ++end;
    };
    const auto slash = [](char c) { return c == '/' || c == '\\'; };
    skip(slash);
    skip([](char c) { return c >= '0' && c <= '9'; });
    skip(slash);
    text.erase(at, end - at);
  }
  return text;
}

Error Received::shown(const Error& error) const {
  Place place = error.place();
  place.file = shown(place.file);
  const Error out(error.code(), shown(error.message()), shown(error.cure()), place);
  return error.parameter().empty() ? out : out.with({.parameter = error.parameter()});
}

}  // namespace kalima::app
