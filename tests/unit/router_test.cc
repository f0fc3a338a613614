#include "http/router.h"

#include "support/json.h"
#include "testing.h"

using namespace kalima;
using http::PathParts;
using http::Request;
using http::Response;
using http::Router;

namespace {

// Answers with its name and the parts of the path.
http::Handler named(const std::string& name) {
  return [name](const Request&, const PathParts& parts) {
    std::string text = name;
    for (const std::uint64_t number : parts.numbers) text += " " + std::to_string(number);
    for (const std::string& part : parts.texts) text += " <" + part + ">";
    Response response;
    response.body.append(text);
    return response;
  };
}

Response answer(const Router& router, const std::string& method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  return router.answer(request);
}

std::string text(const Router& router, const std::string& path, const std::string& method = "GET") {
  return answer(router, method, path).body.flattened();
}

std::string allow(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Allow") return value;
  }
  return {};
}

bool is_json_error(const Response& response) {
  const json::Value value = json::parse(response.body.flattened());
  return response.content_type == "application/json" && value.find("error") != nullptr &&
         value.find("error")->as_string() != nullptr;
}

Router sample() {
  Router router;
  router.add("GET", "/", named("root"));
  router.add("GET", "/api/verse/index/{int}", named("by index"));
  router.add("GET", "/api/verse/{int}/{int}", named("verse"));
  router.add("GET", "/api/tags/{text}", named("tag"));
  router.add("PUT", "/api/tags/{text}", named("put tag"));
  router.add("POST", "/api/find", named("find"));
  router.add("GET", "/static/{path}", named("file"));
  router.add("GET", "/api/tags/fixed", named("never"));
  return router;
}

}  // namespace

TEST_CASE("a request goes to the route that has its path") {
  const Router router = sample();
  CHECK(text(router, "/") == "root");
  CHECK(text(router, "/api/verse/2/255") == "verse 2 255");
  CHECK(text(router, "/api/verse/007/0") == "verse 7 0");
  CHECK(text(router, "/api/verse/index/5") == "by index 5");
  CHECK(text(router, "/api/tags/a b") == "tag <a b>");
  CHECK(text(router, "/api/tags/..") == "tag <..>");
  CHECK(text(router, std::string("/api/tags/a\0b", 13)) == std::string("tag <a\0b>", 9));
  CHECK(text(router, "/api/tags/fixed") == "tag <fixed>");
  CHECK(text(router, "/api/tags/x", "PUT") == "put tag <x>");
  CHECK(text(router, "/static/a.css") == "file <a.css>");
  CHECK(text(router, "/static/css/../a//b/") == "file <css/../a//b/>");
}

TEST_CASE("HEAD goes where GET goes") {
  const Router router = sample();
  CHECK(text(router, "/api/verse/2/255", "HEAD") == "verse 2 255");
  CHECK(answer(router, "HEAD", "/api/find").status == 405);
}

TEST_CASE("numbers too large for 64 bits are the largest one") {
  const Router router = sample();
  CHECK(text(router, "/api/verse/18446744073709551615/1") == "verse 18446744073709551615 1");
  CHECK(text(router, "/api/verse/18446744073709551616/1") == "verse 18446744073709551615 1");
  CHECK(text(router, "/api/verse/" + std::string(1'000, '9') + "/1") == "verse 18446744073709551615 1");
  CHECK(text(router, "/api/verse/" + std::string(1'000, '0') + "1/1") == "verse 1 1");
}

TEST_CASE("a path that no route has is not found") {
  const Router router = sample();
  for (const char* path : {"",
                           "//",
                           "/api",
                           "/api/",
                           "/api/verse/2",
                           "/api/verse/2/255/",
                           "/api/verse/2/255/1",
                           "/api/verse/-1/1",
                           "/api/verse/1/a",
                           "/api/verse/1/1.0",
                           "/api/verse//1",
                           "/api/verse/+1/1",
                           "/api/verse/١/1",
                           "/api/tags/",
                           "/api/tags",
                           "/api/tags/a/b",
                           "/API/find",
                           "/static/",
                           "/static",
                           "api/find",
                           "/x\"\n\x01"}) {
    CAPTURE(path);
    const Response response = answer(router, "GET", path);
    CHECK(response.status == 404);
    CHECK(is_json_error(response));
    CHECK(allow(response).empty());
    CHECK(answer(router, "POST", path).status == 404);
    CHECK(answer(router, "OPTIONS", path).status == 404);
  }
}

TEST_CASE("a path that has the route for other methods says for which") {
  const Router router = sample();
  const Response find = answer(router, "GET", "/api/find");
  CHECK(find.status == 405);
  CHECK(is_json_error(find));
  CHECK(allow(find) == "OPTIONS, POST");
  CHECK(allow(answer(router, "POST", "/api/tags/x")) == "GET, HEAD, OPTIONS, PUT");
  CHECK(allow(answer(router, "DELETE", "/")) == "GET, HEAD, OPTIONS");
  CHECK(answer(router, "BREW", "/").status == 405);
  CHECK(answer(router, "get", "/").status == 405);
}

TEST_CASE("OPTIONS tells the methods") {
  const Router router = sample();
  const Response response = answer(router, "OPTIONS", "/api/tags/x");
  CHECK(response.status == 200);
  CHECK(allow(response) == "GET, HEAD, OPTIONS, PUT");
  CHECK(response.body.size() == 0);
}

TEST_CASE("what a handler throws becomes an answer") {
  Router router;
  const auto throwing = [](ErrorCode code) {
    return [code](const Request&, const PathParts&) -> Response {
      throw Error(code, "what \"is\" wrong", "what to do");
    };
  };
  router.add("GET", "/bad", throwing(ErrorCode::bad_input));
  router.add("GET", "/large", throwing(ErrorCode::too_large));
  router.add("GET", "/later", throwing(ErrorCode::unavailable));
  router.add("GET", "/other",
             [](const Request&, const PathParts&) -> Response { throw std::runtime_error("secret path"); });
  for (const auto& [path, status] :
       {std::pair("/bad", 400), std::pair("/large", 413), std::pair("/later", 503)}) {
    const Response response = answer(router, "GET", path);
    CHECK(response.status == status);
    CHECK(is_json_error(response));
    const std::string error = *json::parse(response.body.flattened()).find("error")->as_string();
    CHECK(error.find("what \"is\" wrong") != std::string::npos);
    CHECK(error.find("what to do") != std::string::npos);
  }
  const Response other = answer(router, "GET", "/other");
  CHECK(other.status == 500);
  CHECK(is_json_error(other));
  CHECK(other.body.flattened() == "{\"error\":\"internal error; the server's log says more\"}\n");
  REQUIRE(other.problem);
  CHECK(other.problem->code == ErrorCode::internal);
}
