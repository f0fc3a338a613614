#include "http/static_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <memory>

#include "support/error.h"
#include "support/files.h"

namespace kalima::http {
namespace fs = std::filesystem;
namespace {

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7). Names are spelled out: they do not follow the locale.
std::string http_date(std::time_t time) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::tm t = fmt::gmtime(time);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                     t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

// A larger file is sent while it is read: memory must not follow the number of those who read it slowly.
constexpr std::uintmax_t max_whole_bytes = 1024 * 1024;

// Gives a file piece by piece; what it throws cuts the answer off.
class FileReader {
 public:
  FileReader(const fs::path& file, std::uintmax_t size) : stream_(file, std::ios::binary), left_(size) {
    if (!stream_) throw Error(ErrorCode::io, fmt::format("cannot read {}", files::to_utf8(file)));
  }

  bool append_next(std::string& piece) {
    constexpr std::uintmax_t piece_size = 256 * 1024;
    const auto size = static_cast<std::size_t>(std::min(left_, piece_size));
    const std::size_t before = piece.size();
    piece.resize(before + size);
    if (!stream_.read(piece.data() + before, static_cast<std::streamsize>(size)))
      throw Error(ErrorCode::io, "a file became shorter while it was sent");
    left_ -= size;
    return left_ > 0;
  }

 private:
  std::ifstream stream_;
  std::uintmax_t left_;
};

bool inside(const fs::path& folder, const fs::path& file) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end() && rest != file.end();
}

}  // namespace

std::string_view media_type(std::string_view file_name) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".htm", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".md", "text/markdown; charset=utf-8"},
      {".csv", "text/csv; charset=utf-8"},
      {".xml", "text/xml; charset=utf-8"},
      {".svg", "image/svg+xml; charset=utf-8"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".webp", "image/webp"},
      {".avif", "image/avif"},
      {".ico", "image/vnd.microsoft.icon"},
      {".woff", "font/woff"},
      {".woff2", "font/woff2"},
      {".ttf", "font/ttf"},
      {".otf", "font/otf"},
      {".eot", "application/vnd.ms-fontobject"},
      {".pdf", "application/pdf"},
      {".wasm", "application/wasm"},
      {".mp3", "audio/mpeg"},
      {".webmanifest", "application/manifest+json"},
  };
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return "application/octet-stream";
  std::string extension(file_name.substr(dot));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const auto& [known, type] : types) {
    if (known == extension) return type;
  }
  return "application/octet-stream";
}

StaticFiles::StaticFiles(const fs::path& folder) {
  std::error_code error;
  folder_ = fs::canonical(folder, error);
  if (error || !fs::is_directory(folder_)) {
    throw Error(ErrorCode::not_found, fmt::format("folder not found: {}", files::to_utf8(folder)),
                "name the folder of the web frontend (it contains index.html) with --static");
  }
}

Response StaticFiles::answer(const Request& request, std::string_view relative_path) const {
  const auto missing = [&] {
    return error_response({ErrorCode::not_found, fmt::format("no such file: {}", relative_path)});
  };
  // A NUL would end the name for the operating system; a backslash or colon has a special meaning on Windows.
  if (relative_path.find_first_of(std::string_view("\0\\:", 3)) != std::string_view::npos) return missing();
  std::error_code error;
  const fs::path relative = files::path_from_utf8(relative_path);
  if (relative.is_absolute()) return missing();
  const fs::path file = fs::canonical(folder_ / relative, error);
  if (error || !inside(folder_, file) || !fs::is_regular_file(file, error)) return missing();
  const auto changed = fs::file_time_type::clock::to_sys(fs::last_write_time(file, error));
  if (error) return missing();
  const std::time_t modified =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(changed));
  const auto size = fs::file_size(file, error);
  if (error) return missing();

  Response response;
  const std::string tag = fmt::format("\"{:x}-{:x}\"", changed.time_since_epoch().count(), size);
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Last-Modified", http_date(modified));
  response.headers.emplace_back("Cache-Control", "no-cache");
  const std::string known = request.header("If-None-Match");
  const bool fresh = !known.empty() ? known.find(tag) != std::string::npos || known == "*"
                                    : request.header("If-Modified-Since") == http_date(modified);
  if (fresh) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = media_type(files::to_utf8(file.filename()));
  if (size <= max_whole_bytes) {
    response.body = Body(files::read(file));
  } else {
    response.headers.emplace_back("Content-Length", fmt::format("{}", size));
    response.rest = [reader = std::make_shared<FileReader>(file, size)](std::string& piece) {
      return reader->append_next(piece);
    };
  }
  return response;
}

}  // namespace kalima::http
