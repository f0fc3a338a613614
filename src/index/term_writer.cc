#include "index/term_writer.h"

#include <fmt/format.h>
#include <xapian.h>

#include <future>

#include "index/xapian_error.h"
#include "support/files.h"
#include "support/stop.h"

namespace kalima::index {
namespace {

// Xapian collects the postings of this many verses in maps of maps before it writes them. With all verses at
// once, these maps are so large that each step through them is a cache miss, which took twice the time.
constexpr std::size_t verses_at_once = 200;

// For fewer verses a second thread gains nothing.
constexpr std::size_t min_to_divide = 500;

// The documents of the verses [from, to). Nothing needs the terms of a verse, so they are not listed; after a
// crash the index is built again.
void write_part(const std::filesystem::path& file, const TermsIdentity& identity, std::size_t from,
                std::size_t to, const MakeTerms& make, const std::function<void(std::size_t)>& progress) {
  Xapian::WritableDatabase database(files::to_utf8(file), Xapian::DB_CREATE_OR_OVERWRITE |
                                                              Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC |
                                                              Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST);
  database.set_metadata("kalima.version", fmt::format("{}", identity.version));
  database.set_metadata("kalima.identity", identity.database);
  for (std::size_t v = from; v < to; ++v) {
    stop::check();  // here, so that neither half keeps the other waiting
    Xapian::Document document;
    VerseTerms terms(document);
    make(v, terms);
    database.add_document(document);
    const std::size_t done = v + 1 - from;
    if (done % verses_at_once != 0) continue;
    database.commit();
    if (progress) progress(done);
  }
  database.commit();
}

}  // namespace

void VerseTerms::count(const std::string& term) { document_.add_term(term); }
void VerseTerms::mark(const std::string& term) { document_.add_boolean_term(term); }

void write_terms(const std::filesystem::path& file, const TermsIdentity& identity, std::size_t verses,
                 const std::function<MakeTerms()>& maker, const Progress& progress) {
  // Two halves at once; when joined, the documents of the second follow those of the first.
  const std::size_t half = verses < min_to_divide ? verses : verses / 2;
  std::filesystem::path first = file, second = file;
  first += ".first";
  second += ".second";
  converted([&] {
    std::future<void> other;
    if (half < verses) {
      other = std::async(std::launch::async,
                         [&, make = maker()] { write_part(second, identity, half, verses, make, {}); });
    }
    // If this throws, the future's destructor waits for the other thread.
    write_part(first, identity, 0, half, maker(),
               [&](std::size_t done) { progress("index: terms", done, half); });
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
  constexpr std::size_t max_found = 20;
  return converted([&] {
    const Xapian::Database a(files::to_utf8(expected)), b(files::to_utf8(actual));
    std::vector<std::string> found;
    auto left = a.allterms_begin(), right = b.allterms_begin();
    const auto left_end = a.allterms_end(), right_end = b.allterms_end();
    while ((left != left_end || right != right_end) && found.size() < max_found) {
      if (right == right_end || (left != left_end && *left < *right)) {
        found.push_back(fmt::format("index: the term {} is missing", *left));
        ++left;
      } else if (left == left_end || *right < *left) {
        found.push_back(fmt::format("index: the term {} is not expected", *right));
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
