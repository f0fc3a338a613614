#include "index/terms_builder.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <vector>

#include "index/terms.h"
#include "index/xapian_error.h"
#include "support/files.h"
#include "support/stop.h"

namespace kalima::index {
namespace {

using snapshot::Snapshot;

// Xapian collects the postings of so many verses in maps of maps before it writes them. Of all verses these are so
// large that each step through them is a cache miss: that took twice the time.
constexpr std::size_t verses_at_once = 200;

class DocumentMaker {
 public:
  explicit DocumentMaker(const Snapshot& snapshot) : s_(snapshot), kind_terms_(snapshot.kinds().size()) {
    for (std::size_t i = 0; i < s_.masaq_combinations().size(); ++i) {
      const auto& c = s_.masaq_combinations()[i];
      combinations_[{c.morph_tag, c.syntactic_role, c.case_mood}] = i;
    }
    morph_tag_ = s_.masaq().column("Morph_tag");
    if (!morph_tag_) morph_tag_ = s_.masaq().column("Morph_Tag");
    syntactic_role_ = s_.masaq().column("Syntactic_Role");
    case_mood_ = s_.masaq().column("Case_Mood");
    rel_label_ = s_.treebank().column("rel_label");
  }

  Xapian::Document make(std::size_t verse) {
    Xapian::Document document;
    add_text(verse, document);
    add_segments(verse, document);
    add_tags(verse, document);
    add_rows(verse, document);
    return document;
  }

 private:
  void add_text(std::size_t verse, Xapian::Document& document) const {
    for (const auto gram : grams(s_.lower_text(verse), text_gram_size)) {
      document.add_boolean_term(term(Field::text_gram, gram));
    }
    for (const std::uint32_t entry : s_.verse_vocabulary(verse)) {
      document.add_term(term(Field::vocabulary, std::size_t{entry}));
    }
  }

  // The terms of a kind are the same in every verse.
  const std::vector<std::string>& terms_of(std::uint32_t number) {
    std::vector<std::string>& terms = kind_terms_[number];
    if (!terms.empty()) return terms;
    const snapshot::KindRow& kind = s_.kinds()[number];
    const auto add = [&](Field field, snapshot::StringId value) {
      if (value != snapshot::no_string) terms.push_back(term(field, s_.strings()[value]));
    };
    add(Field::root, kind.root);
    if (kind.pattern != snapshot::none) add(Field::pattern, s_.morph_patterns()[kind.pattern].id);
    std::string_view rest = s_.strings()[kind.haystack];
    while (!rest.empty()) {
      const std::string_view value = rest.substr(0, rest.find(snapshot::value_separator));
      for (const auto gram : grams(value, value_gram_size)) terms.push_back(term(Field::value_gram, gram));
      rest.remove_prefix(std::min(rest.size(), value.size() + 1));
    }
    return terms;
  }

  void add_segments(std::size_t verse, Xapian::Document& document) {
    const std::uint32_t from = s_.verse(verse).first_segment, to = s_.verse(verse + 1).first_segment;
    std::vector<std::uint32_t> kinds;
    for (std::uint32_t i = from; i < to; ++i) {
      kinds.push_back(s_.segment(i));
      const std::uint32_t reading = s_.kinds()[kinds.back()].reading;
      if (reading != snapshot::none) document.add_term(term(Field::reading, std::size_t{reading}));
    }
    std::sort(kinds.begin(), kinds.end());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    std::vector<const std::string*> terms;
    for (const std::uint32_t kind : kinds) {
      for (const std::string& name : terms_of(kind)) terms.push_back(&name);
    }
    // Sorting is cheaper than letting the document find each term again.
    std::sort(terms.begin(), terms.end(), [](const auto* a, const auto* b) { return *a < *b; });
    const std::string* last = nullptr;
    for (const std::string* name : terms) {
      if (last == nullptr || *last != *name) document.add_boolean_term(*name);
      last = name;
    }
  }

  void add_tags(std::size_t verse, Xapian::Document& document) const {
    std::vector<std::string_view> tags;
    const std::uint32_t from = s_.verse(verse).first_word, to = s_.verse(verse + 1).first_word;
    for (std::uint32_t w = from; w < to; ++w) {
      if (s_.word(w).first_segment == s_.word(w + 1).first_segment) continue;
      const snapshot::KindRow& kind = s_.kinds()[s_.segment(s_.word(w).first_segment)];
      if (kind.lower_pos != snapshot::no_string) tags.push_back(s_.strings()[kind.lower_pos]);
    }
    for (std::size_t first = 0; first < tags.size(); ++first) {
      std::string sequence;
      for (std::size_t size = 1; size <= tag_sequence_size && first + size <= tags.size(); ++size) {
        if (size > 1) sequence += '|';
        sequence += tags[first + size - 1];
        document.add_term(term(Field::tag_sequence, sequence));
      }
    }
  }

