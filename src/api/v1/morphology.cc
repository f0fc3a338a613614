// The words of a verse with their segments, as the corpus writes their features and as they are understood.
#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/routes.h"
#include "corpus/columns/core_file.h"
#include "corpus/features.h"
#include "corpus/verse.h"
#include "store/corpus_hash.h"
#include "support/error.h"

namespace kalima::api::v1 {
namespace {

using corpus::Features;
using http::Call;
using http::Field;
using http::JsonWriter;
namespace shapes = http::shapes;

constexpr Field pos_fields[] = {{"tag", &shapes::text}, {"name", &shapes::text_or_null}};
constexpr auto pos_shape = shapes::or_null(shapes::object(pos_fields));
constexpr Field segment_fields[] = {
    {"id", &shapes::text},
    {"form", &shapes::text_or_null},
    {"type", &shapes::text_or_null},
    {"pos", &pos_shape},
    {"root", &shapes::text_or_null, "in Buckwalter transliteration, as `lemma`"},
    {"lemma", &shapes::text_or_null},
    {"features_text", &shapes::text_or_null, "as the corpus has it"},
    {"features", &shapes::text_map, "what it states"},
    {"implied", &shapes::text_map, "what it leaves out because it is usual"},
    {"leftovers", &shapes::texts, "parts that are not known features", true},
};
constexpr auto segment_shape = shapes::object(segment_fields, "SegmentFeatures");
constexpr auto segments_shape = shapes::array(segment_shape);
constexpr Field word_fields[] = {
    {"id", &shapes::integer}, {"form", &shapes::text_or_null}, {"segments", &segments_shape}};
constexpr auto word_shape = shapes::object(word_fields);
constexpr auto words_shape = shapes::array(word_shape);
constexpr Field verse_fields[] = {{"surah", &shapes::integer},
                                  {"ayah", &shapes::integer},
                                  {"text", &shapes::text},
                                  {"words", &words_shape}};
constexpr auto verse_shape = shapes::object(verse_fields, "Morphology");

constexpr const http::Parameter* parameters[] = {&verse_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view examples[] = {"/api/v1/morphology/112:1"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/morphology/{verse}",
                                    .id = "getMorphology",
                                    .group = "reading",
                                    .summary = "The words of a verse with the features of their segments",
                                    .parameters = parameters,
                                    .answer = &verse_shape,
                                    .errors = errors,
                                    .examples = examples};

void write_pos(JsonWriter& out, const std::optional<std::string>& tag) {
  if (!tag) {
    out.null();
    return;
  }
  const auto pos = corpus::from_written<corpus::PartOfSpeech>(*tag);
  out.begin_object().key("tag").value(*tag);
  out.key("name").value_or_null(pos ? attributes::value(*pos).english : std::string_view());
  out.end_object();
}

void write_segment(JsonWriter& out, const corpus::Segment& segment) {
  const Features written =
      corpus::read_features(segment.features ? std::string_view(*segment.features) : std::string_view());
  const auto values = corpus::named_values(written);
  out.begin_object();
  out.key("id").value(segment.id);
  out.key("form").value(segment.form);
  out.key("type").value(segment.type);
  out.key("pos");
  write_pos(out, segment.pos);
  out.key("root").value(segment.root);
  out.key("lemma").value(segment.lemma);
  out.key("features_text").value(segment.features);
  out.key("features").begin_object();
  for (const auto& [property, value] : values) out.key(property).value(value);
  out.end_object();
  // Implied features complement the written ones; they never replace them.
  out.key("implied").begin_object();
  for (const auto& value : corpus::named_values(corpus::with_implied(written))) {
    if (std::find(values.begin(), values.end(), value) == values.end())
      out.key(value.first).value(value.second);
  }
  out.end_object();
  if (!written.leftovers.empty()) {
    out.key("leftovers").begin_array();
    for (const auto& part : written.leftovers) out.value(part);
    out.end_array();
  }
  out.end_object();
}

http::Response morphology(const corpus::Verse& verse) {
  JsonWriter out;
  out.begin_object();
  out.key("surah").value(verse.surah).key("ayah").value(verse.ayah).key("text").value(verse.text);
  out.key("words").begin_array();
  for (const corpus::Word& word : verse.words) {
    out.begin_object().key("id").value(word.id).key("form").value(word.form).key("segments").begin_array();
    for (const corpus::Segment& segment : word.segments) write_segment(out, segment);
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return answer_of(out);
}

// The features as they are written, and the numbers of words and segments, are in no other file than the database. So
// before the first answer its corpus is compared with what was imported, once. Threads: any.
class Imported {
 public:
  void require(const store::CorpusReader& reader) {
    const std::lock_guard lock(mutex_);
    if (!checked_) compare(reader);
    if (damage_) throw *damage_;
  }

 private:
  void compare(const store::CorpusReader& reader) {
    try {
      store::require_imported_corpus(reader.connection());
    } catch (const Error& e) {  // thrown again for each request, which need not read all of it
      if (e.code() != ErrorCode::damaged) throw;
      damage_ = e;
    }
    checked_ = true;
  }

  std::mutex mutex_;
  bool checked_ = false;
  std::optional<Error> damage_;
};

// A row that is not found where it is looked for, although it is there.
void require_same_words(const corpus::Verse& verse, const columns::CoreFile& core, std::size_t number) {
  const columns::Range words = core.words_of(number);
  bool same = verse.text == core.text_of(number) && verse.words.size() == words.size() &&
              verse.surah == core.surah(number) && verse.ayah == core.ayah(number);
  for (std::size_t i = 0; same && i < verse.words.size(); ++i)
    same = verse.words[i].segments.size() == core.segments_of(words.begin + i).size();
  if (!same)
    throw Error(ErrorCode::damaged, "the database is damaged: the verse is not as it was imported",
                "restore a backup");
}

}  // namespace

Routes morphology_routes(const Context& context) {
  return {{&operation, [context, imported = std::make_shared<Imported>()](const Call& call) {
             const std::size_t verse = verse_number(context.core, call[verse_parameter]);
             auto reader = context.readers.lease();
             imported->require(*reader);
             const corpus::Verse stored = reader->verse(static_cast<std::int64_t>(verse));
             require_same_words(stored, context.core, verse);
             return morphology(stored);
           }}};
}

}  // namespace kalima::api::v1
