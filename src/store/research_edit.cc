#include "store/research_edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/corpus_reader.h"
#include "store/stored_json.h"
#include "support/error.h"

namespace kalima::store {
namespace {

using corpus::ResearchKind;

[[noreturn]] void conflict(std::string_view what) {
  throw Error(ErrorCode::conflict, fmt::format("{} was changed since; undo the later change first", what));
}

json::Value member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? json::Value() : *value;
}

std::string text_member(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

std::optional<ResearchKind> kind_named(std::string_view key) {
  for (const ResearchKind kind : corpus::all_research_kinds) {
    if (corpus::verse_key(kind) == key) return kind;
  }
  return std::nullopt;
}

// A list's value in a verse: connections are one object, not a list.
json::Value as_member(ResearchKind kind, const json::Array& documents) {
  if (corpus::is_list(kind)) return json::Array(documents);
  return documents.empty() ? json::Value(json::Object{}) : documents.front();
}

json::Array as_documents(ResearchKind kind, const json::Value& value) {
  if (!corpus::is_list(kind)) return {value};
  return value.as_array() != nullptr ? *value.as_array() : json::Array{};
}

}  // namespace

std::optional<json::Array> ResearchEdit::list(ResearchKind kind) const {
  const std::string_view key = corpus::verse_key(kind);
  Statement there(connection_, "SELECT 1 FROM research_list WHERE verse=? AND kind=?");
  if (!there.bind(0, verse_.value()).bind(1, key).step()) return std::nullopt;
  json::Array documents;
  Statement sql(connection_, "SELECT document FROM research WHERE verse=? AND kind=? ORDER BY position");
  sql.bind(0, *verse_).bind(1, key);
  while (sql.step()) documents.push_back(stored_json(sql.text(0)));
  return documents;
}

bool ResearchEdit::make_list(ResearchKind kind) {
  const std::string_view key = corpus::verse_key(kind);
  Statement sql(connection_,
                "INSERT OR IGNORE INTO research_list (verse, kind, place) "
                "VALUES (?1, ?2, (SELECT coalesce(max(place), -1) + 1 FROM research_list WHERE verse=?1))");
  sql.bind(0, verse_.value()).bind(1, key).run();
  return connection_.changes() > 0;
}

void ResearchEdit::ensure_list(ResearchKind kind) {
  if (!make_list(kind)) return;
  changes_.push_back(
      json::Object{{"kind", corpus::verse_key(kind)}, {"before", nullptr}, {"after", as_member(kind, {})}});
}

void ResearchEdit::remove_list(ResearchKind kind) {
  const std::string_view key = corpus::verse_key(kind);
  for (const char* sql : {"DELETE FROM research WHERE verse=? AND kind=?",
                          "DELETE FROM research_list WHERE verse=? AND kind=?"}) {
    Statement(connection_, sql).bind(0, verse_.value()).bind(1, key).run();
  }
}

void ResearchEdit::write_list(ResearchKind kind, const json::Array& documents) {
  make_list(kind);
  const std::string_view key = corpus::verse_key(kind);
  Statement(connection_, "DELETE FROM research WHERE verse=? AND kind=?")
      .bind(0, verse_.value())
      .bind(1, key)
      .run();
  Statement sql(connection_, "INSERT INTO research (verse, kind, position, document) VALUES (?,?,?,?)");
  std::int64_t position = 0;
  for (const json::Value& document : documents) {
    const std::string text = json::ordered(document);
    sql.bind(0, *verse_).bind(1, key).bind(2, position++).bind(3, text).run();
  }
}

void ResearchEdit::insert(ResearchKind kind, std::size_t position, const json::Value& document) {
  const std::string_view key = corpus::verse_key(kind);
  const auto there = list(kind);
  if (!there) make_list(kind);
  position = std::min(position, there ? there->size() : 0);
  if (there && position < there->size()) {
    json::Array documents = *there;
    documents.insert(documents.begin() + static_cast<std::ptrdiff_t>(position), document);
    write_list(kind, documents);
  } else {
    const std::string text = json::ordered(document);
    Statement sql(connection_, "INSERT INTO research (verse, kind, position, document) VALUES (?,?,?,?)");
    sql.bind(0, verse_.value()).bind(1, key).bind(2, static_cast<std::int64_t>(position)).bind(3, text).run();
  }
  json::Object change{{"kind", key},
                      {"position", static_cast<std::int64_t>(position)},
                      {"before", nullptr},
                      {"after", document}};
  if (!there) change.emplace_back("new_list", true);
  changes_.push_back(std::move(change));
}

void ResearchEdit::replace(ResearchKind kind, std::size_t position, const json::Value& document) {
  const std::string_view key = corpus::verse_key(kind);
  const json::Value before = list(kind).value().at(position);
  const std::string text = json::ordered(document);
  Statement sql(connection_, "UPDATE research SET document=? WHERE verse=? AND kind=? AND position=?");
  sql.bind(0, text).bind(1, verse_.value()).bind(2, key).bind(3, static_cast<std::int64_t>(position)).run();
  changes_.push_back(json::Object{{"kind", key},
                                  {"position", static_cast<std::int64_t>(position)},
                                  {"before", before},
                                  {"after", document}});
}

void ResearchEdit::erase(ResearchKind kind, std::size_t position) {
  json::Array documents = list(kind).value();
  const json::Value before = documents.at(position);
  documents.erase(documents.begin() + static_cast<std::ptrdiff_t>(position));
  write_list(kind, documents);
  changes_.push_back(json::Object{{"kind", corpus::verse_key(kind)},
                                  {"position", static_cast<std::int64_t>(position)},
                                  {"before", before},
                                  {"after", nullptr}});
}

void ResearchEdit::set_list(ResearchKind kind, const json::Array& documents) {
  const auto before = list(kind);
  write_list(kind, documents);
  changes_.push_back(json::Object{{"kind", corpus::verse_key(kind)},
                                  {"before", before ? as_member(kind, *before) : json::Value()},
                                  {"after", as_member(kind, documents)}});
}

std::optional<json::Value> ResearchEdit::registry_entry(std::string_view section,
                                                        std::string_view name) const {
  return load_registry_entry(connection_, section, name);
}

json::Value ResearchEdit::registry_section(std::string_view section) const {
  return load_registry_section(connection_, section);
}

void ResearchEdit::set_registry_entry(std::string_view section, std::string_view name,
                                      const std::optional<json::Value>& document) {
  const auto before = registry_entry(section, name);
  if (document) {
    // The section's own key comes with its first member.
    Statement key(connection_,
                  "INSERT OR IGNORE INTO registry (section, name, position, document) "
                  "VALUES ('', ?, (SELECT coalesce(max(position), -1) + 1 FROM registry), 'true')");
    key.bind(0, section).run();
    const std::string text = json::ordered(*document);
    Statement sql(connection_,
                  "INSERT INTO registry (section, name, position, document) "
                  "VALUES (?, ?, (SELECT coalesce(max(position), -1) + 1 FROM registry), ?) "
                  "ON CONFLICT (section, name) DO UPDATE SET document=excluded.document");
    sql.bind(0, section).bind(1, name).bind(2, text).run();
  } else {
    Statement(connection_, "DELETE FROM registry WHERE section=? AND name=?")
        .bind(0, section)
        .bind(1, name)
        .run();
  }
  changes_.push_back(json::Object{{"kind", section},
                                  {"name", name},
                                  {"before", before ? *before : json::Value()},
                                  {"after", document ? *document : json::Value()}});
}

// A deleted document must not come back if another one has got its id since. All are checked before any is
// restored: one deletion may have removed several documents of one id.
void ResearchEdit::require_free_ids(const json::Array& changes) const {
  for (const json::Value& change : changes) {
    const auto kind = kind_named(text_member(change, "kind"));
    const json::Value id = member(member(change, "before"), "id");
    if (!kind || change.find("position") == nullptr || id.is_null() || !member(change, "after").is_null())
      continue;
    for (const json::Value& document : list(*kind).value_or(json::Array{})) {
      if (member(document, "id") == id)
        conflict(fmt::format("a document of this id in the {}", corpus::verse_key(*kind)));
    }
  }
}

// The database may come from elsewhere: changes that Kalima did not write are refused.
void ResearchEdit::require_known(const json::Array& changes) const {
  for (const json::Value& change : changes) {
    const std::string kind = text_member(change, "kind");
    const bool known = kind_named(kind) ? verse_.has_value() : kind == "tags" || kind == "patterns";
    if (known) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("the history entry names a kind \"{}\" that its changes cannot have", kind));
  }
}

