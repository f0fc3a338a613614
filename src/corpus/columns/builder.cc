#include "corpus/columns/builder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "corpus/columns/dictionary.h"
#include "corpus/columns/model.h"
#include "corpus/columns/tree_order.h"
#include "corpus/columns/values.h"
#include "corpus/columns/write_model.h"
#include "corpus/divisions.h"

namespace kalima::columns {
namespace {

using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Level;
using attributes::Region;
using attributes::Source;

constexpr std::uint32_t none = 0xFFFFFFFF;

constexpr std::size_t at(Attribute attribute) { return static_cast<std::size_t>(attribute); }
constexpr std::size_t at(Region region) { return static_cast<std::size_t>(region); }

// Numbers distinct rows of numbers from 0 in the order in which they come.
class Distinct {
 public:
  // The number, and whether the row is new.
  std::pair<std::uint32_t, bool> number_of(const Values& row) {
    const auto [it, added] = numbers_.try_emplace(row, static_cast<std::uint32_t>(numbers_.size()));
    return {it->second, added};
  }

 private:
  std::map<Values, std::uint32_t> numbers_;
};

// All that an analysis is computed from, as one text.
std::string source_of(const Segment& s) {
  std::string out;
  for (const auto* text : {&s.form, &s.tag, &s.root, &s.lemma}) {
    out += *text ? **text : "";
    out += '\0';
  }
  out += s.type ? static_cast<char>('1' + static_cast<int>(*s.type)) : '0';
  return out += s.features;
}

}  // namespace

struct Builder::Parts {
  Model model;
  LeftOut left_out;
  std::array<Texts, attributes::attribute_count> texts;
  Distinct analyses, word_analyses;
  std::unordered_map<std::string, std::uint32_t> analysis_of_source;
  std::map<corpus::VersePlace, std::uint32_t> verses;
  struct Cell {
    Attribute attribute;
    std::size_t place;
    Value (*value)(std::string_view);
  };
  std::map<Source, std::vector<Cell>> cells;
  struct Phrase {
    std::uint32_t node, first, last, begin, end;
    std::string kind;
  };
  std::vector<Phrase> phrases;
  std::uint32_t cycles = 0;

  // A value as a number; texts are numbered as they come until the dictionaries are sorted.
  std::uint32_t number(Attribute attribute, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return texts[at(attribute)].number_of(*text);
    if (const auto* number = std::get_if<std::uint32_t>(&value)) return *number + 1;
    return 0;
  }
  Values& column(Attribute attribute) { return model.columns[at(attribute)]; }

  // The number of an analysis; `value_of` gives the value of each attribute that is part of it.
  template <typename ValueOf>
  std::uint32_t analysis(ValueOf value_of) {
    Values row;
    for (const Definition& definition : attributes::table) {
      if (definition.column == Column::analysis)
        row.push_back(number(definition.attribute, value_of(definition.attribute)));
    }
    const auto [analysis, added] = analyses.number_of(row);
    if (!added) return analysis;
    std::size_t place = 0;
    for (const Definition& definition : attributes::table) {
      if (definition.column == Column::analysis) column(definition.attribute).push_back(row[place++]);
    }
    return analysis;
  }
  std::uint32_t analysis_of(const ReadSegment& segment) {
    return analysis([&](Attribute attribute) { return std::get<OfSegment>(rule(attribute)).value(segment); });
  }

  void add_word(const Word& word, std::uint32_t position) {
    const auto verse = static_cast<std::uint32_t>(model.verse_end.size());
    const auto number_here = static_cast<std::uint32_t>(model.words());
    std::vector<ReadSegment> segments;
    for (const Segment& segment : word.segments) segments.push_back(read(segment));
    Values parts;
    for (const ReadSegment& segment : segments) {
      const auto [it, added] = analysis_of_source.try_emplace(source_of(segment.segment), 0);
      if (added) it->second = analysis_of(segment);
      parts.push_back(it->second);
      model.segment_analysis.push_back(it->second);
      model.segment_word.push_back(number_here);
    }
    model.word_end.push_back(static_cast<std::uint32_t>(model.segments()));
    model.word_verse.push_back(verse);
    const corpus::TextPlace place = word.place.value_or(corpus::TextPlace{});
    model.word_from.push_back(place.from);
    model.word_to.push_back(place.to);
    const auto [word_analysis, added] = word_analyses.number_of(parts);
    model.word_analysis.push_back(word_analysis);
    if (added) {
      model.word_analysis_parts.insert(model.word_analysis_parts.end(), parts.begin(), parts.end());
      model.word_analysis_end.push_back(static_cast<std::uint32_t>(model.word_analysis_parts.size()));
    }
    const ReadWord read_word{word, segments, position};
    for (const Definition& definition : attributes::table) {
      if (definition.level != Level::word || (definition.column == Column::word_analysis && !added)) continue;
      const auto* of_word = std::get_if<OfWord>(&rule(definition.attribute));
      column(definition.attribute)
          .push_back(of_word != nullptr ? number(definition.attribute, of_word->value(read_word)) : 0);
    }
  }

