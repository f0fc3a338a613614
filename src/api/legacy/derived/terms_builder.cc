#include "api/legacy/derived/terms_builder.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "api/legacy/derived/terms.h"
#include "index/term_writer.h"

namespace kalima::api::legacy {
namespace {

class TermMaker {
 public:
  explicit TermMaker(const Snapshot& snapshot) : s_(snapshot), kind_terms_(snapshot.kinds().size()) {
    for (std::size_t i = 0; i < s_.masaq_combinations().size(); ++i) {
      const auto c = s_.masaq_combinations()[i];
      combinations_[{c.morph_tag, c.syntactic_role, c.case_mood}] = i;
    }
    morph_tag_ = s_.masaq().column("Morph_tag");
    if (!morph_tag_) morph_tag_ = s_.masaq().column("Morph_Tag");
    syntactic_role_ = s_.masaq().column("Syntactic_Role");
    case_mood_ = s_.masaq().column("Case_Mood");
    rel_label_ = s_.treebank().column("rel_label");
  }

  void make(std::size_t verse, index::VerseTerms& out) {
    add_text(verse, out);
    add_segments(verse, out);
    add_tags(verse, out);
    add_rows(verse, out);
  }

 private:
  void add_text(std::size_t verse, index::VerseTerms& out) const {
    for (const auto gram : grams(s_.lower_text(verse), text_gram_size)) {
      out.mark(term(Field::text_gram, gram));
    }
    for (const std::uint32_t entry : s_.verse_vocabulary(verse)) {
      out.count(term(Field::vocabulary, std::size_t{entry}));
    }
  }

  // The terms of a kind are the same in every verse.
  const std::vector<std::string>& terms_of(std::uint32_t number) {
    std::vector<std::string>& terms = kind_terms_[number];
    if (!terms.empty()) return terms;
    const KindRow kind = s_.kinds()[number];
    const auto add = [&](Field field, StringId value) {
      if (value != no_string) terms.push_back(term(field, s_.strings()[value]));
    };
    add(Field::root, kind.root);
    if (kind.pattern != no_row) add(Field::pattern, s_.morph_patterns()[kind.pattern].id);
    std::string_view rest = s_.strings()[kind.haystack];
    while (!rest.empty()) {
      const std::string_view value = rest.substr(0, rest.find(value_separator));
      for (const auto gram : grams(value, value_gram_size)) terms.push_back(term(Field::value_gram, gram));
      rest.remove_prefix(std::min(rest.size(), value.size() + 1));
    }
    return terms;
  }

  void add_segments(std::size_t verse, index::VerseTerms& out) {
    const std::uint32_t from = s_.verse(verse).first_segment, to = s_.verse(verse + 1).first_segment;
    std::vector<std::uint32_t> kinds;
    for (std::uint32_t i = from; i < to; ++i) {
      kinds.push_back(s_.segment(i));
      const std::uint32_t reading = s_.kinds()[kinds.back()].reading;
      if (reading != no_row) out.count(term(Field::reading, std::size_t{reading}));
    }
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    std::vector<const std::string*> terms;
    for (const std::uint32_t kind : kinds) {
      for (const std::string& name : terms_of(kind)) terms.push_back(&name);
    }
    // Sorting is cheaper than letting the index find each term again.
    std::sort(terms.begin(), terms.end(), [](const auto* a, const auto* b) { return *a < *b; });
    const std::string* last = nullptr;
    for (const std::string* name : terms) {
      if (last == nullptr || *last != *name) out.mark(*name);
      last = name;
    }
  }

  void add_tags(std::size_t verse, index::VerseTerms& out) const {
    std::vector<std::string_view> tags;
    const std::uint32_t from = s_.verse(verse).first_word, to = s_.verse(verse + 1).first_word;
    for (std::uint32_t w = from; w < to; ++w) {
      if (s_.word(w).first_segment == s_.word(w + 1).first_segment) continue;
      const KindRow kind = s_.kinds()[s_.segment(s_.word(w).first_segment)];
      if (kind.lower_pos != no_string) tags.push_back(s_.strings()[kind.lower_pos]);
    }
    for (std::size_t first = 0; first < tags.size(); ++first) {
      std::string sequence;
      for (std::size_t size = 1; size <= tag_sequence_size && first + size <= tags.size(); ++size) {
        if (size > 1) sequence += '|';
        sequence += tags[first + size - 1];
        out.count(term(Field::tag_sequence, sequence));
      }
    }
  }

  void add_rows(std::size_t verse, index::VerseTerms& out) const {
    for (RowTable::Cursor rows(s_.treebank(), verse); rel_label_ && rows.next();) {
      out.count(term(Field::relation, s_.treebank().cell(rows.cells()[*rel_label_])));
    }
    for (RowTable::Cursor rows(s_.masaq(), verse); rows.next();) {
      const auto cell = [&](const std::optional<std::size_t>& column) {
        return column ? rows.cells()[*column] : no_string;
      };
      const auto found = combinations_.find({cell(morph_tag_), cell(syntactic_role_), cell(case_mood_)});
      if (found != combinations_.end()) out.count(term(Field::masaq, found->second));
    }
  }

  const Snapshot& s_;
  std::vector<std::vector<std::string>> kind_terms_;
  std::map<std::array<StringId, 3>, std::size_t> combinations_;
  std::optional<std::size_t> morph_tag_, syntactic_role_, case_mood_, rel_label_;
};

}  // namespace

void build_terms(const Snapshot& snapshot, const std::filesystem::path& file, const Progress& progress) {
  index::write_terms(
      file, {terms_version, std::string(snapshot.identity())}, snapshot.verse_count(),
      [&] {
        return [maker = std::make_shared<TermMaker>(snapshot)](std::size_t verse, index::VerseTerms& out) {
          maker->make(verse, out);
        };
      },
      progress);
}

}  // namespace kalima::api::legacy
