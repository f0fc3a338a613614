#include "http/route.h"

#include "http/openapi.h"
#include "support/json.h"
#include "testing.h"

using namespace kalima;
using http::Call;
using http::Parameter;
using http::Request;
using http::Response;

namespace {

struct Pair {
  std::string left, right;
};
Pair pair_of(std::string_view text) {
  const std::size_t at = text.find('-');
  if (at == std::string_view::npos)
    throw Error(ErrorCode::bad_input, "no dash", "write one", {.line = 1, .column = 3});
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

constexpr std::string_view colours[] = {"red", "green", "blue"};
constexpr auto name =
    http::text({.name = "name", .place = Parameter::Place::path, .meaning = "m", .min = 1, .max = 5});
constexpr auto pair =
    http::parsed<pair_of>({.name = "pair", .place = Parameter::Place::path, .meaning = "m", .max = 9});
constexpr auto limit =
    http::integer({.name = "limit", .meaning = "m", .min = 2, .max = 9, .default_value = "3"});
constexpr auto colour =
    http::choice({.name = "colour", .meaning = "m", .values = colours, .default_value = "green"});
constexpr auto some = http::choices({.name = "some", .meaning = "m", .values = colours, .default_value = ""});
constexpr auto flag = http::yes_no({.name = "flag", .meaning = "m", .required = true});
constexpr auto note = http::text({.name = "note", .meaning = "m", .max = 3});
constexpr const Parameter* parameters[] = {&name.row, &pair.row, &limit.row, &colour.row,
                                           &some.row, &flag.row, &note.row};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/a/{name}/b/{pair}",
                                    .id = "x",
                                    .group = "g",
                                    .summary = "s",
                                    .parameters = parameters,
                                    .cached = true};

http::Router router() {
  http::Router made;
  http::add_route(made, {&operation, [](const Call& call) {
                           std::string text = call[name] + ' ' + call[pair].left + ' ' + call[pair].right +
                                              ' ' + std::to_string(call[limit]) + ' ' +
                                              std::to_string(call[colour]) + ' ';
                           for (const bool chosen : call[some]) text += chosen ? '1' : '0';
                           text += call[flag] ? " yes" : " no";
                           if (const std::string* given = call.find(note)) text += " <" + *given + ">";
                           return http::json_response(http::Body(text));
                         }});
  return made;
}

Response answer(std::string_view target, const std::string& method = "GET") {
  static const http::Router made = router();
  Request request;
  request.method = method;
  http::parse_target(target, request);
  request.header = [](const char*) { return std::string(); };
  return made.answer(request);
}
std::string text(std::string_view target) { return answer(target).body.flattened(); }

// The parameter that is wrong, and what is said of it.
std::pair<std::string, std::string> wrong(std::string_view target) {
  const Response response = answer(target);
  REQUIRE(response.problem);
  CHECK(response.status == 400);
  return {response.problem->parameter, response.problem->message};
}

}  // namespace

TEST_CASE("a handler gets typed values") {
  CHECK(text("/a/n/b/l-r?flag=yes") == "n l r 3 1 000 yes\n");
  CHECK(text("/a/n/b/l-r?flag=no&limit=9&colour=blue&some=red,blue&note=x") == "n l r 9 2 101 no <x>\n");
  CHECK(text("/a/%D9%85/b/-?flag=no&note=%D9%85%D9%86%D9%87") == "م   3 1 000 no <منه>\n");
  CHECK(text("/a/n/b/l-r?token=secret&flag=yes") == "n l r 3 1 000 yes\n");
}

