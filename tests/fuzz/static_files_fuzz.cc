// http/static_files: no path leads out of the folder; what is answered is a file of it, and is the one that
// was named.
//
// An input is a path, then If-None-Match and If-Modified-Since, each on a line.
//
// libFuzzer: -max_len=512
#include "http/static_files.h"

#include <map>

#include "fuzzing.h"
#include "support/files.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;
namespace fs = std::filesystem;

// Files by the parts of their paths; what links lead to has the same content.
const std::map<std::string, std::string> inside = {{"index.html", "the page"},
                                                   {"a.js", "script"},
                                                   {"d/b.css", "style"},
                                                   {"d/e/c", "no extension"},
                                                   {"d/link.html", "the page"}};

const http::StaticFiles& folder() {
  static const http::StaticFiles files = [] {
    const fs::path root = scratch_folder() / "static";
    fs::create_directories(root / "d/e");
    for (const char* name : {"index.html", "a.js", "d/b.css", "d/e/c"})
      files::write_durably(root / name, inside.at(name));
    files::write_durably(scratch_folder() / "secret", "out of the folder");
    files::write_durably(scratch_folder() / "static-secret", "out of the folder");
    fs::create_symlink("../index.html", root / "d/link.html");
    fs::create_symlink("../../secret", root / "d/out");
    fs::create_directory_symlink("..", root / "up");
    fs::create_directory_symlink("d", root / "round");
    return http::StaticFiles(root);
  }();
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string path(input.line()), known(input.line()), since(input.line());
  http::Request request;
  request.header = [&](const char* name) {
    const std::string_view wanted = name;
    return wanted == "If-None-Match" ? known : wanted == "If-Modified-Since" ? since : std::string();
  };
  FUZZ_CHECK(!http::media_type(path).empty());
  const auto response = refused_or([&] { return folder().answer(request, path); });
  FUZZ_CHECK(response.has_value());
  const std::string body = response->body.flattened();
  FUZZ_CHECK(response->status == 200 || response->status == 304 || response->status == 404);
  if (response->status == 200) {  // other answers may quote the path
    FUZZ_CHECK(body.find("out of the folder") == std::string::npos);
    FUZZ_CHECK(
        std::any_of(inside.begin(), inside.end(), [&](const auto& file) { return file.second == body; }));
  }
  if (response->status == 304) FUZZ_CHECK(body.empty() && (!known.empty() || !since.empty()));
  const auto plain = inside.find(path);
  if (plain != inside.end() && known.empty() && since.empty())
    FUZZ_CHECK(response->status == 200 && body == plain->second);
  return 0;
}
