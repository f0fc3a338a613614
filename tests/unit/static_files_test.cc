#include "http/static_files.h"

#include <chrono>
#include <map>

#include "support/files.h"
#include "support/json.h"
#include "testing.h"

using namespace kalima;
using http::Request;
using http::Response;
using http::StaticFiles;
using testing::error_of;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

// folder/secret.txt is next to folder/site/, which is served.
struct Site {
  Site() {
    fs::create_directories(site / "css");
    files::write_durably(folder / "secret.txt", "secret");
    files::write_durably(site / "index.html", "<p>start</p>");
    files::write_durably(site / "css/a b.css", "p{}");
    files::write_durably(site / "empty.txt", "");
    fs::create_directories(folder / "site-other");
    files::write_durably(folder / "site-other/x.txt", "secret");
  }
  TemporaryFolder folder;
  fs::path site = folder / "site";
};

Response get(const StaticFiles& site, std::string_view path,
             std::map<std::string, std::string> headers = {}) {
  Request request;
  request.method = "GET";
  request.header = [&headers](const char* name) { return headers[name]; };
  return site.answer(request, path);
}

std::string header(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

TEST_CASE("files are answered with their bytes and media type") {
  const Site site;
  const StaticFiles served(site.site);
  const Response page = get(served, "index.html");
  CHECK(page.status == 200);
  CHECK(page.content_type == "text/html; charset=utf-8");
  CHECK(page.body.flattened() == "<p>start</p>");
  CHECK(get(served, "css/a b.css").body.flattened() == "p{}");
  CHECK(get(served, "empty.txt").status == 200);
  CHECK(get(served, "empty.txt").body.size() == 0);
  // A path that goes up and comes back stays inside.
  CHECK(get(served, "css/../index.html").status == 200);
}

TEST_CASE("no path leads out of the folder") {
  const Site site;
  fs::create_symlink(site.folder / "secret.txt", site.site / "link.txt");
  fs::create_directory_symlink(site.folder.path(), site.site / "up");
  fs::create_symlink(site.site / "index.html", site.site / "inside.html");
  fs::create_symlink(site.site / "loop", site.site / "loop");
  const StaticFiles served(site.site);
  const std::string absolute = files::to_utf8(site.folder / "secret.txt");
  using namespace std::string_literals;
  for (const std::string& path : {"../secret.txt"s,
                                  "css/../../secret.txt"s,
                                  "..//secret.txt"s,
                                  "./../secret.txt"s,
                                  "css/../../site-other/x.txt"s,
                                  "../site-other/x.txt"s,
                                  absolute,
                                  "/" + absolute,
                                  "link.txt"s,
                                  "up/secret.txt"s,
                                  "up/site/../secret.txt"s,
                                  "..\\secret.txt"s,
                                  "C:\\secret.txt"s,
                                  "../secret.txt\0.css"s,
                                  "index.html\0"s,
                                  "loop"s,
                                  "..%2Fsecret.txt"s,
                                  "/etc/passwd"s,
                                  "//etc/passwd"s,
                                  "../../../../../../../../etc/passwd"s}) {
    CAPTURE(path);
    const Response response = get(served, path);
    CHECK(response.status == 404);
    CHECK(response.body.flattened().find("secret\"") == std::string::npos);
    CHECK(json::parse(response.body.flattened()).find("error") != nullptr);
  }
  CHECK(get(served, "inside.html").status == 200);
}

TEST_CASE("anything but a file is not found") {
  const Site site;
  const StaticFiles served(site.site);
  for (const std::string& path :
       {std::string(), std::string("."), std::string("css"), std::string("css/"), std::string("none.html"),
        std::string("index.html/"), std::string("index.html/x"), std::string(10'000, 'x'),
        std::string("\xFF\xFE")}) {
    CAPTURE(path);
    CHECK(get(served, path).status == 404);
  }
  CHECK(error_of([&] { StaticFiles{site.folder / "none"}; }) == ErrorCode::not_found);
  CHECK(error_of([&] { StaticFiles{site.folder / "secret.txt"}; }) == ErrorCode::not_found);
}

TEST_CASE("a client that has the file is told so") {
  const Site site;
  const StaticFiles served(site.site);
  const Response first = get(served, "index.html");
  const std::string tag = header(first, "ETag"), date = header(first, "Last-Modified");
  REQUIRE(tag.size() > 2);
  CHECK(tag.front() == '"');
  REQUIRE(date.size() == 29);
  CHECK(date.ends_with(" GMT"));
  for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    CAPTURE(known);
    const Response again = get(served, "index.html", {{"If-None-Match", known}});
    CHECK(again.status == 304);
    CHECK(again.body.size() == 0);
    CHECK(header(again, "ETag") == tag);
  }
  CHECK(get(served, "index.html", {{"If-Modified-Since", date}}).status == 304);
  CHECK(get(served, "index.html", {{"If-None-Match", "\"other\""}}).status == 200);
  // The tag wins if both are given.
  CHECK(get(served, "index.html", {{"If-None-Match", "\"other\""}, {"If-Modified-Since", date}}).status ==
        200);
  CHECK(get(served, "index.html", {{"If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"}}).status == 200);
  CHECK(get(served, "none.html", {{"If-None-Match", "*"}}).status == 404);

  files::write_durably(site.site / "index.html", "<p>changed</p>");
  fs::last_write_time(site.site / "index.html",
                      fs::last_write_time(site.site / "index.html") + std::chrono::hours(2));
  const Response changed = get(served, "index.html", {{"If-None-Match", tag}});
  CHECK(changed.status == 200);
  CHECK(changed.body.flattened() == "<p>changed</p>");
  CHECK(get(served, "index.html", {{"If-Modified-Since", date}}).status == 200);
}

TEST_CASE("the date is that of HTTP") {
  const Site site;
  const StaticFiles served(site.site);
  // date -u -d @1709183167
  const auto moment =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::from_time_t(1709183167));
  fs::last_write_time(site.site / "index.html", std::chrono::file_clock::from_sys(moment));
  CHECK(header(get(served, "index.html"), "Last-Modified") == "Thu, 29 Feb 2024 05:06:07 GMT");
}

TEST_CASE("media types go by the extension, in any case") {
  const std::pair<const char*, const char*> cases[] = {
      {"a.css", "text/css; charset=utf-8"},
      {"A.CSS", "text/css; charset=utf-8"},
      {"a.js", "text/javascript; charset=utf-8"},
      {"a.min.mjs", "text/javascript; charset=utf-8"},
      {"a.html", "text/html; charset=utf-8"},
      {"a.json", "application/json"},
      {"a.svg", "image/svg+xml; charset=utf-8"},
      {"a.png", "image/png"},
      {"a.jpg", "image/jpeg"},
      {"a.woff2", "font/woff2"},
      {"a.ttf", "font/ttf"},
      {"a.ico", "image/vnd.microsoft.icon"},
      {"a.txt", "text/plain; charset=utf-8"},
      {"a.unknown", "application/octet-stream"},
      {"a", "application/octet-stream"},
      {"css", "application/octet-stream"},
      {"a.", "application/octet-stream"},
      {"", "application/octet-stream"},
  };
  for (const auto& [file, type] : cases) {
    const auto& name = file;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(name);
    CHECK(http::media_type(name) == type);
  }
}
