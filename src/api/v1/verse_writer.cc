#include "api/v1/verse_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "api/v1/attribute_shapes.h"
#include "support/json_check.h"

namespace kalima::api::v1 {
namespace {

using attributes::Attribute;
using attributes::Definition;
using attributes::Level;
using attributes::Region;
using attributes::Source;
using columns::Range;
using http::Field;
using http::JsonWriter;
using http::Shape;
namespace shapes = http::shapes;

constexpr bool is_analysis(const Definition& row) {
  return row.level == Level::segment && row.source != Source::masaq;
}
constexpr bool is_masaq(const Definition& row) {
  return row.level == Level::segment && row.source == Source::masaq;
}
constexpr bool is_word_itself(const Definition& row) {
  return row.level == Level::word && row.source != Source::treebank && row.attribute != Attribute::position;
}
constexpr bool is_gloss(const Definition& row) { return row.attribute == Attribute::gloss; }
constexpr bool is_transliteration(const Definition& row) {
  return row.attribute == Attribute::transliteration;
}
constexpr bool is_of_node(const Definition& row) { return row.level == Level::node; }

constexpr auto segment_fields =
    joined(std::array{Field{"n", &shapes::integer, "its number in the word, from 1"}},
           joined(fields_where<is_analysis>, fields_where<is_masaq>));
constexpr auto segment_shape = shapes::object(segment_fields, "Segment");
constexpr auto segments_shape = shapes::array(segment_shape);

constexpr auto word_fields =
    joined(joined(std::array{Field{"n", &shapes::integer, "its number in the verse, from 1"}},
                  joined(fields_where<is_word_itself>,
                         joined(fields_where<is_gloss>, fields_where<is_transliteration>))),
           std::array{Field{"segments", &segments_shape, "with the layers `segments` and `masaq`", true}});

constexpr auto node_fields =
    joined(std::array{Field{"id", &shapes::integer, "its number in the treebank, from 1"},
                      Field{"head", &shapes::integer_or_null, "the id of the node on which it depends"},
                      Field{"place", &shapes::text_or_null,
                            "the segment that it is, SURAH:AYAH:WORD:SEGMENT; null if it is not spoken"},
                      Field{"form", &shapes::text_or_null, "what is written, or what the treebank supplies"},
                      Field{"pos", &shapes::text_or_null}},
           fields_where<is_of_node>);

constexpr auto words_shape = shapes::array(word_shape);
constexpr auto nodes_shape = shapes::array(node_shape);
constexpr auto documents_shape = shapes::array(shapes::any);
constexpr Field notes_fields[] = {
    {"annotations", &documents_shape},
    {"connections", &shapes::any, "an object; null if there are none"},
    {"pronoun_references", &documents_shape},
    {"structure_hypotheses", &documents_shape},
};
constexpr auto notes_shape = shapes::object(notes_fields, "Notes");

constexpr Field verse_fields[] = {
    {"verse", &shapes::text, "SURAH:AYAH"},
    {"surah", &shapes::integer},
    {"ayah", &shapes::integer},
    {"text", &shapes::text},
    {"juz", &shapes::integer},
    {"hizb", &shapes::integer},
    {"quarter", &shapes::integer, "of a hizb"},
    {"manzil", &shapes::integer},
    {"ruku", &shapes::integer},
    {"page", &shapes::integer},
    {"sajda", &shapes::boolean, "a verse of prostration"},
    {"words", &words_shape, "with the layers `words`, `segments`, `gloss`, `transliteration`, `masaq`", true},
    {"tree", &nodes_shape, "with the layer `tree`: the nodes of the treebank that are in the verse", true},
    {"translations", &documents_shape, "with the layer `translations`", true},
    {"notes", &notes_shape, "with the layer `notes`", true},
    {"unreadable", &shapes::integer,
     "how many translations and notes are left out because the database is damaged", true},
};

constexpr std::pair<std::string_view, Region> divisions[] = {
    {"juz", Region::juz},       {"hizb", Region::hizb}, {"quarter", Region::quarter},
    {"manzil", Region::manzil}, {"ruku", Region::ruku}, {"page", Region::page}};

bool is_sajda(corpus::VersePlace place) { return std::ranges::binary_search(corpus::sajda_verses(), place); }

}  // namespace

const Shape word_shape = shapes::object(word_fields, "Word");
const Shape node_shape = shapes::object(node_fields, "Node");
const Shape verse_shape = shapes::object(verse_fields, "Verse");

NodesOfVerses::Lists::Lists(const columns::CoreFile& core) : ends(core.verses() + 1) {
  const columns::Trees& trees = core.trees();
  std::vector<std::uint32_t> verse_of(trees.size());
  for (std::size_t node = 0; node < trees.size(); ++node) {
    const auto verse = trees.verse(node);
    verse_of[node] = verse ? *verse : static_cast<std::uint32_t>(core.verses());
    ++ends[verse_of[node]];
  }
  std::vector<std::uint32_t> next(ends.size());
  for (std::size_t i = 1; i < ends.size(); ++i) next[i] = ends[i] += ends[i - 1];
  for (std::size_t i = ends.size(); i-- > 1;) next[i] = ends[i - 1];
  if (!next.empty()) next[0] = 0;
  nodes.resize(trees.size());
  for (std::size_t node = 0; node < trees.size(); ++node)
    nodes[next[verse_of[node]]++] = static_cast<std::uint32_t>(node);
}

std::span<const std::uint32_t> NodesOfVerses::of(std::size_t verse) const {
  const Lists& lists = lists_.get();
  const std::size_t begin = verse == 0 ? 0 : lists.ends.at(verse - 1);
  return std::span(lists.nodes).subspan(begin, lists.ends.at(verse) - begin);
}

void VerseWriter::write_segment(JsonWriter& out, std::size_t segment, std::size_t number,
                                const Layers& layers) const {
  out.begin_object().key("n").value(number);
  if (layers.has(Layer::segments)) write_attributes(out, core_, attributes_where<is_analysis>, segment);
  if (layers.has(Layer::masaq)) write_attributes(out, core_, attributes_where<is_masaq>, segment);
  out.end_object();
}

void VerseWriter::write_word(JsonWriter& out, std::size_t word, const Layers& layers) const {
  out.begin_object().key("n").value(word - core_.words_of(core_.verse_of(word)).begin + 1);
  if (layers.has(Layer::words)) {
    write_attributes(out, core_, attributes_where<is_word_itself>, word);
  } else {
    write_attributes(out, core_, std::array{Attribute::word}, word);
  }
  if (layers.has(Layer::gloss)) write_attributes(out, core_, attributes_where<is_gloss>, word);
  if (layers.has(Layer::transliteration))
    write_attributes(out, core_, attributes_where<is_transliteration>, word);
  if (layers.segments()) {
    const Range segments = core_.segments_of(word);
    out.key("segments").begin_array();
    for (std::size_t s = segments.begin; s < segments.end; ++s)
      write_segment(out, s, s - segments.begin + 1, layers);
    out.end_array();
  }
  out.end_object();
}

void VerseWriter::write_node(JsonWriter& out, std::size_t node) const {
  const columns::Trees& trees = core_.trees();
  out.begin_object().key("id").value(node + 1);
  const auto head = trees.head(node);
  out.key("head");
  head ? out.value(*head + 1) : out.null();
  const auto segment = trees.segment(node);
  out.key("place");
  if (segment) {
    const std::size_t word = core_.word_of(*segment), verse = core_.verse_of(word);
    out.value(fmt::format("{}:{}:{}:{}", core_.surah(verse), core_.ayah(verse),
                          word - core_.words_of(verse).begin + 1,
                          *segment - core_.segments_of(word).begin + 1));
  } else {
    out.null();
  }
  const std::uint32_t analysis = trees.analysis(node);
  const auto of_analysis = [&](std::string_view key, Attribute attribute) {
    const auto value = static_cast<std::uint32_t>(core_.column(attribute)[analysis]);
    out.key(key);
    value == 0 ? out.null() : out.value(core_.dictionary(attribute).text(value));
  };
  of_analysis("form", Attribute::segment);
  of_analysis("pos", Attribute::pos);
  write_attributes(out, core_, attributes_where<is_of_node>, node);
  out.end_object();
}

void VerseWriter::write_research(JsonWriter& out, std::size_t verse, const Layers& layers,
                                 const store::CorpusReader& reader) const {
  std::string lists[5];
  std::size_t unreadable = 0;
  reader.each_document(static_cast<std::int64_t>(verse),
                       [&](corpus::ResearchKind kind, std::string_view json) {
                         if (!json::well_formed(json)) {
                           ++unreadable;
                           return;
                         }
                         std::string& list = lists[static_cast<std::size_t>(kind)];
                         if (!list.empty()) list += ',';
                         list += json;
                       });
  if (unreadable > 0) out.key("unreadable").value(unreadable);
  const auto list_of = [&](corpus::ResearchKind kind) {
    return '[' + lists[static_cast<std::size_t>(kind)] + ']';
  };
  if (layers.has(Layer::translations))
    out.key("translations").raw(list_of(corpus::ResearchKind::translation));
  if (!layers.has(Layer::notes)) return;
  const std::string& connections = lists[static_cast<std::size_t>(corpus::ResearchKind::connections)];
  out.key("notes").begin_object();
  out.key("annotations").raw(list_of(corpus::ResearchKind::annotation));
  out.key("connections").raw(connections.empty() ? "null" : std::string_view(connections));
  out.key("pronoun_references").raw(list_of(corpus::ResearchKind::pronoun_reference));
  out.key("structure_hypotheses").raw(list_of(corpus::ResearchKind::hypothesis));
  out.end_object();
}

void VerseWriter::write(JsonWriter& out, std::size_t verse, const Layers& layers,
                        const store::CorpusReader* reader) const {
  const corpus::VersePlace place{core_.surah(verse), core_.ayah(verse)};
  out.begin_object();
  out.key("verse").value(written(place)).key("surah").value(place.surah).key("ayah").value(place.ayah);
  out.key("text").value(core_.text_of(verse));
  for (const auto& [name, region] : divisions) out.key(name).value(corpus::part_of(region, place));
  out.key("sajda").value(is_sajda(place));
  if (layers.words()) {
    const Range words = core_.words_of(verse);
    out.key("words").begin_array();
    for (std::size_t word = words.begin; word < words.end; ++word) write_word(out, word, layers);
    out.end_array();
  }
  if (layers.has(Layer::tree)) {
    out.key("tree").begin_array();
    for (const std::uint32_t node : nodes_.of(verse)) write_node(out, node);
    out.end_array();
  }
  if (layers.research() && reader != nullptr) write_research(out, verse, layers, *reader);
  out.end_object();
}

}  // namespace kalima::api::v1