  std::uint32_t begin_of_verse(std::uint32_t verse) const { return begin_of(model.verse_end, verse); }

  // The segment's number; nullopt for one that the corpus lacks.
  std::optional<std::uint32_t> find(const corpus::SegmentPlace& place) const {
    const auto verse = find_verse(place.surah, place.ayah);
    if (!verse || place.word < 1 || place.segment < 1) return std::nullopt;
    const std::uint64_t word = begin_of_verse(*verse) + static_cast<std::uint64_t>(place.word) - 1;
    if (word >= model.verse_end[*verse]) return std::nullopt;
    const std::uint64_t segment =
        begin_of(model.word_end, word) + static_cast<std::uint64_t>(place.segment) - 1;
    if (segment >= model.word_end[word]) return std::nullopt;
    return static_cast<std::uint32_t>(segment);
  }
  std::optional<std::uint32_t> find_verse(std::int64_t surah, std::int64_t ayah) const {
    if (surah < 0 || ayah < 0 || surah > none || ayah > none) return std::nullopt;
    const auto it = verses.find({static_cast<std::uint32_t>(surah), static_cast<std::uint32_t>(ayah)});
    return it == verses.end() ? std::nullopt : std::optional(it->second);
  }

  void add_node(const corpus::SyntaxNode& node, std::optional<std::uint32_t> depth) {
    const auto segment = node.place ? find(*node.place) : std::nullopt;
    if (node.place && !segment) ++left_out.nodes;
    const auto verse = find_verse(node.surah, node.ayah);
    model.node_segment.push_back(segment ? *segment + 1 : 0);
    model.node_verse.push_back(verse ? *verse + 1 : 0);
    if (segment) {
      model.node_analysis.push_back(model.segment_analysis[*segment]);
    } else {
      // What the treebank says of a node that is not spoken.
      model.node_analysis.push_back(analysis([&](Attribute attribute) {
        if (attribute == Attribute::pos && !node.pos.empty() && node.pos != "_") return Value(node.pos);
        if (attribute == Attribute::segment && !node.form.empty() && node.form != "_")
          return Value(node.form);
        return Value();
      }));
    }
    const ReadNode read_node{node, depth};
    for (const Definition& definition : attributes::table) {
      if (definition.level != Level::node) continue;
      const Value value = std::get<OfNode>(rule(definition.attribute)).value(read_node);
      column(definition.attribute).push_back(number(definition.attribute, value));
    }
  }

  void add_phrase(const corpus::SyntaxNode& node, std::uint32_t number_of_node, std::uint32_t first_node,
                  std::span<const corpus::SyntaxNode> sentence) {
    Phrase phrase{number_of_node, none, 0, none, 0, node.phrase->kind};
    for (std::uint32_t i = 0; i < sentence.size(); ++i) {
      if (sentence[i].token < node.phrase->first || sentence[i].token > node.phrase->last) continue;
      phrase.first = std::min(phrase.first, first_node + i);
      phrase.last = first_node + i;
      if (const std::uint32_t segment = model.node_segment[first_node + i]; segment != 0) {
        const std::uint32_t word = model.segment_word[segment - 1];
        phrase.begin = std::min(phrase.begin, word);
        phrase.end = std::max(phrase.end, word + 1);
      }
    }
    if (phrase.first == none) return;
    // One that holds no word is where its verse begins.
    if (phrase.begin == none) {
      const std::uint32_t verse = model.node_verse[number_of_node];
      phrase.begin = phrase.end = verse != 0 ? begin_of_verse(verse - 1) : 0;
    }
    phrases.push_back(std::move(phrase));
  }

