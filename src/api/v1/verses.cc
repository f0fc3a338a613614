// Verses and words in layers.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"
#include "support/hash.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Parameter;
using http::Response;
namespace shapes = http::shapes;

// A longer answer is sent while it is made, in pieces of this many verses.
constexpr std::size_t verses_of_a_piece = 32;

constexpr auto range_parameter = http::parsed<read_range>(
    {.name = "range",
     .place = Parameter::Place::path,
     .meaning = "a verse, verses (2:255-257), a surah (2) or a part of the Quran (juz:30)",
     .example = "112:1-3",
     .max = 40});
constexpr auto layers_parameter =
    http::choices({.name = "layers",
                   .meaning = "what is shown beside the text, with commas between them",
                   .example = "words,segments",
                   .values = layer_names,
                   .default_value = ""});
constexpr auto word_parameter = http::parsed<read_word>({.name = "word",
                                                         .place = Parameter::Place::path,
                                                         .meaning = "the word, SURAH:AYAH:WORD",
                                                         .example = "112:1:1",
                                                         .max = 40});

constexpr auto verses_shape = http::Shape{.kind = http::Shape::Kind::array, .items = &verse_shape};
constexpr Field answer_fields[] = {
    {"range", &shapes::text, "as it was asked for"},
    {"total", &shapes::integer, "how many verses there are"},
    {"verses", &verses_shape, "in the order of their numbers"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Verses");
constexpr const Parameter* parameters[] = {&range_parameter.row, &layers_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view examples[] = {
    "/api/v1/verses/112:1", "/api/v1/verses/112?layers=words,segments",
    "/api/v1/verses/113:1-3?layers=words,segments,gloss,transliteration,tree,masaq,translations,notes",
    "/api/v1/verses/juz:30?layers=words", "/api/v1/verses/page:604?layers=translations"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/verses/{range}",
                                    .id = "getVerses",
                                    .group = "reading",
                                    .summary = "Verses, with the layers that are asked for",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .errors = errors,
                                    .examples = examples};

constexpr Field word_answer_fields[] = {
    {"place", &shapes::text, "SURAH:AYAH:WORD"},
    {"verse", &shapes::text},
    {"word", &word_shape, "with all layers of words"},
};
constexpr auto word_answer_shape = shapes::object(word_answer_fields, "WordInVerse");
constexpr const Parameter* word_parameters[] = {&word_parameter.row};
constexpr std::string_view word_examples[] = {"/api/v1/words/112:1:1"};
constexpr http::Operation word_operation{.method = "GET",
                                         .path = "/api/v1/words/{word}",
                                         .id = "getWord",
                                         .group = "reading",
                                         .summary = "A word with its segments and all that is known of them",
                                         .parameters = word_parameters,
                                         .answer = &word_answer_shape,
                                         .errors = errors,
                                         .examples = word_examples};

// The verses from `from` on; ends the answer after the last.
class Verses {
 public:
  Verses(const Context& context, const Reading& reading, std::span<const std::uint32_t> verses, Layers layers)
      : context_(context), reading_(reading), verses_(verses), layers_(std::move(layers)) {}

  void begin(JsonWriter& out, const VerseRange& range) const {
    out.begin_object().key("range").value(range.text).key("total").value(verses_.size());
    out.key("verses").begin_array();
  }
  // Writes the next verses; false after the last.
  bool write_more(JsonWriter& out) {
    const std::size_t to = std::min(verses_.size(), next_ + verses_of_a_piece);
    const auto write_all = [&](const store::CorpusReader* reader) {
      for (; next_ < to; ++next_) reading_.verses.write(out, verses_[next_], layers_, reader);
    };
    if (layers_.research()) {
      auto reader = context_.readers.lease();
      write_all(&*reader);
    } else {
      write_all(nullptr);
    }
    if (next_ < verses_.size()) return true;
    out.end_array().end_object();
    return false;
  }

 private:
  Context context_;
  const Reading& reading_;
  std::span<const std::uint32_t> verses_;
  Layers layers_;
  std::size_t next_ = 0;
};

// Of an answer that is sent while it is made: what it depends on.
std::string tag_of(const Context& context, const http::Request& request) {
  const store::Revision revision = context.readers.lease()->revision();
  Hasher hasher;
  hasher.add(context.core.identity());
  hasher.add(fmt::format(" {} {} {}", revision.number, revision.mark, request.path));
  for (const auto& [name, value] : request.query) hasher.add(fmt::format("\n{}={}", name, value));
  return fmt::format("W/\"{:016x}\"", hasher.value());
}

Response read_verses(const Context& context, const Reading& reading, const Call& call) {
  const VerseRange& range = call[range_parameter];
  Verses verses(context, reading, reading.places.verses(range, range_parameter.row.name),
                Layers(call[layers_parameter]));
  JsonWriter out;
  verses.begin(out, range);
  if (!verses.write_more(out)) return answer_of(out);
  Response response;
  response.headers.emplace_back("ETag", tag_of(context, call.request()));
  response.body.append(out.take());
  struct Rest {
    Verses verses;
    JsonWriter out;
  };
  const auto rest = std::make_shared<Rest>(Rest{std::move(verses), std::move(out)});
  response.rest = [rest](std::string& piece) {
    const bool more = rest->verses.write_more(rest->out);
    piece += rest->out.take();
    if (!more) piece += '\n';
    return more;
  };
  return response;
}

Response read_word(const Reading& reading, const Call& call) {
  const WordPlace& place = call[word_parameter];
  const std::uint32_t word = reading.places.word(place, word_parameter.row.name);
  const Layers all(std::vector<bool>(std::size(layer_names), true));
  JsonWriter out;
  out.begin_object();
  out.key("place").value(fmt::format("{}:{}", written(place.verse), place.word));
  out.key("verse").value(written(place.verse)).key("word");
  reading.verses.write_word(out, word, all);
  out.end_object();
  return answer_of(out);
}

}  // namespace

Routes verse_routes(const Context& context, const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation,
           [context, reading](const Call& call) { return read_verses(context, reading->get(), call); }},
          {&word_operation, [reading](const Call& call) { return read_word(reading->get(), call); }}};
}

}  // namespace kalima::api::v1
