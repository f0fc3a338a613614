// A verse in layers, as answers show it: words, segments, glosses, tree, MASAQ, research. Threads: constant once made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "api/v1/places.h"
#include "api/v1/when_asked.h"
#include "corpus/columns/core_file.h"
#include "http/json_writer.h"
#include "http/shape.h"
#include "store/corpus_reader.h"

namespace kalima::api::v1 {

// In this order in `layer_names`.
enum class Layer : std::uint8_t { words, segments, gloss, transliteration, tree, masaq, translations, notes };
inline constexpr std::string_view layer_names[] = {"words", "segments", "gloss",        "transliteration",
                                                   "tree",  "masaq",    "translations", "notes"};

class Layers {
 public:
  explicit Layers(const std::vector<bool>& chosen) : chosen_(chosen) {}
  bool has(Layer layer) const { return chosen_[static_cast<std::size_t>(layer)]; }
  bool words() const {
    return has(Layer::words) || segments() || has(Layer::gloss) || has(Layer::transliteration);
  }
  bool segments() const { return has(Layer::segments) || has(Layer::masaq); }
  bool research() const { return has(Layer::translations) || has(Layer::notes); }

 private:
  std::vector<bool> chosen_;
};

// The nodes of the treebank by verses: those of a verse follow each other in the treebank, or do not. The first call of of()
// looks at all nodes. Threads: any.
class NodesOfVerses {
 public:
  explicit NodesOfVerses(const columns::CoreFile& core) : lists_(core) {}
  std::span<const std::uint32_t> of(std::size_t verse) const;

 private:
  struct Lists {
    explicit Lists(const columns::CoreFile& core);
    std::vector<std::uint32_t> ends, nodes;
  };
  mutable WhenAsked<Lists> lists_;
};

extern const http::Shape verse_shape, word_shape, node_shape;

class VerseWriter {
 public:
  VerseWriter(const columns::CoreFile& core, const NodesOfVerses& nodes) : core_(core), nodes_(nodes) {}

  // `reader` is needed for the layers of research only.
  void write(http::JsonWriter& out, std::size_t verse, const Layers& layers,
             const store::CorpusReader* reader) const;
  // A word of the corpus.
  void write_word(http::JsonWriter& out, std::size_t word, const Layers& layers) const;
  // A node, with the nodes that it is told apart by: each has an id, its number in the corpus from 1.
  void write_node(http::JsonWriter& out, std::size_t node) const;

 private:
  void write_segment(http::JsonWriter& out, std::size_t segment, std::size_t number,
                     const Layers& layers) const;
  void write_research(http::JsonWriter& out, std::size_t verse, const Layers& layers,
                      const store::CorpusReader& reader) const;

  const columns::CoreFile& core_;
  const NodesOfVerses& nodes_;
};

}  // namespace kalima::api::v1
