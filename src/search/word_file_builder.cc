#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus/word_places.h"
#include "search/word_file.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::search {
namespace {

using attributes::Attribute;
using columns::CoreFile;

std::uint32_t size32(std::size_t size) {
  if (size > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::too_large, "the corpus is too large for the index (4 GiB in one part)");
  return static_cast<std::uint32_t>(size);
}

class Builder {
 public:
  explicit Builder(const CoreFile& core)
      : core_(core),
        prefix_(core.find(Attribute::type, "prefix")),
        article_(core.find(Attribute::pos, "DET")) {}

  void write(const std::filesystem::path& path) {
    for (std::size_t verse = 0; verse < core_.verses(); ++verse) add_verse(verse);
    ContainerWriter out(path, word_file_kind, core_.identity());
    out.add(section_first_piece, first_piece_);
    out.add(section_pieces, pieces_);
    std::vector<std::uint32_t> offsets{0};
    std::vector<char32_t> code_points;
    WordKeysBuilder keys;
    for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
      code_points.insert(code_points.end(), entries_[entry].begin(), entries_[entry].end());
      offsets.push_back(size32(code_points.size()));
      keys.add(entries_[entry], max_prefixes_[entry]);
    }
    out.add(section_entry_offsets, offsets);
    out.add(section_entries, code_points);
    add_uses(out);
    keys.write(out, section_keys);
    out.finish();
  }

 private:
  void add_uses(ContainerWriter& out) const {
    std::vector<std::uint32_t> first(entries_.size() + 1), uses(pieces_.size());
    for (const Piece& piece : pieces_) ++first[piece.entry + std::size_t{1}];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    std::vector<std::uint32_t> next = first;
    for (std::uint32_t piece = 0; piece < pieces_.size(); ++piece) uses[next[pieces_[piece].entry]++] = piece;
    out.add(section_first_use, first);
    out.add(section_uses, uses);
  }

  std::uint32_t entry_of(std::string_view piece) {
    const auto [it, added] = numbers_.emplace(std::string(piece), size32(entries_.size()));
    if (added) {
      entries_.push_back(utf8::to_code_points(piece));
      max_prefixes_.emplace_back();
    }
    return it->second;
  }

  void add_verse(std::size_t verse) {
    const columns::Range words = core_.words_of(verse);
    std::size_t word = words.begin;
    // Of each word the pieces with letters.
    std::map<std::size_t, std::vector<std::uint32_t>> entries;
    for (const corpus::TextPiece& piece : corpus::text_pieces(core_.text_of(verse))) {
      const auto place = [&] { return word < words.end ? core_.place_of(word) : std::nullopt; };
      while (word < words.end && (!place() || place()->end <= piece.place.from)) ++word;
      const bool inside = place() && place()->begin <= piece.place.from;
      const std::uint32_t entry = entry_of(piece.text);
      pieces_.push_back({entry, inside ? size32(word - words.begin + 1) : 0, piece.place.from});
      if (inside && piece.has_letters) entries[word].push_back(entry);
    }
    first_piece_.push_back(size32(pieces_.size()));
    for (const auto& [number, its] : entries) {
      if (its.size() == 1) count_prefixes(number, its.front());
    }
  }

  // The most prefix segments, without the article, that an entry has as a word with segments.
  void count_prefixes(std::size_t word, std::uint32_t entry) {
    const columns::Range segments = core_.segments_of(word);
    if (segments.size() == 0) return;
    std::size_t prefixes = 0;
    for (std::size_t s = segments.begin; s < segments.end; ++s) {
      if (core_.value(Attribute::type, s) == prefix_ && core_.value(Attribute::pos, s) != article_)
        ++prefixes;
    }
    std::optional<std::size_t>& known = max_prefixes_[entry];
    known = std::max(known.value_or(0), prefixes);
  }

  const CoreFile& core_;
  std::optional<std::uint32_t> prefix_, article_;
  std::vector<std::uint32_t> first_piece_{0};
  std::vector<Piece> pieces_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::u32string> entries_;
  std::vector<std::optional<std::size_t>> max_prefixes_;
};

}  // namespace

void build_words(const CoreFile& core, const std::filesystem::path& path) { Builder(core).write(path); }

}  // namespace kalima::search