void ResearchEdit::undo(const json::Array& changes) {
  require_known(changes);
  require_free_ids(changes);
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) undo_one(*change);
}

void ResearchEdit::undo_one(const json::Value& change) {
  const std::string kind_name = text_member(change, "kind");
  if (const auto kind = kind_named(kind_name)) {
    if (change.find("replaced") != nullptr) {
      if (!list(*kind).value_or(json::Array{}).empty()) conflict(fmt::format("the verse's {}", kind_name));
      remove_list(*kind);
    } else {
      change.find("position") != nullptr ? undo_document(*kind, change) : undo_list(*kind, change);
    }
    return;
  }
  const std::string name = text_member(change, "name");
  const auto now = registry_entry(kind_name, name);
  if ((now ? *now : json::Value()) != member(change, "after"))
    conflict(fmt::format("\"{}\" of the {}", name, kind_name));
  const json::Value before = member(change, "before");
  set_registry_entry(kind_name, name, before.is_null() ? std::nullopt : std::optional(before));
}

void ResearchEdit::undo_document(ResearchKind kind, const json::Value& change) {
  const json::Value before = member(change, "before"), after = member(change, "after");
  const auto position = static_cast<std::size_t>(member(change, "position").as_integer().value_or(0));
  if (after.is_null()) {
    insert(kind, position, before);
    return;
  }
  const json::Array now = list(kind).value_or(json::Array{});
  // Other documents may have been added and removed: the document is the one that is as the change left it,
  // at its old position if possible.
  std::size_t place = position < now.size() && now[position] == after
                          ? position
                          : static_cast<std::size_t>(std::find(now.begin(), now.end(), after) - now.begin());
  if (place == now.size()) conflict(fmt::format("the document of the {}", corpus::verse_key(kind)));
  if (before.is_null()) {
    erase(kind, place);
    // Documents that were added since keep the list.
    if (change.find("new_list") != nullptr && now.size() == 1) remove_list(kind);
  } else {
    replace(kind, place, before);
  }
}

void ResearchEdit::undo_list(ResearchKind kind, const json::Value& change) {
  const auto now = list(kind);
  const json::Value before = member(change, "before");
  if ((now ? as_member(kind, *now) : json::Value()) != member(change, "after")) {
    conflict(fmt::format("the verse's {}", corpus::verse_key(kind)));
  }
  if (before.is_null()) {
    remove_list(kind);
    changes_.push_back(json::Object{
        {"kind", corpus::verse_key(kind)}, {"before", member(change, "after")}, {"after", nullptr}});
  } else {
    set_list(kind, as_documents(kind, before));
  }
}

}  // namespace kalima::store
