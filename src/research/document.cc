#include "research/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "research/limits.h"
#include "support/error.h"
#include "support/hash.h"
#include "support/nearest.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::research {
namespace {

using corpus::VersePlace;
using Kind = DocumentField::Kind;

constexpr std::string_view anchor_member = "anchor", id_member = "id", more_member = "more";
// Of a plain document, beside its fields. Clients may send them back.
constexpr std::string_view read_only_members[] = {"kind",     "words",   "created",
                                                  "modified", "version", "change"};

[[noreturn]] void refuse_member(std::string_view name, std::string message) {
  throw Error(ErrorCode::bad_input, std::move(message)).with({.parameter = std::string(name)});
}

bool fits(Kind kind, const json::Value& value) {
  if (kind == Kind::any) return true;
  if (kind == Kind::text) return value.as_string() != nullptr;
  const json::Array* list = value.as_array();
  return list != nullptr &&
         std::ranges::all_of(*list, [](const json::Value& item) { return item.as_string() != nullptr; });
}

const DocumentField* find_field(const DocumentType& type, std::string_view name) {
  const auto it = std::ranges::find(type.fields, name, &DocumentField::name);
  return it == type.fields.end() ? nullptr : &*it;
}

std::optional<std::vector<std::uint32_t>> word_list(const json::Value* value) {
  if (value == nullptr || value->as_array() == nullptr || value->as_array()->size() > max_anchor_words)
    return std::nullopt;
  std::vector<std::uint32_t> out;
  for (const json::Value& item : *value->as_array()) {
    const auto word = item.as_integer();
    if (!word || *word < 1 || *word > 100'000) return std::nullopt;
    out.push_back(static_cast<std::uint32_t>(*word));
  }
  return out;
}

std::optional<std::uint32_t> word_member(const json::Value* object, std::string_view name) {
  const json::Value* value = object == nullptr ? nullptr : object->find(name);
  const auto word = value == nullptr ? std::nullopt : value->as_integer();
  if (!word || *word < 1 || *word > 100'000) return std::nullopt;
  return static_cast<std::uint32_t>(*word);
}

Anchor anchor_of_words(VersePlace verse, const std::vector<std::uint32_t>& words) {
  if (words.empty()) return Anchor::of_verse(verse);
  std::vector<AnchorSpan> spans;
  for (const std::uint32_t word : words) spans.push_back({{verse, word}, {verse, word}});
  return Anchor(std::move(spans));
}

// What the members of the type say, without `anchor`.
Anchor anchor_of_members(const DocumentType& type, VersePlace verse, const json::Value& kept) {
  switch (type.anchor) {
    case AnchorForm::tokens:
      if (const auto words = word_list(kept.find("target_token_ids"))) return anchor_of_words(verse, *words);
      break;
    case AnchorForm::target: {
      std::string_view target = text_member(kept, "target_id");
      // SURAH:AYAH:WORD:SEGMENT is about the word too.
      if (std::ranges::count(target, ':') == 3) target = target.substr(0, target.rfind(':'));
      const auto place = find_place(target);
      if (place && place->verse == verse) return Anchor::of({*place, *place});
      if (const auto word = word_member(kept.find("target_meta"), "token_id"))
        return anchor_of_words(verse, {*word});
      break;
    }
    case AnchorForm::token:
      if (const auto word = word_member(&kept, "token_id")) return anchor_of_words(verse, {*word});
      break;
    case AnchorForm::verse:
    case AnchorForm::none:
      break;
  }
  return Anchor::of_verse(verse);
}

std::optional<Anchor> anchor_of(const DocumentType& type, std::optional<VersePlace> verse,
                                const json::Value& kept) {
  if (!verse) return std::nullopt;
  if (const json::Value* value = kept.find(anchor_member)) {
    if (auto found = find_kept_anchor(*value); found && found->home() == *verse) return found;
  }
  return anchor_of_members(type, *verse, kept);
}

// Writes into the members of the type what they can say of the anchor, and all of it into `anchor` if that is not enough.
void set_anchor(const DocumentType& type, const Anchor& anchor, json::Value& kept) {
  const auto words = anchor.words_of_home();
  switch (type.anchor) {
    case AnchorForm::tokens: {
      json::Array ids;
      for (const AnchorSpan& span : anchor.spans()) {
        if (span.from.verse != anchor.home() || span.to.verse != anchor.home()) continue;
        for (std::uint32_t word = span.from.word; word > 0 && word <= span.to.word; ++word)
          ids.push_back(static_cast<std::int64_t>(word));
      }
      const bool token = words && (words->size() == 1 || anchor.spans().size() > 1);
      kept.set("scope", anchor.is_home_verse() ? "verse" : token ? "token" : "span");
      kept.set("target_token_ids", std::move(ids));
      break;
    }
    case AnchorForm::target:
      if (words && words->size() == 1 && text_member(kept, "target_id").empty()) {
        kept.set("target_type", "word");
        kept.set("target_id", written(anchor.spans().front().from));
      }
      break;
    case AnchorForm::token:
      kept.set("token_id", words && words->size() == 1
                               ? json::Value(static_cast<std::int64_t>(words->front()))
                               : json::Value());
      break;
    case AnchorForm::verse:
    case AnchorForm::none:
      break;
  }
  kept.erase(anchor_member);
  if (anchor_of_members(type, anchor.home(), kept) != anchor) kept.set(anchor_member, kept_anchor(anchor));
}

// Whether a plain document shows the member in another way than under `more`.
bool is_shown(const Document& document, std::string_view name, const json::Value& value) {
  const DocumentType& type = *document.type;
  if (name == type.created || name == type.modified) return value.as_string() != nullptr;
  if (name == id_member) {
    const auto parsed = parse_id(type, document.id);
    return value.as_string() != nullptr && parsed && parsed->name == *value.as_string();
  }
  if (name == anchor_member) return document.anchor && find_kept_anchor(value) == document.anchor;
  if (type.anchor == AnchorForm::tokens) {
    if (name == "target_token_ids") return word_list(&value).has_value();
    if (name == "scope") return value.as_string() != nullptr;
  }
  if (type.anchor == AnchorForm::token && name == "token_id")
    return value.is_null() || value.as_integer().has_value();
  const DocumentField* field = find_field(type, name);
  return field != nullptr && (value.is_null() || fits(field->kind, value));
}

void require_room(const json::Value& kept) {
  if (json::ordered(kept).size() <= max_document_bytes) return;
  throw Error(ErrorCode::too_large,
              fmt::format("the document would be larger than {} bytes", max_document_bytes));
}

// Fields that are not given get their initial value, or go if they have none.
void set_fields(const DocumentType& type, const Draft& draft, json::Value& kept, bool is_new) {
  for (const DocumentField& field : type.fields) {
    const auto given = std::ranges::find(draft.fields, field.name, &json::Member::first);
    const json::Value* present = kept.find(field.name);
    if (given != draft.fields.end()) {
      kept.set(field.name, given->second);
    } else if (!field.initial.empty() && (is_new || present != nullptr)) {
      if (is_new || !present->is_null()) kept.set(field.name, json::parse(field.initial));
    } else if (present != nullptr && !present->is_null()) {
      kept.erase(field.name);
    }
  }
}

}  // namespace

std::string_view text_member(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value == nullptr || value->as_string() == nullptr ? std::string_view() : *value->as_string();
}

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > 200 || name.starts_with('@') || name == "." || name == ".." ||
      !utf8::valid(name))
    return false;
  return std::ranges::all_of(name, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7F && c != '/';
  });
}