  void add_sentence(std::span<const corpus::SyntaxNode> sentence) {
    const auto first = static_cast<std::uint32_t>(model.node_segment.size());
    std::vector<std::uint32_t> heads;
    std::vector<bool> own_head;
    for (const std::size_t head : corpus::heads_of(sentence)) {
      own_head.push_back(head == heads.size());
      heads.push_back(head == corpus::no_node || own_head.back() ? no_head
                                                                 : static_cast<std::uint32_t>(head));
    }
    const TreeOrder order = tree_order(heads);
    std::uint32_t cycles_here = 0;
    for (std::uint32_t i = 0; i < sentence.size(); ++i) {
      const bool unrelated = sentence[i].attachment() == corpus::Attachment::unrelated;
      add_node(sentence[i],
               unrelated || order.depth[i] == no_head ? std::nullopt : std::optional(order.depth[i]));
      model.node_head.push_back(heads[i] == no_head ? 0 : first + heads[i] + 1);
      model.node_order.push_back(first + order.order[i]);
      model.node_last.push_back(first + order.last[i]);
      model.node_cycle.push_back(order.cycle[i] == 0 ? 0 : cycles + order.cycle[i]);
      model.node_flags.push_back((order.on_cycle[i] ? 1u : 0u) | (own_head[i] ? 2u : 0u));
      cycles_here = std::max(cycles_here, order.cycle[i]);
    }
    cycles += cycles_here;
    model.sentence_end.push_back(static_cast<std::uint32_t>(model.node_segment.size()));
    add_sentence_region(first);
    for (std::uint32_t i = 0; i < sentence.size(); ++i) {
      if (sentence[i].phrase) add_phrase(sentence[i], first + i, first, sentence);
    }
  }

  // The words of the sentence that begins with this node.
  void add_sentence_region(std::uint32_t first) {
    std::uint32_t begin = none, end = 0;
    for (std::size_t node = first; node < model.node_segment.size(); ++node) {
      if (model.node_segment[node] == 0) continue;
      const std::uint32_t word = model.segment_word[model.node_segment[node] - 1];
      begin = std::min(begin, word);
      end = std::max(end, word + 1);
    }
    Model::Regions& regions = model.regions[at(Region::sentence)];
    // One that holds no word is where the one before ended.
    if (begin == none) begin = end = regions.end.empty() ? 0 : regions.end.back();
    regions.begin.push_back(begin);
    regions.end.push_back(end);
    regions.number.push_back(static_cast<std::uint32_t>(regions.number.size() + 1));
  }