  void add_rows(std::size_t verse, Xapian::Document& document) const {
    for (snapshot::RowTable::Cursor rows(s_.treebank(), verse); rel_label_ && rows.next();) {
      document.add_term(term(Field::relation, s_.treebank().cell(rows.cells()[*rel_label_])));
    }
    for (snapshot::RowTable::Cursor rows(s_.masaq(), verse); rows.next();) {
      const auto cell = [&](const std::optional<std::size_t>& column) {
        return column ? rows.cells()[*column] : snapshot::no_string;
      };
      const auto found = combinations_.find({cell(morph_tag_), cell(syntactic_role_), cell(case_mood_)});
      if (found != combinations_.end()) document.add_term(term(Field::masaq, found->second));
    }
  }

  const Snapshot& s_;
  std::vector<std::vector<std::string>> kind_terms_;
  std::map<std::array<snapshot::StringId, 3>, std::size_t> combinations_;
  std::optional<std::size_t> morph_tag_, syntactic_role_, case_mood_, rel_label_;
};

// Below this a second thread gains nothing.
constexpr std::size_t min_to_divide = 500;

// The documents of the verses [from, to). Nothing asks for the terms of a verse, so no list of them is kept; a crash
// means building again.
void build_part(const Snapshot& snapshot, std::size_t from, std::size_t to, const std::filesystem::path& file,
                const std::function<void(std::size_t)>& progress) {
  Xapian::WritableDatabase database(files::to_utf8(file), Xapian::DB_CREATE_OR_OVERWRITE |
                                                              Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC |
                                                              Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST);
  database.set_metadata("kalima.version", fmt::format("{}", terms_version));
  database.set_metadata("kalima.identity", std::string(snapshot.identity()));
  DocumentMaker maker(snapshot);
  for (std::size_t v = from; v < to; ++v) {
    stop::check();  // here, so that neither half keeps the other waiting
    database.add_document(maker.make(v));
    const std::size_t done = v + 1 - from;
    if (done % verses_at_once != 0) continue;
    database.commit();
    if (progress) progress(done);
  }
  database.commit();
}

}  // namespace

void build_terms(const Snapshot& snapshot, const std::filesystem::path& file, const Progress& progress) {
  const std::size_t whole = snapshot.verse_count();
  // Two halves at once; put together, the documents of the second follow those of the first.
  const std::size_t half = whole < min_to_divide ? whole : whole / 2;
  std::filesystem::path first = file, second = file;
  first += ".first";
  second += ".second";
  converted([&] {
    std::future<void> other;
    if (half < whole) {
      other = std::async(std::launch::async, [&] { build_part(snapshot, half, whole, second, {}); });
    }
    // When this throws, the future's end waits for the other thread.
    build_part(snapshot, 0, half, first, [&](std::size_t done) { progress("index: terms", done, half); });
    Xapian::Database parts(files::to_utf8(first));
    if (other.valid()) {
      other.get();
      parts.add_database(Xapian::Database(files::to_utf8(second)));
    }
    parts.compact(files::to_utf8(file), Xapian::DBCOMPACT_SINGLE_FILE);
  });
  files::remove_all(first);
  files::remove_all(second);
  files::sync(file);
}

namespace {

bool same_postings(const Xapian::Database& a, const Xapian::Database& b, const std::string& term) {
  auto left = a.postlist_begin(term), right = b.postlist_begin(term);
  const auto left_end = a.postlist_end(term), right_end = b.postlist_end(term);
  for (; left != left_end && right != right_end; ++left, ++right) {
    if (*left != *right || left.get_wdf() != right.get_wdf()) return false;
  }
  return left == left_end && right == right_end;
}

}  // namespace

std::vector<std::string> term_differences(const std::filesystem::path& expected,
                                          const std::filesystem::path& actual) {
  constexpr std::size_t most = 20;
  return converted([&] {
    const Xapian::Database a(files::to_utf8(expected)), b(files::to_utf8(actual));
    std::vector<std::string> found;
    auto left = a.allterms_begin(), right = b.allterms_begin();
    const auto left_end = a.allterms_end(), right_end = b.allterms_end();
    while ((left != left_end || right != right_end) && found.size() < most) {
      if (right == right_end || (left != left_end && *left < *right)) {
        found.push_back(fmt::format("index: the term {} is missing", *left));
        ++left;
      } else if (left == left_end || *right < *left) {
        found.push_back(fmt::format("index: the term {} should not be there", *right));
        ++right;
      } else {
        if (!same_postings(a, b, *left))
          found.push_back(fmt::format("index: the term {} has other verses", *left));
        ++left;
        ++right;
      }
    }
    return found;
  });
}

}  // namespace kalima::index