std::vector<std::string> names_of(const json::Array& documents) {
  std::map<std::string_view, std::size_t> counts;
  for (const json::Value& document : documents) ++counts[text_member(document, id_member)];
  std::vector<std::string> out;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::string_view name = text_member(documents[i], id_member);
    out.push_back(is_name(name) && counts[name] == 1 ? std::string(name) : fmt::format("@{}", i + 1));
  }
  return out;
}

std::vector<std::string> names_of(const json::Object& section) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < section.size(); ++i)
    out.push_back(is_name(section[i].first) ? section[i].first : fmt::format("@{}", i + 1));
  return out;
}

std::optional<ParsedId> parse_id(const DocumentType& type, std::string_view id) {
  if (!type.kind) return ParsedId{std::nullopt, std::string(id)};
  const std::size_t first = id.find(':');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = id.find(':', first + 1);
  const auto place = find_place(id.substr(0, second));
  const bool named = second != std::string_view::npos;
  if (!place || place->word > 0 || named == type.single()) return std::nullopt;
  return ParsedId{place->verse, named ? std::string(id.substr(second + 1)) : std::string()};
}

std::string id_of(const DocumentType& type, std::optional<VersePlace> verse, std::string_view name) {
  if (!verse) return std::string(name);
  const std::string place = fmt::format("{}:{}", verse->surah, verse->ayah);
  return type.single() ? place : fmt::format("{}:{}", place, name);
}