  void finish();
  void finish_divisions();
  void finish_phrases();
  void add_region_values(Region region);
  void sort_dictionaries();
};

// The verses one by one, and runs of verses of one part.
void Builder::Parts::finish_divisions() {
  for (std::size_t place = 0; place < attributes::regions.size(); ++place) {
    const auto region = static_cast<Region>(place);
    if (region == Region::word || region == Region::sentence || region == Region::phrase) continue;
    Model::Regions& regions = model.regions[place];
    for (std::uint32_t v = 0; v < model.verses(); ++v) {
      const corpus::VersePlace verse{model.verse_surah[v], model.verse_ayah[v]};
      const auto number = region == Region::verse ? verse.ayah
                          : region == Region::surah
                              ? verse.surah
                              : static_cast<std::uint32_t>(corpus::part_of(region, verse));
      if (number == 0 && region != Region::verse) continue;
      const bool goes_on = region != Region::verse && !regions.number.empty() &&
                           regions.number.back() == number && regions.end.back() == begin_of_verse(v);
      if (!goes_on) {
        regions.begin.push_back(begin_of_verse(v));
        regions.number.push_back(number);
        regions.end.push_back(0);
      }
      regions.end.back() = model.verse_end[v];
    }
  }
}

void Builder::Parts::finish_phrases() {
  // The outer ones first.
  std::ranges::stable_sort(phrases, [](const Phrase& a, const Phrase& b) {
    return std::pair(a.begin, b.end) < std::pair(b.begin, a.end);
  });
  Model::Regions& regions = model.regions[at(Region::phrase)];
  for (const Phrase& phrase : phrases) {
    regions.begin.push_back(phrase.begin);
    regions.end.push_back(phrase.end);
    regions.number.push_back(static_cast<std::uint32_t>(regions.number.size() + 1));
    model.phrase_node.push_back(phrase.node);
    model.phrase_first.push_back(phrase.first);
    model.phrase_last.push_back(phrase.last);
  }
}

void Builder::Parts::add_region_values(Region region) {
  const Model::Regions& regions = model.regions[at(region)];
  for (const Definition& definition : attributes::table) {
    if (definition.level != Level::region || definition.region != region) continue;
    const auto* const of_region = std::get_if<OfRegion>(&rule(definition.attribute));
    if (of_region == nullptr) continue;
    for (std::size_t i = 0; i < regions.number.size(); ++i) {
      ReadRegion read{regions.number[i], {}, {}};
      if (region == Region::verse) read.verse = {model.verse_surah[i], model.verse_ayah[i]};
      if (region == Region::phrase) read.kind = phrases[i].kind;
      column(definition.attribute).push_back(number(definition.attribute, of_region->value(read)));
    }
  }
}

void Builder::Parts::sort_dictionaries() {
  for (const Definition& definition : attributes::table) {
    if (definition.type != attributes::Type::dictionary) continue;
    auto [sorted, places] = texts[at(definition.attribute)].sorted();
    model.texts[at(definition.attribute)] = std::move(sorted);
    for (std::uint32_t& value : column(definition.attribute)) value = places[value];
  }
}

void Builder::Parts::finish() {
  finish_divisions();
  finish_phrases();
  for (std::size_t region = 0; region < attributes::regions.size(); ++region) {
    add_region_values(static_cast<Region>(region));
  }
  sort_dictionaries();
  for (const Definition& definition : attributes::table) {
    if (const auto* const of_text = std::get_if<OfText>(&rule(definition.attribute)))
      column(definition.attribute) = of_text->values(model);
  }
  std::vector<std::uint32_t> heads;
  for (const std::uint32_t head : model.node_head) heads.push_back(head == 0 ? no_head : head - 1);
  Children children = children_of(heads);
  model.child_end.assign(children.offsets.begin() + 1, children.offsets.end());
  model.children = std::move(children.nodes);
}

Builder::Builder(std::string identity) : parts_(std::make_unique<Parts>()) {
  parts_->model.identity = std::move(identity);
}
Builder::~Builder() = default;

void Builder::add(const Verse& verse) {
  Model& model = parts_->model;
  parts_->verses.try_emplace({verse.surah, verse.ayah}, static_cast<std::uint32_t>(model.verses()));
  std::uint32_t position = 0;
  for (const Word& word : verse.words) parts_->add_word(word, ++position);
  model.verse_end.push_back(static_cast<std::uint32_t>(model.words()));
  model.verse_surah.push_back(verse.surah);
  model.verse_ayah.push_back(verse.ayah);
  model.verse_text += verse.text;
  model.verse_text_end.push_back(model.verse_text.size());
}

void Builder::set_columns(Source source, const std::vector<std::string>& columns) {
  auto& cells = parts_->cells[source];
  cells.clear();
  for (const Definition& definition : attributes::table) {
    const auto* of_cell = std::get_if<OfCell>(&rule(definition.attribute));
    if (of_cell == nullptr || definition.source != source) continue;
    const auto it = std::ranges::find_if(columns, [&](const std::string& name) {
      return name == of_cell->column || (!of_cell->other_name.empty() && name == of_cell->other_name);
    });
    if (it == columns.end()) continue;
    cells.push_back({definition.attribute, static_cast<std::size_t>(it - columns.begin()), of_cell->value});
  }
}

void Builder::add_cells(Source source, const corpus::SegmentPlace& segment,
                        const std::vector<std::string>& cells) {
  const auto number = parts_->find(segment);
  if (!number) {
    ++parts_->left_out.rows;
    return;
  }
  for (const Parts::Cell& cell : parts_->cells[source]) {
    if (cell.place >= cells.size()) continue;
    const bool of_word = attributes::definition(cell.attribute).level == Level::word;
    Values& column = parts_->column(cell.attribute);
    column.resize(of_word ? parts_->model.words() : parts_->model.segments(), 0);
    std::uint32_t& value = column[of_word ? parts_->model.segment_word[*number] : *number];
    if (value == 0) value = parts_->number(cell.attribute, cell.value(cells[cell.place]));
  }
}

void Builder::add_sentence(std::span<const corpus::SyntaxNode> nodes) { parts_->add_sentence(nodes); }

LeftOut Builder::write(const std::filesystem::path& path) {
  for (const Definition& definition : attributes::table) {
    if (definition.column == Column::segment)
      parts_->column(definition.attribute).resize(parts_->model.segments());
  }
  parts_->finish();
  parts_->model.analyses = parts_->column(Attribute::segment).size();
  write_model(parts_->model, path);
  return parts_->left_out;
}

}  // namespace kalima::columns
