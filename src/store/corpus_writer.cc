#include "store/corpus_writer.h"

#include <fmt/format.h>

#include <random>

#include "store/cells.h"
#include "store/corpus_hash.h"
#include "store/research_rows.h"
#include "store/schema.h"
#include "support/files.h"

namespace kalima::store {
namespace {

std::string_view table_name(Table table) { return table == Table::treebank ? "treebank" : "masaq"; }

// Distinguishes this database from every other, so that an index made from another one is never used for it.
std::string new_identity() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

Connection new_database(const std::filesystem::path& path) {
  Connection connection(path, OpenMode::create);
  // The file is not used until it is complete, so it needs no journal before.
  connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
  create(connection);
  return connection;
}

}  // namespace

struct CorpusWriter::Statements {
  explicit Statements(const Connection& c)
      : verse(c, "INSERT INTO verse (id, surah, ayah, surah_name, text) VALUES (?,?,?,?,?)"),
        word(c, "INSERT INTO word (verse, position, id, form) VALUES (?,?,?,?)"),
        segment(c,
                "INSERT INTO segment (verse, word, position, id, form, type, pos, root, lemma, features) "
                "VALUES (?,?,?,?,?,?,?,?,?,?)"),
        research(c, "INSERT INTO research (verse, kind, position, document, id) VALUES (?,?,?,?,?)"),
        research_list(c, "INSERT INTO research_list (verse, kind, place, documents) VALUES (?,?,?,?)"),
        treebank_row(c, "INSERT INTO treebank_row (verse, cells) VALUES (?,?)"),
        masaq_row(c, "INSERT INTO masaq_row (verse, cells) VALUES (?,?)"),
        registry(c, "INSERT INTO registry (section, name, position, document) VALUES (?,?,?,?)"),
        meta(c, "INSERT OR REPLACE INTO meta (key, value) VALUES (?,?)") {}
  Statement verse, word, segment, research, research_list, treebank_row, masaq_row, registry, meta;
};

CorpusWriter::CorpusWriter(const std::filesystem::path& path)
    : path_(path),
      connection_(new_database(path)),
      sql_(std::make_unique<Statements>(connection_)),
      transaction_(std::make_unique<Transaction>(connection_)) {
  set_meta("corpus.id", new_identity());
}

CorpusWriter::~CorpusWriter() = default;

std::int64_t CorpusWriter::add(const corpus::Verse& verse) {
  const std::int64_t id = verses_++;
  sql_->verse.bind(0, id).bind(1, verse.surah).bind(2, verse.ayah);
  sql_->verse.bind(3, verse.surah_name).bind(4, verse.text).run();
  add_words(id, verse);
  add_research(id, verse);
  return id;
}

void CorpusWriter::add_words(std::int64_t verse_id, const corpus::Verse& verse) {
  std::int64_t position = 0;
  for (const corpus::Word& word : verse.words) {
    sql_->word.bind(0, verse_id).bind(1, position).bind(2, word.id).bind(3, word.form).run();
    std::int64_t place = 0;
    for (const corpus::Segment& s : word.segments) {
      Statement& sql = sql_->segment;
      sql.bind(0, verse_id).bind(1, position).bind(2, place++).bind(3, s.id).bind(4, s.form).bind(5, s.type);
      sql.bind(6, s.pos).bind(7, s.root).bind(8, s.lemma).bind(9, s.features).run();
    }
    ++position;
  }
}

void CorpusWriter::add_research(std::int64_t verse_id, const corpus::Verse& verse) {
  std::int64_t place = 0;
  for (const corpus::Research& research : verse.research) {
    const std::string_view kind = corpus::verse_key(research.kind);
    sql_->research_list.bind(0, verse_id).bind(1, kind).bind(2, place++);
    sql_->research_list.bind(3, static_cast<std::int64_t>(research.documents.size())).run();
    std::int64_t position = 0;
    for (const json::Value& document : research.documents) {
      const std::string text = json::ordered(document);
      const std::optional<std::string> id = document_id(document);
      sql_->research.bind(0, verse_id).bind(1, kind).bind(2, position++).bind(3, text).bind(4, id).run();
    }
  }
}

void CorpusWriter::set_columns(Table table, const std::vector<std::string>& columns) {
  set_meta(fmt::format("{}.columns", table_name(table)), cells_to_text(columns));
}

void CorpusWriter::add_row(Table table, const corpus::TableRow& row) {
  Statement& sql = table == Table::treebank ? sql_->treebank_row : sql_->masaq_row;
  const std::string cells = cells_to_text(row.cells);
  if (row.verse) {
    sql.bind(0, *row.verse);
  } else {
    sql.bind_null(0);
  }
  sql.bind(1, cells).run();
}

void CorpusWriter::add_registry(std::string_view section, std::string_view name,
                                const json::Value& document) {
  const std::string text = json::ordered(document);
  sql_->registry.bind(0, section).bind(1, name).bind(2, registry_++).bind(3, text).run();
}

void CorpusWriter::set_meta(std::string_view key, std::string_view value) {
  sql_->meta.bind(0, key).bind(1, value).run();
}

void CorpusWriter::finish() {
  connection_.execute(import_indexes);
  note_corpus_hash(connection_);
  transaction_->commit();
  // Of this file alone: after ALTER TABLE, SQLite takes its own temporary database for busy.
  connection_.execute("PRAGMA journal_mode=WAL; PRAGMA main.wal_checkpoint(TRUNCATE)");
  files::sync(path_);
}

}  // namespace kalima::store
