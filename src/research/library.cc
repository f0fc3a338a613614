#include "research/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include "corpus/starter.h"
#include "store/stored_json.h"
#include "support/error.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::research {
namespace {

using corpus::VersePlace;

constexpr std::size_t max_facet = 200;
constexpr std::uint32_t no_verse = 0xFFFFFFFF;

std::string facet(const json::Value& kept, std::string_view name) {
  return std::string(utf8::prefix(text_member(kept, name), max_facet));
}

// The texts of a value that are searched: itself, or the members `note` inside it.
void each_text(const json::Value& value, DocumentField::Kind kind,
               const std::function<void(const std::string&)>& visit) {
  if (kind != DocumentField::Kind::any && value.as_array() == nullptr) {
    if (value.as_string() != nullptr) visit(*value.as_string());
    return;
  }
  if (const json::Array* list = value.as_array()) {
    for (const json::Value& item : *list) each_text(item, kind, visit);
  } else if (const json::Object* object = value.as_object()) {
    for (const auto& [name, member] : *object)
      each_text(member, name == "note" ? DocumentField::Kind::text : kind, visit);
  }
}

std::shared_ptr<Entry> entry_of(NoteWords& words, const DocumentType& type,
                                std::optional<std::uint32_t> number, std::optional<VersePlace> verse,
                                std::string_view name, json::Value kept) {
  const Document document = document_of(type, verse, name, std::move(kept));
  auto out = std::make_shared<Entry>();
  out->type = &type;
  out->id = document.id;
  out->kept = json::ordered(document.kept);
  out->verse = number;
  out->anchor = document.anchor;
  out->created = facet(document.kept, type.created);
  out->modified = facet(document.kept, type.modified);
  if (out->modified.empty()) out->modified = out->created;
  out->kind = facet(document.kept, type.anchor == AnchorForm::target ? "target_type" : "type");
  out->status = facet(document.kept, "status");
  out->author = facet(document.kept, "author");
  out->language = facet(document.kept, "language");
  out->marked = !text_member(document.kept, former_words_member).empty();
  if (const json::Value* tags = document.kept.find("tags"); tags != nullptr && tags->as_array() != nullptr) {
    for (const json::Value& tag : *tags->as_array()) {
      if (tag.as_string() != nullptr) out->tags.push_back(*tag.as_string());
    }
  }
  for (const DocumentField& field : type.fields) {
    const json::Value* value = field.searched ? document.kept.find(field.name) : nullptr;
    if (value == nullptr) continue;
    each_text(*value, field.kind,
              [&](const std::string& text) { words.read(text, out->language, out->words); });
  }
  return out;
}

std::shared_ptr<Entry> unreadable_entry(const DocumentType& type, std::optional<std::uint32_t> number,
                                        std::optional<VersePlace> verse, std::string_view name) {
  auto out = std::make_shared<Entry>();
  out->type = &type;
  out->id = id_of(type, verse, name);
  out->verse = number;
  if (verse) out->anchor = Anchor::of_verse(*verse);
  out->unreadable = true;
  return out;
}

const DocumentType* type_of(corpus::ResearchKind kind) {
  const auto types = document_types();
  const auto it = std::ranges::find(types, std::optional(kind), &DocumentType::kind);
  return it == types.end() ? nullptr : &*it;
}

// The documents of a verse, in the order of the types.
class VerseEntries {
 public:
  VerseEntries(NoteWords& words, const columns::CoreFile& core, std::uint32_t verse)
      : words_(words), verse_(verse), place_{core.surah(verse), core.ayah(verse)} {}

  void add(corpus::ResearchKind kind, std::string_view document) {
    if (lists_.empty() || lists_.back().kind != kind) lists_.push_back({kind, {}, {}});
    List& list = lists_.back();
    auto value = store::readable_json(document);
    if (!value) list.unreadable.insert(list.documents.size());
    list.documents.push_back(value ? std::move(*value) : json::Value());
  }
  void append_to(Entries& out) {
    for (auto& [kind, documents, unreadable] : lists_) {
      const DocumentType* type = type_of(kind);
      if (type == nullptr) continue;
      const std::vector<std::string> names = names_of(documents);
      for (std::size_t i = 0; i < documents.size(); ++i) {
        if (unreadable.contains(i)) {
          out.push_back(unreadable_entry(*type, verse_, place_, names[i]));
        } else if (documents[i].as_object() != nullptr) {
          out.push_back(entry_of(words_, *type, verse_, place_, names[i], std::move(documents[i])));
        }
      }
    }
    lists_.clear();
  }

