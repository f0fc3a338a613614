#include "store/research_edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/corpus_reader.h"
#include "store/registry.h"
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

ResearchRows ResearchEdit::rows(ResearchKind kind) const { return {connection_, verse_.value(), kind}; }

std::optional<json::Array> ResearchEdit::list(ResearchKind kind) const {
  const ResearchRows list = rows(kind);
  if (!list.exists()) return std::nullopt;
  return list.all();
}

std::size_t ResearchEdit::size(ResearchKind kind) const { return rows(kind).size(); }

std::vector<std::int64_t> ResearchEdit::places(ResearchKind kind, std::string_view id) const {
  return rows(kind).places(std::string(id));
}

std::optional<json::Value> ResearchEdit::document(ResearchKind kind, std::int64_t place) const {
  return rows(kind).at(place);
}

std::string ResearchEdit::tag(std::span<const ResearchKind> kinds) const {
  return research_tag(connection_, verse_.value(), kinds);
}

json::Value ResearchEdit::present(ResearchKind kind, std::int64_t place) const {
  if (auto found = document(kind, place)) return std::move(*found);
  throw Error(ErrorCode::not_found,
              fmt::format("document {} of the verse's {} not found", place, corpus::verse_key(kind)));
}

void ResearchEdit::note(ResearchKind kind, json::Value change) {
  changes_.push_back(std::move(change));
  changed_kinds_.insert(kind);
}

void ResearchEdit::mark(std::int64_t entry) {
  for (const ResearchKind kind : changed_kinds_) rows(kind).mark(entry);
}

void ResearchEdit::ensure_list(ResearchKind kind) {
  if (!rows(kind).make()) return;
  note(kind,
       json::Object{{"kind", corpus::verse_key(kind)}, {"before", nullptr}, {"after", as_member(kind, {})}});
}

void ResearchEdit::put(ResearchKind kind, std::int64_t place, const json::Value& document) {
  ResearchRows list = rows(kind);
  const bool new_list = list.make();
  list.make_room(place);
  list.put(place, document);
  json::Object change{
      {"kind", corpus::verse_key(kind)}, {"position", place}, {"before", nullptr}, {"after", document}};
  if (new_list) change.emplace_back("new_list", true);
  note(kind, std::move(change));
}

void ResearchEdit::append(ResearchKind kind, const json::Value& document) {
  put(kind, rows(kind).end(), document);
}

void ResearchEdit::replace(ResearchKind kind, std::int64_t place, const json::Value& document) {
  json::Value before = present(kind, place);
  rows(kind).replace(place, document);
  note(kind, json::Object{{"kind", corpus::verse_key(kind)},
                          {"position", place},
                          {"before", std::move(before)},
                          {"after", document}});
}

void ResearchEdit::erase(ResearchKind kind, std::int64_t place) { take(kind, place, present(kind, place)); }

void ResearchEdit::take(ResearchKind kind, std::int64_t place, json::Value before) {
  rows(kind).erase(place);
  note(kind, json::Object{{"kind", corpus::verse_key(kind)},
                          {"position", place},
                          {"before", std::move(before)},
                          {"after", nullptr}});
}

void ResearchEdit::set_list(ResearchKind kind, const json::Array& documents) {
  const auto before = list(kind);
  ResearchRows now = rows(kind);
  now.make();
  now.clear();
  std::int64_t place = 0;
  for (const json::Value& document : documents) now.put(place++, document);
  note(kind, json::Object{{"kind", corpus::verse_key(kind)},
                          {"before", before ? as_member(kind, *before) : json::Value()},
                          {"after", as_member(kind, documents)}});
}

void ResearchEdit::erase_list(ResearchKind kind) {
  const json::Array before = list(kind).value();
  rows(kind).remove();
  note(kind, json::Object{
                 {"kind", corpus::verse_key(kind)}, {"before", as_member(kind, before)}, {"after", nullptr}});
}

std::vector<std::int64_t> ResearchEdit::places(ResearchKind kind) const { return rows(kind).places(); }

std::optional<json::Value> ResearchEdit::registry_entry(std::string_view section,
                                                        std::string_view name) const {
  return load_registry_entry(connection_, section, name);
}

std::vector<std::string> ResearchEdit::registry_names(std::string_view section) const {
  std::vector<std::string> names;
  Statement sql(connection_, "SELECT name FROM registry WHERE section=? ORDER BY position");
  sql.bind(0, section);
  while (sql.step()) names.emplace_back(sql.text(0));
  return names;
}

void ResearchEdit::set_registry_entry(std::string_view section, std::string_view name,
                                      const std::optional<json::Value>& document) {
  const auto before = registry_entry(section, name);
  if (document) {
    if (is_file_section(section)) {
      // The section's own key comes with its first member.
      Statement key(connection_,
                    "INSERT OR IGNORE INTO registry (section, name, position, document) "
                    "VALUES ('', ?, (SELECT coalesce(max(position), -1) + 1 FROM registry), 'true')");
      key.bind(0, section).run();
    }
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
    for (const std::int64_t place : rows(*kind).places(document_id(member(change, "before")))) {
      if (id.as_string() != nullptr || member(present(*kind, place), "id") == id)
        conflict(fmt::format("a document of this id in the {}", corpus::verse_key(*kind)));
    }
  }
}

// The database may come from elsewhere: changes that Kalima did not write are refused.
void ResearchEdit::require_known(const json::Array& changes) const {
  for (const json::Value& change : changes) {
    const std::string kind = text_member(change, "kind");
    const bool known = kind_named(kind) ? verse_.has_value() : is_section(kind);
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
      if (size(*kind) > 0) conflict(fmt::format("the verse's {}", kind_name));
      rows(*kind).remove();
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

std::optional<std::int64_t> ResearchEdit::place_of(ResearchKind kind, const json::Value& wanted,
                                                   std::int64_t place) const {
  if (document(kind, place) == wanted) return place;
  for (const std::int64_t other : rows(kind).places(document_id(wanted))) {
    if (document(kind, other) == wanted) return other;
  }
  return std::nullopt;
}

void ResearchEdit::undo_document(ResearchKind kind, const json::Value& change) {
  const json::Value before = member(change, "before"), after = member(change, "after");
  const std::int64_t position = member(change, "position").as_integer().value_or(0);
  if (after.is_null()) {
    // The history may be another program's.
    put(kind, std::clamp<std::int64_t>(position, 0, rows(kind).end()), before);
    return;
  }
  // Other documents may have been added and removed: the document is the one that is as the change left it,
  // at its old position if possible.
  const auto place = place_of(kind, after, position);
  if (!place) conflict(fmt::format("the document of the {}", corpus::verse_key(kind)));
  if (before.is_null()) {
    take(kind, *place, after);
    // Documents that were added since keep the list.
    if (change.find("new_list") != nullptr && size(kind) == 0) rows(kind).remove();
  } else {
    replace(kind, *place, before);
  }
}

void ResearchEdit::undo_list(ResearchKind kind, const json::Value& change) {
  const auto now = list(kind);
  const json::Value before = member(change, "before");
  if ((now ? as_member(kind, *now) : json::Value()) != member(change, "after")) {
    conflict(fmt::format("the verse's {}", corpus::verse_key(kind)));
  }
  if (before.is_null()) {
    // In an entry of another program a missing list may have become a missing one.
    if (now) erase_list(kind);
  } else {
    set_list(kind, as_documents(kind, before));
  }
}

}  // namespace kalima::store