std::string version_of(const json::Value& kept) {
  return fmt::format("{:016x}", hash_of(json::ordered(kept)));
}

Document document_of(const DocumentType& type, std::optional<VersePlace> verse, std::string_view name,
                     json::Value kept) {
  Document out{&type, id_of(type, verse, name), std::move(kept), {}, {}};
  out.version = version_of(out.kept);
  out.anchor = anchor_of(type, verse, out.kept);
  return out;
}

json::Value plain_document(const Document& document, const columns::CoreFile& core) {
  const DocumentType& type = *document.type;
  json::Object out{{"id", document.id}, {"kind", type.name}};
  out.emplace_back("anchor", document.anchor ? anchor_json(*document.anchor) : json::Value());
  out.emplace_back("words", document.anchor ? json::Value(words_of(*document.anchor, core)) : json::Value());
  for (const DocumentField& field : type.fields) {
    const json::Value* value = document.kept.find(field.name);
    const bool shown = value != nullptr && fits(field.kind, *value);
    out.emplace_back(field.name, shown                       ? *value
                                 : field.kind == Kind::texts ? json::Value(json::Array{})
                                                             : json::Value());
  }
  const auto time = [&](std::string_view name) {
    const std::string_view text = text_member(document.kept, name);
    return text.empty() ? json::Value() : json::Value(text);
  };
  out.emplace_back("created", time(type.created));
  out.emplace_back("modified", time(type.modified));
  out.emplace_back("version", document.version);
  json::Object more;
  for (const auto& [name, value] : *document.kept.as_object()) {
    if (!is_shown(document, name, value)) more.emplace_back(name, value);
  }
  out.emplace_back(more_member, std::move(more));
  return out;
}

bool is_about(const DocumentType& type, std::string_view name, const json::Value& changes) {
  const std::string_view kind = type.kind ? corpus::verse_key(*type.kind) : type.section;
  if (changes.as_array() == nullptr) return false;
  // The state of the document before or after a change of a whole list.
  const auto in_list = [&](const json::Value* state) -> const json::Value* {
    if (state == nullptr || state->as_array() == nullptr) return nullptr;
    const auto it = std::ranges::find_if(*state->as_array(), [&](const json::Value& document) {
      return text_member(document, id_member) == name;
    });
    return it == state->as_array()->end() ? nullptr : &*it;
  };
  return std::ranges::any_of(*changes.as_array(), [&](const json::Value& change) {
    if (text_member(change, "kind") != kind) return false;
    if (!type.kind) return text_member(change, "name") == name;
    if (type.single()) return true;
    const json::Value *before = change.find("before"), *after = change.find("after");
    if (change.find("position") != nullptr) {
      return (before != nullptr && text_member(*before, id_member) == name) ||
             (after != nullptr && text_member(*after, id_member) == name);
    }
    const json::Value *old_one = in_list(before), *new_one = in_list(after);
    if (old_one == nullptr || new_one == nullptr) return old_one != new_one;
    return *old_one != *new_one;
  });
}

