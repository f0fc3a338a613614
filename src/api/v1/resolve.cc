// What somebody means who writes a reference or the name of a surah.
#include "api/v1/answer.h"
#include "api/v1/reading.h"
#include "api/v1/references.h"
#include "api/v1/routes.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr Field answer_fields[] = {
    {"query", &shapes::text},
    {"matches", &references_shape, "the most likely first; may be empty"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Resolution");
constexpr auto query_parameter = http::text(
    {.name = "q",
     .meaning = "a reference (2:255, 112, juz:30), the name of a surah in Arabic, Latin letters or English, "
                "also with a verse after it (البقرة 255), or the name of a verse (آية الكرسي)",
     .example = "al-Ikhlas",
     .max = 100,
     .required = true});
constexpr const http::Parameter* parameters[] = {&query_parameter.row};
constexpr std::string_view examples[] = {"/api/v1/resolve?q=112:1", "/api/v1/resolve?q=al-ikhlas",
                                         "/api/v1/resolve?q=%D8%A7%D9%84%D8%A8%D9%82%D8%B1%D8%A9+255",
                                         "/api/v1/resolve?q=the+cow", "/api/v1/resolve?q=juz:30"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/resolve",
                                    .id = "resolve",
                                    .group = "reading",
                                    .summary = "Which verses a reference or the name of a surah means",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .examples = examples};

http::Response resolve(const Places& places, const Call& call) {
  JsonWriter out;
  out.begin_object().key("query").value(call[query_parameter]).key("matches").begin_array();
  for (const Reference& reference : find_references(call[query_parameter], true))
    write_reference(out, places, reference);
  out.end_array().end_object();
  return answer_of(out);
}

}  // namespace

Routes resolve_routes(const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation, [reading](const Call& call) { return resolve(reading->get().places, call); }}};
}

}  // namespace kalima::api::v1
