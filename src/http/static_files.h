// Files of a folder over HTTP: the web frontend.
#pragma once

#include <filesystem>
#include <string_view>

#include "http/message.h"

namespace kalima::http {

class StaticFiles {
 public:
  // Throws Error(not_found) if the folder does not exist.
  explicit StaticFiles(const std::filesystem::path& folder);

  // The file at a relative path with `/` between parts. 404 if it does not exist, is not a file, or is
  // outside the folder (by "..", as an absolute path, or through a link). 304 if the request's If-None-Match
  // or If-Modified-Since says that the client has it. A large file is sent while it is read.
  Response answer(const Request& request, std::string_view relative_path) const;

 private:
  std::filesystem::path folder_;  // canonical
};

// By the file's extension; "application/octet-stream" for an unknown one.
std::string_view media_type(std::string_view file_name);

}  // namespace kalima::http