 private:
  NoteWords& words_;
  std::uint32_t verse_;
  VersePlace place_;
  struct List {
    corpus::ResearchKind kind;
    json::Array documents;  // with null for one that is unreadable, so that the others keep their numbers
    std::set<std::size_t> unreadable;
  };
  std::vector<List> lists_;
};

void append_verse(const store::CorpusReader& reader, NoteWords& words, const columns::CoreFile& core,
                  std::uint32_t verse, Entries& out) {
  VerseEntries entries(words, core, verse);
  reader.each_document(
      verse, [&](corpus::ResearchKind kind, std::string_view document) { entries.add(kind, document); });
  entries.append_to(out);
}

void append_registry(const store::CorpusReader& reader, NoteWords& words, Entries& out) {
  for (const DocumentType& type : document_types()) {
    if (type.kind) continue;
    json::Object members;
    std::set<std::size_t> unreadable;
    reader.each_registry_entry(type.section, [&](std::string_view name, std::string_view document) {
      auto value = store::readable_json(document);
      if (!value) unreadable.insert(members.size());
      members.emplace_back(std::string(name), value ? std::move(*value) : json::Value());
    });
    const std::vector<std::string> names = names_of(members);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool damaged = unreadable.contains(i);
      if (!damaged && members[i].second.as_object() == nullptr) continue;
      auto entry =
          damaged ? unreadable_entry(type, std::nullopt, std::nullopt, names[i])
                  : entry_of(words, type, std::nullopt, std::nullopt, names[i], std::move(members[i].second));
      entry->key = members[i].first;
      out.push_back(std::move(entry));
    }
  }
}

std::uint32_t verse_of(const std::shared_ptr<const Entry>& entry) { return entry->verse.value_or(no_verse); }

// What a page continues after: the place in the order, which is total.
struct Mark {
  std::uint32_t verse = 0, word = 0;
  std::string time, id;
};

Mark mark_of(const Entry& entry, Order order) {
  Mark out{entry.verse.value_or(no_verse), 0, {}, entry.id};
  if (entry.anchor) out.word = entry.anchor->spans().front().from.word;
  out.time = order == Order::modified || order == Order::modified_descending ? entry.modified : entry.created;
  return out;
}

bool comes_before(const Mark& a, const Mark& b, Order order) {
  const auto place = [](const Mark& m) { return std::tie(m.verse, m.word, m.time, m.id); };
  if (order == Order::place) return place(a) < place(b);
  if (a.time != b.time) {
    const bool descending = order == Order::created_descending || order == Order::modified_descending;
    return descending ? b.time < a.time : a.time < b.time;
  }
  return place(a) < place(b);
}

// VERSE~WORD~BYTES~TIME ID, where BYTES is the length of TIME.
std::string written_mark(const Mark& mark) {
  return fmt::format("{}~{}~{}~{}{}", mark.verse, mark.word, mark.time.size(), mark.time, mark.id);
}

Mark read_mark(std::string_view text) {
  std::uint32_t numbers[3] = {};
  bool good = true;
  for (std::uint32_t& number : numbers) {
    const std::size_t end = text.find('~');
    const auto read =
        end == std::string_view::npos ? std::nullopt : numbers::parse<std::uint32_t>(text.substr(0, end));
    good = good && read.has_value();
    if (!good) break;
    number = *read;
    text.remove_prefix(end + 1);
  }
  if (!good || numbers[2] > text.size()) {
    throw Error(ErrorCode::bad_input, "the cursor is not one that an answer has as \"next\"")
        .with({.parameter = "cursor"});
  }
  return {numbers[0], numbers[1], std::string(text.substr(0, numbers[2])),
          std::string(text.substr(numbers[2]))};
}

bool is_of(const Entry& entry, const Wanted& wanted) {
  if (!wanted.types.empty() && std::ranges::find(wanted.types, entry.type) == wanted.types.end())
    return false;
  return !wanted.verses || (entry.anchor && entry.anchor->meets(wanted.verses->first, wanted.verses->second));
}

bool is_of_starter(const Entry& entry) {
  return entry.type->kind == corpus::ResearchKind::translation && entry.author == corpus::starter_author &&
         entry.modified == entry.created;
}

bool is_wanted(const Entry& entry, const Wanted& wanted) {
  const auto is = [](const std::string& asked, const std::string& has) {
    return asked.empty() || asked == has;
  };
  if (!is(wanted.type, entry.kind) || !is(wanted.status, entry.status) || !is(wanted.author, entry.author) ||
      !is(wanted.language, entry.language))
    return false;
  if (!wanted.tag.empty() && std::ranges::find(entry.tags, wanted.tag) == entry.tags.end()) return false;
  if (wanted.marked && *wanted.marked != entry.marked) return false;
  if (!wanted.since.empty() && entry.modified < wanted.since) return false;
  // All times that begin so are included.
  return wanted.until.empty() || entry.modified.substr(0, wanted.until.size()) <= wanted.until;
}

}  // namespace