Draft read_draft(const DocumentType& type, const json::Value& body) {
  Draft out;
  if (body.as_object() == nullptr) throw Error(ErrorCode::bad_input, "the document must be a JSON object");
  for (const auto& [name, value] : *body.as_object()) {
    if (value.is_null() || std::ranges::find(read_only_members, name) != std::end(read_only_members))
      continue;
    if (name == id_member) {
      if (value.as_string() == nullptr) refuse_member(name, "the id must be a text");
      out.name = *value.as_string();
    } else if (name == anchor_member) {
      if (!type.kind) refuse_member(name, fmt::format("a {} has no anchor", type.name));
      out.anchor = read_anchor(value);
    } else if (name == more_member) {
      if (value.as_object() == nullptr) refuse_member(name, "\"more\" must be an object");
      out.more = *value.as_object();
    } else if (const DocumentField* field = find_field(type, name)) {
      if (!fits(field->kind, value)) {
        refuse_member(name, field->kind == Kind::text ? fmt::format("{} must be a text", name)
                                                      : fmt::format("{} must be a list of texts", name));
      }
      out.fields.emplace_back(name, value);
    } else {
      std::vector<std::string_view> names;
      for (const DocumentField& each : type.fields) names.push_back(each.name);
      throw Error(ErrorCode::bad_input,
                  fmt::format("\"{}\" is not a field of {}", utf8::prefix(name, 100), type.plural),
                  did_you_mean(nearest(name, names)))
          .with({.parameter = name});
    }
  }
  return out;
}

namespace {

// Members that the type does not know come from `more`.
void set_more(const Document& document, const Draft& draft, json::Value& kept) {
  for (const auto& [name, value] : draft.more) {
    const json::Value* present = document.kept.find(name);
    const bool odd = present != nullptr && !is_shown(document, name, *present);
    const bool known = find_field(*document.type, name) != nullptr || is_shown(document, name, value) ||
                       name == id_member || name == anchor_member || name == document.type->created ||
                       name == document.type->modified;
    if (known && !(odd && *present == value)) {
      refuse_member(more_member, fmt::format("\"{}\" is not one of the members of \"more\"", name));
    }
    const bool given = std::ranges::find(draft.fields, name, &json::Member::first) != draft.fields.end();
    if (!given) kept.set(name, value);
  }
}

}  // namespace

json::Value made_document(const DocumentType& type, const Draft& draft, const std::optional<Anchor>& anchor,
                          std::string_view now) {
  json::Value kept = json::Object{};
  // The key of a tag is its name; there is at most one document of connections.
  if (!type.id_prefix.empty()) kept.set(id_member, draft.name);
  set_fields(type, draft, kept, true);
  if (anchor) set_anchor(type, *anchor, kept);
  set_more(document_of(type, anchor ? std::optional(anchor->home()) : std::nullopt, {}, json::Object{}),
           draft, kept);
  kept.set(type.created, now);
  kept.set(type.modified, now);
  require_room(kept);
  return kept;
}

json::Value replaced_document(const Document& present, const Draft& draft, std::string_view now) {
  json::Value kept = present.kept;
  // `more` is replaced like the fields.
  for (const auto& [name, value] : *present.kept.as_object()) {
    const bool stays = std::ranges::find(draft.more, name, &json::Member::first) != draft.more.end();
    if (!stays && name != id_member && !is_shown(present, name, value)) kept.erase(name);
  }
  set_fields(*present.type, draft, kept, false);
  set_more(present, draft, kept);
  if (draft.anchor && draft.anchor != present.anchor) {
    // The word that was meant before is not the target any more.
    if (present.type->anchor == AnchorForm::target &&
        text_member(kept, "target_id") == text_member(present.kept, "target_id") &&
        find_place(text_member(kept, "target_id")))
      kept.set("target_id", json::Value());
    set_anchor(*present.type, *draft.anchor, kept);
    kept.erase(former_words_member);  // they were those of the former anchor
  }
  if (kept != present.kept) kept.set(present.type->modified, now);
  require_room(kept);
  return kept;
}

}  // namespace kalima::research
