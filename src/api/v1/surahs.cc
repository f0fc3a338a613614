// The surahs.
#include "corpus/surahs.h"
#include "api/v1/answer.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"

namespace kalima::api::v1 {
namespace {

using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr std::string_view place_names[] = {"Meccan", "Medinan"};
constexpr auto place_shape = shapes::one_of(place_names);
constexpr Field surah_fields[] = {
    {"surah", &shapes::integer},
    {"name", &shapes::text, "in Arabic, without marks"},
    {"latin", &shapes::text, "in Latin letters"},
    {"english", &shapes::text, "its meaning"},
    {"verses", &shapes::integer, "how many it has"},
    {"place", &place_shape, "of revelation, by the Egyptian standard edition"},
    {"order", &shapes::integer, "of revelation, 1 to 114"},
    {"present", &shapes::integer, "how many of its verses this corpus has"},
};
constexpr auto surah_shape = shapes::object(surah_fields, "Surah");
constexpr auto surahs_shape = shapes::array(surah_shape);
constexpr Field answer_fields[] = {{"surahs", &surahs_shape}};
constexpr auto answer_shape = shapes::object(answer_fields, "Surahs");
constexpr std::string_view examples[] = {"/api/v1/surahs"};
constexpr http::Operation operation{
    .method = "GET",
    .path = "/api/v1/surahs",
    .id = "listSurahs",
    .group = "reading",
    .summary = "The 114 surahs: names, number of verses, place and order of revelation",
    .answer = &answer_shape,
    .examples = examples};

http::Response list_surahs(const columns::CoreFile& core) {
  const auto surahs = corpus::surahs();
  std::vector<std::size_t> present(surahs.size() + 1);
  for (std::size_t verse = 0; verse < core.verses(); ++verse) {
    if (core.surah(verse) < present.size()) ++present[core.surah(verse)];
  }
  JsonWriter out;
  out.begin_object().key("surahs").begin_array();
  for (std::size_t i = 0; i < surahs.size(); ++i) {
    const corpus::Surah& surah = surahs[i];
    out.begin_object();
    out.key("surah").value(i + 1).key("name").value(surah.name).key("latin").value(surah.latin);
    out.key("english").value(surah.english).key("verses").value(surah.verses);
    out.key("place").value(attributes::places[static_cast<std::size_t>(surah.place)].name);
    out.key("order").value(surah.order).key("present").value(present[i + 1]);
    out.end_object();
  }
  out.end_array().end_object();
  return answer_of(out);
}

}  // namespace

Routes surah_routes(const Context& context) {
  return {{&operation, [&core = context.core](const http::Call&) { return list_surahs(core); }}};
}

}  // namespace kalima::api::v1