TEST_CASE("what is wrong is refused with the name of the parameter") {
  const std::string path = "/a/n/b/l-r?flag=yes&";
  for (const char* value : {"", "1", "10", "-2", "+3", "3 ", "x", "3.0", "99999999999999999999"})
    CHECK(wrong(path + "limit=" + value).first == "limit");
  CHECK(wrong(path + "limit=x").second == "limit must be a whole number from 2 to 9");
  CHECK(wrong(path + "colour=RED").second == "colour must be one of red, green, blue");
  CHECK(wrong(path + "some=red,,blue").first == "some");
  CHECK(wrong(path + "some=red,x").first == "some");
  CHECK(wrong(path + "note=abcd").second == "note may have at most 3 code points");
  CHECK(wrong("/a/n/b/l-r").second == "flag is missing: m");
  CHECK(wrong("/a/n/b/l-r?flag=1").first == "flag");
  CHECK(wrong("/a/toolong/b/l-r?flag=yes").first == "name");
  CHECK(wrong(path + "flag=no").second == "flag is given twice");
}

TEST_CASE("an unknown parameter is refused, with the name that was perhaps meant") {
  const Response response = answer("/a/n/b/l-r?flag=yes&limt=3");
  REQUIRE(response.problem);
  CHECK(response.problem->parameter == "limt");
  CHECK(response.problem->message == "parameter \"limt\" not known here");
  CHECK(response.problem->cure == "did you mean limit? known parameters: limit, colour, some, flag, note");
  CHECK(answer("/a/n/b/l-r?flag=yes&=3").problem->parameter.empty());
  CHECK(answer("/a/n/b/l-r?flag=yes&x=3").problem->cure ==
        "known parameters: limit, colour, some, flag, note");
  // A part of the path is not a parameter of the query.
  CHECK(answer("/a/n/b/l-r?flag=yes&name=n").problem->parameter == "name");
}

TEST_CASE("an error of a value's parser keeps its place") {
  const Response response = answer("/a/n/b/lr?flag=yes");
  REQUIRE(response.problem);
  CHECK(response.problem->parameter == "pair");
  CHECK(response.problem->place == Place{.line = 1, .column = 3});
  Response document = answer("/a/n/b/lr?flag=yes");
  http::make_problem_document(document);
  CHECK(document.content_type == "application/problem+json");
  CHECK(document.body.flattened() ==
        "{\"type\":\"urn:kalima:problem:bad_input\",\"title\":\"Invalid "
        "request\",\"status\":400,\"code\":\"bad_input\","
        "\"detail\":\"no dash\",\"cure\":\"write one\",\"parameter\":\"pair\",\"line\":1,\"column\":3}\n");
}

TEST_CASE("a defect says nothing to the client") {
  const http::Problem problem = http::problem_of(Error(ErrorCode::internal, "secret", "secret"));
  CHECK(http::problem_document(problem).find("secret") == std::string::npos);
  CHECK(http::old_error_body(problem).find("secret") == std::string::npos);
}

TEST_CASE("entity tags are compared weakly") {
  CHECK(http::names_tag("\"a\"", "\"a\""));
  CHECK(http::names_tag("W/\"a\"", "\"a\""));
  CHECK(http::names_tag("\"a\"", "W/\"a\""));
  CHECK(http::names_tag("\"x\" ,\"a,b\", \"a\"", "\"a\""));
  CHECK(http::names_tag("*", "\"a\""));
  CHECK(http::names_tag(" * ", "\"a\""));
  for (const char* given : {"", "a", "\"b\"", "\"a", "\"a,b\"", "\"*\"", "a\""}) {
    CAPTURE(given);
    CHECK_FALSE(http::names_tag(given, "\"a\""));
  }
}

TEST_CASE("the description is made from the declarations") {
  const http::Operation* operations[] = {&operation};
  const json::Value described = json::parse(http::openapi({"T", "1", "d"}, operations));
  const json::Value* get = described.find("paths")->find("/a/{name}/b/{pair}")->find("get");
  REQUIRE(get != nullptr);
  CHECK(get->find("parameters")->as_array()->size() == std::size(parameters));
  CHECK(json::ordered(*get->find("parameters")->as_array()->at(2).find("schema")) ==
        R"({"type":"integer","minimum":2,"maximum":9,"default":3})");
}
