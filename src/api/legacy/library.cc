// Notes and resources: .md and .txt files of two folders, read again for every request, because users edit
// them.
#include <fmt/format.h>

#include <algorithm>

#include "api/legacy/api.h"
#include "api/legacy/values.h"
#include "support/error.h"
#include "support/files.h"
#include "support/folder_files.h"
#include "support/json.h"
#include "support/lines.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

namespace fs = std::filesystem;
using http::Body;
using http::PathParts;
using http::Request;
using http::Response;

// Larger files are not notes, and could exhaust the memory of a small machine.
constexpr std::uintmax_t max_file_bytes = 16 * 1024 * 1024;
constexpr std::size_t snippet_length = 200;

struct TextFile {
  std::string relative;  // with `/`
  fs::path path;
};

bool is_text_name(const fs::path& path) {
  const std::string extension = text::lower(files::to_utf8(path.extension()));
  return extension == ".md" || extension == ".txt";
}

// Sorted by relative path.
std::vector<TextFile> text_files(const std::optional<fs::path>& folder) {
  std::vector<TextFile> found;
  if (!folder) return found;
  files::each_file_below(*folder, [&](const fs::directory_entry& entry, const fs::path& relative) {
    std::error_code error;
    if (!is_text_name(entry.path()) || entry.file_size(error) > max_file_bytes || error) return;
    const std::u8string name = relative.generic_u8string();
    found.push_back({std::string(name.begin(), name.end()), entry.path()});
  });
  std::sort(found.begin(), found.end(),
            [](const TextFile& a, const TextFile& b) { return a.relative < b.relative; });
  return found;
}

// A file's text with LF line ends; ill-formed UTF-8 as U+FFFD. Empty if it has been removed since.
std::string read_text(const fs::path& path) {
  std::string bytes;
  try {
    bytes = files::read(path);
  } catch (const Error&) {  // one file that went away, or may not be read, does not spoil the list of all
    return {};
  }
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r') {
      out += bytes[i];
    } else if (i + 1 == bytes.size() || bytes[i + 1] != '\n') {
      out += '\n';
    }
  }
  return utf8::valid(out) ? out : utf8::repaired(out);
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

Response notes(const std::optional<fs::path>& folder) {
  std::string out = "{\"notes\":[";
  bool first = true;
  for (const TextFile& file : text_files(folder)) {
    const std::string text = read_text(file.path);
    out += first ? "{\"path\":" : ",{\"path\":";
    first = false;
    json::write_string(file.relative, out);
    out += ",\"snippet\":";
    json::write_string(utf8::prefix(first_line(text::stripped(text)), snippet_length), out);
    out += ",\"title\":";
    json::write_string(files::to_utf8(file.path.stem()), out);
    out += '}';
  }
  return http::json_response(Body(out + "]}"));
}

Response note_content(const std::optional<fs::path>& folder, const Request& request) {
  const std::string path = request.parameter("path").value_or("");
  if (path.empty()) return http::error_response({ErrorCode::bad_input, "path required"});
  const auto missing = [] { return http::error_response({ErrorCode::not_found, "not found"}); };
  const auto invalid = [] { return http::error_response({ErrorCode::bad_input, "invalid path"}); };
  if (path.find('\0') != std::string::npos) return invalid();
  if (!folder) return missing();
  std::error_code error;
  const fs::path base = fs::weakly_canonical(*folder, error);
  if (error) return missing();
  const fs::path file = fs::weakly_canonical(base / files::path_from_utf8(path), error);
  if (error) return missing();  // for example a name too long for the system, or a part that is not a folder
  if (!files::lies_in(base, file)) return invalid();
  if (!fs::is_regular_file(file, error) || error || fs::file_size(file, error) > max_file_bytes || error) {
    return missing();
  }
  std::string out = "{\"content\":";
  json::write_string(read_text(file), out);
  out += ",\"path\":";
  json::write_string(path, out);
  return http::json_response(Body(out + '}'));
}

Response library_search(const std::optional<fs::path>& folder, const Request& request) {
  const std::string query = request.parameter("q").value_or("");
  const std::string needle = text::lower(text::stripped(query));
  const std::size_t limit = count_parameter(request, "limit", 30);
  std::string results;
  std::size_t count = 0;
  // A limit of 0 counts all and returns none.
  const auto full = [&] { return limit > 0 && count == limit; };
  if (!needle.empty()) {
    for (const TextFile& file : text_files(folder)) {
      const std::string text = read_text(file.path);
      for (Lines lines(text); !full() && lines.next();) {
        const std::string_view line = lines.line();
        if (text::lower(line).find(needle) == std::string::npos) continue;
        ++count;
        if (limit == 0) continue;
        results += fmt::format("{}{{\"line\":{},\"path\":", results.empty() ? "" : ",", lines.number());
        json::write_string(file.relative, results);
        results += ",\"snippet\":";
        json::write_string(text::stripped(line), results);
        results += '}';
      }
      if (full()) break;
    }
  }
  return http::json_response(
      Body(fmt::format("{{\"count\":{},\"query\":{},\"results\":[{}],\"type\":\"library\"}}", count,
                       json::quoted(query), results)));
}

}  // namespace

void add_library_routes(http::Router& router, const Context& context) {
  router.add("GET", "/api/notes",
             [folder = context.notes](const Request&, const PathParts&) { return notes(folder); });
  router.add("GET", "/api/notes/content", [folder = context.notes](const Request& request, const PathParts&) {
    return note_content(folder, request);
  });
  router.add("GET", "/api/library_search",
             [folder = context.resources](const Request& request, const PathParts&) {
               return library_search(folder, request);
             });
}

}  // namespace kalima::api::legacy
