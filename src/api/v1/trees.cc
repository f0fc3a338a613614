// The sentences of the treebank.
#include <algorithm>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/reading.h"
#include "api/v1/routes.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Parameter;
namespace shapes = http::shapes;

constexpr auto nodes_shape = http::Shape{.kind = http::Shape::Kind::array, .items = &node_shape};
constexpr Field phrase_fields[] = {
    {"kind", &shapes::text_or_null},
    {"node", &shapes::integer, "the id of the node that represents it"},
    {"first", &shapes::integer, "the id of its first node"},
    {"last", &shapes::integer, "the id of its last node"},
};
constexpr auto phrase_shape = shapes::object(phrase_fields, "Phrase");
constexpr auto phrases_shape = shapes::array(phrase_shape);
constexpr Field sentence_fields[] = {
    {"sentence", &shapes::integer, "its number in the treebank, from 1"},
    {"verses", &shapes::texts, "the verses that it is in"},
    {"nodes", &nodes_shape, "all, also those in other verses, in their order"},
    {"phrases", &phrases_shape, "the phrases in it, by where they begin"},
};
constexpr auto sentence_shape = shapes::object(sentence_fields, "Sentence");
constexpr auto sentences_shape = shapes::array(sentence_shape);
constexpr Field answer_fields[] = {
    {"verse", &shapes::text},
    {"sentences", &sentences_shape, "that are in the verse; empty without a treebank"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Trees");
constexpr const Parameter* parameters[] = {&verse_parameter.row};
constexpr ErrorCode errors[] = {ErrorCode::not_found};
constexpr std::string_view examples[] = {"/api/v1/trees/112:1"};
constexpr http::Operation operation{.method = "GET",
                                    .path = "/api/v1/trees/{verse}",
                                    .id = "getTrees",
                                    .group = "reading",
                                    .summary = "The sentences of the treebank that are in a verse",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .errors = errors,
                                    .examples = examples};

// The phrases of the treebank whose nodes are among those of a sentence.
void write_phrases(JsonWriter& out, const columns::CoreFile& core, columns::Range nodes) {
  const columns::Trees& trees = core.trees();
  out.begin_array();
  for (std::size_t phrase = 0; phrase < trees.phrases(); ++phrase) {
    const columns::Range covered = trees.phrase(phrase);
    if (covered.begin < nodes.begin || covered.end > nodes.end) continue;
    out.begin_object().key("kind");
    const std::uint32_t kind = core.value(attributes::Attribute::phrase_kind, phrase);
    kind == 0 ? out.null() : out.value(core.text(attributes::Attribute::phrase_kind, kind));
    out.key("node").value(trees.phrase_node(phrase) + 1);
    out.key("first").value(covered.begin + 1).key("last").value(covered.end);
    out.end_object();
  }
  out.end_array();
}

http::Response read_trees(const Reading& reading, const Call& call) {
  const std::uint32_t verse = reading.places.verse(call[verse_parameter], verse_parameter.row.name);
  const columns::Trees& trees = reading.core.trees();
  std::vector<std::size_t> sentences;
  for (const std::uint32_t node : reading.nodes.of(verse)) {
    const std::size_t sentence = trees.sentence_of(node);
    if (std::ranges::find(sentences, sentence) == sentences.end()) sentences.push_back(sentence);
  }
  JsonWriter out;
  out.begin_object().key("verse").value(written(call[verse_parameter])).key("sentences").begin_array();
  for (const std::size_t sentence : sentences) {
    const columns::Range nodes = trees.sentence(sentence);
    out.begin_object().key("sentence").value(sentence + 1).key("verses").begin_array();
    std::vector<std::uint32_t> verses;
    for (std::size_t node = nodes.begin; node < nodes.end; ++node) {
      const auto here = trees.verse(node);
      if (!here || std::ranges::find(verses, *here) != verses.end()) continue;
      verses.push_back(*here);
      out.value(written(reading.places.place(*here)));
    }
    out.end_array().key("nodes").begin_array();
    for (std::size_t node = nodes.begin; node < nodes.end; ++node) reading.verses.write_node(out, node);
    out.end_array().key("phrases");
    write_phrases(out, reading.core, nodes);
    out.end_object();
  }
  out.end_array().end_object();
  return answer_of(out);
}

}  // namespace

Routes tree_routes(const std::shared_ptr<ReadingWhenAsked>& reading) {
  return {{&operation, [reading](const Call& call) { return read_trees(reading->get(), call); }}};
}

}  // namespace kalima::api::v1