void require_readable(const Entry& entry) {
  if (!entry.unreadable) return;
  throw Error(ErrorCode::damaged,
              fmt::format("the database is damaged: {} {} cannot be read", entry.type->name, entry.id),
              "restore a backup, or undo the change");
}

std::shared_ptr<const Entries> Library::now(const store::CorpusReader& reader) {
  const std::lock_guard lock(mutex_);
  const store::CorpusReader::OneState state(reader);
  const store::Revision revision = reader.revision();
  if (made_ && revision == revision_) return entries_;
  auto next = std::make_shared<Entries>();
  // A database that was restored has other writes of the same numbers.
  if (made_ && reader.holds(revision_)) {
    std::vector<std::uint32_t> verses;
    for (const std::int64_t verse : reader.verses_changed_since(revision_.number)) {
      if (verse >= 0 && static_cast<std::size_t>(verse) < core_.verses())
        verses.push_back(static_cast<std::uint32_t>(verse));
    }
    std::ranges::sort(verses);
    const bool registry = reader.registry_changed_since(revision_.number);
    next->reserve(entries_->size() + 1);
    auto from = entries_->begin();
    const auto copy_to = [&](std::uint32_t verse) {
      const auto to = std::ranges::lower_bound(from, entries_->end(), verse, {}, verse_of);
      next->insert(next->end(), from, to);
      from = to;
    };
    for (const std::uint32_t verse : verses) {
      copy_to(verse);
      append_verse(reader, words_, core_, verse, *next);
      from = std::ranges::upper_bound(from, entries_->end(), verse, {}, verse_of);
    }
    copy_to(no_verse);
    if (registry) {
      append_registry(reader, words_, *next);
    } else {
      next->insert(next->end(), from, entries_->end());
    }
  } else {
    std::optional<VerseEntries> entries;
    std::int64_t open = -1;
    reader.each_document([&](std::int64_t verse, corpus::ResearchKind kind, std::string_view document) {
      if (verse < 0 || static_cast<std::size_t>(verse) >= core_.verses()) return;
      if (verse != open) {
        if (entries) entries->append_to(*next);
        entries.emplace(words_, core_, static_cast<std::uint32_t>(verse));
        open = verse;
      }
      entries->add(kind, document);
    });
    if (entries) entries->append_to(*next);
    append_registry(reader, words_, *next);
  }
  entries_ = std::move(next);
  revision_ = revision;
  made_ = true;
  return entries_;
}

Listing Library::list(const store::CorpusReader& reader, const Wanted& wanted) {
  std::optional<Mark> after;
  if (!wanted.after.empty()) after = read_mark(wanted.after);
  std::optional<NoteQuery> query;
  if (!wanted.text.empty()) query = parse_note_query(wanted.text);
  const auto all = now(reader);
  std::optional<NoteWords::Sought> sought;
  if (query) sought = words_.sought(*query);
  struct Candidate {
    Mark mark;
    const std::shared_ptr<const Entry>* entry;
  };
  std::vector<Candidate> found;
  Listing out;
  for (const auto& entry : *all) {
    if (!is_of(*entry, wanted)) continue;
    if (entry->unreadable) {
      out.unreadable.push_back(entry);
      continue;
    }
    if (!is_wanted(*entry, wanted) || (sought && !sought->in(entry->words))) continue;
    if (!wanted.starter && is_of_starter(*entry)) {
      ++out.starter_left_out;
      continue;
    }
    ++out.total;
    Mark mark = mark_of(*entry, wanted.order);
    if (!after || comes_before(*after, mark, wanted.order)) found.push_back({std::move(mark), &entry});
  }
  const std::size_t shown = std::min(found.size(), wanted.limit);
  std::ranges::partial_sort(
      found, found.begin() + static_cast<std::ptrdiff_t>(shown),
      [&](const Candidate& a, const Candidate& b) { return comes_before(a.mark, b.mark, wanted.order); });
  for (std::size_t i = 0; i < shown; ++i) out.entries.push_back(*found[i].entry);
  if (shown < found.size() && shown > 0) out.next = written_mark(found[shown - 1].mark);
  return out;
}

std::shared_ptr<const Entry> Library::find(const store::CorpusReader& reader, const DocumentType& type,
                                           std::string_view id) {
  const auto all = now(reader);
  const auto it =
      std::ranges::find_if(*all, [&](const auto& entry) { return entry->type == &type && entry->id == id; });
  return it == all->end() ? nullptr : *it;
}

Document Library::document(const Entry& entry) const {
  require_readable(entry);
  std::optional<VersePlace> verse;
  if (entry.verse) verse = VersePlace{core_.surah(*entry.verse), core_.ayah(*entry.verse)};
  Document out = document_of(*entry.type, verse, {}, json::parse(entry.kept));
  out.id = entry.id;
  out.key = entry.key;
  return out;
}

}  // namespace kalima::research
