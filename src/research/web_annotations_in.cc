// Web Annotations that come in: those that web_annotations.cc writes, and what others write about places of the Quran.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "research/incoming.h"
#include "research/limits.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/hash.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::research {
namespace {

constexpr std::string_view urn = "urn:kalima:";
// An annotation is nested in its page.
constexpr json::Limits web_page_limits{.depth = document_limits.depth + 8, .string_bytes = 16 * 1024 * 1024};

[[noreturn]] void refuse_item(std::size_t number, std::string message) {
  throw Error(ErrorCode::bad_input, fmt::format("annotation {}: {}", number, message));
}

// A member may be one value or a list of them.
std::vector<const json::Value*> all_of(const json::Value* member) {
  std::vector<const json::Value*> out;
  if (member == nullptr || member->is_null()) return out;
  if (const json::Array* list = member->as_array()) {
    for (const json::Value& value : *list) out.push_back(&value);
  } else {
    out.push_back(member);
  }
  return out;
}

bool has_text(const json::Value* member, std::string_view text) {
  return std::ranges::any_of(all_of(member), [&](const json::Value* value) {
    return value->as_string() != nullptr && *value->as_string() == text;
  });
}

std::string percent_read(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = text[at] == '%' && at + 2 < text.size()
                          ? numbers::parse<unsigned>(text.substr(at + 1, 2), {.max = 255, .base = 16})
                          : std::optional<unsigned>();
    out += byte ? static_cast<char>(*byte) : text[at];
    if (byte) at += 2;
  }
  return out;
}

// "2026-11-21T07:25:19Z", with parts of a second and another time zone.
std::optional<std::string> local_of(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) {
    return numbers::parse<int>(text.substr(at, size));
  };
  const auto y = part(0, 4), mo = part(5, 2), d = part(8, 2), h = part(11, 2), mi = part(14, 2),
             s = part(17, 2);
  if (!y || !mo || !d || !h || !mi || !s) return std::nullopt;
  const year_month_day date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
  if (!date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
  std::string_view zone = text.substr(19);
  if (zone.starts_with('.'))
    zone.remove_prefix(std::min(zone.find_first_not_of("0123456789", 1), zone.size()));
  minutes ahead{0};
  if (zone.size() == 6 && zone[3] == ':' && (zone[0] == '+' || zone[0] == '-')) {
    const auto hours_ahead = numbers::parse<int>(zone.substr(1, 2)),
               more = numbers::parse<int>(zone.substr(4, 2));
    if (!hours_ahead || !more) return std::nullopt;
    ahead = (zone[0] == '-' ? -1 : 1) * (hours(*hours_ahead) + minutes(*more));
  } else if (zone != "Z") {
    return std::nullopt;
  }
  return local_iso_time(sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s) - ahead);
}

// A place in a verse's IRI, or in a fragment: "2:255", "2:255:1-2:255:3".
std::optional<AnchorSpan> span_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto from = find_place(text.substr(0, dash));
  const auto to = dash == std::string_view::npos ? from : find_place(text.substr(dash + 1));
  if (!from || !to) return std::nullopt;
  return AnchorSpan{*from, *to};
}

struct WebTarget {
  AnchorSpan span;
  std::string words;  // as it quotes them
};

WebTarget target_of_item(const json::Value& value, std::size_t number) {
  WebTarget out;
  std::optional<AnchorSpan> span;
  const std::string* source = value.as_string();
  if (source == nullptr) {
    if (const json::Value* named = value.find("source")) source = named->as_string();
    if (const json::Value* named = value.find("id"); source == nullptr && named != nullptr)
      source = named->as_string();
    for (const json::Value* selector : all_of(value.find("selector"))) {
      const std::string_view type = text_member(*selector, "type");
      if (type == "FragmentSelector" && !span) span = span_of(text_member(*selector, "value"));
      if (type == "TextQuoteSelector") out.words = text_member(*selector, "exact");
    }
  }
  constexpr std::string_view verse_urn = "urn:kalima:verse:";
  if (!span && source != nullptr && source->starts_with(verse_urn))
    span = span_of(source->substr(verse_urn.size()));
  if (!span) {
    refuse_item(
        number,
        "its target is not a place of the Quran: expected a source such as urn:kalima:verse:2:255, or a "
        "FragmentSelector such as 2:255:1-2:255:3");
  }
  out.span = *span;
  return out;
}

const DocumentType& type_of_item(const json::Value& item) {
  for (const DocumentType& type : document_types()) {
    if (!type.motivation.empty() && type.kind &&
        (has_text(item.find("motivation"), type.motivation) ||
         has_text(item.find("motivation"), fmt::format("oa:{}", type.motivation))))
      return type;
  }
  return *find_document_type("annotation");
}

// The field that a body is about: that of its label, or the first one whose words are searched.
std::string_view field_of(const DocumentType& type, std::string_view label, const json::Object& fields) {
  std::string_view first;
  for (const DocumentField& field : type.fields) {
    if (!field.searched || field.kind != DocumentField::Kind::text) continue;
    if (field.name == label) return field.name;
    const bool taken =
        std::ranges::any_of(fields, [&](const json::Member& m) { return m.first == field.name; });
    if (first.empty() && !taken) first = field.name;
  }
  return first;
}

void add_bodies(const json::Value& item, const DocumentType& type, Draft& draft) {
  json::Array tags;
  const auto add_text = [&](std::string_view label, std::string_view text, std::string_view language) {
    const std::string_view name = field_of(type, label, draft.fields);
    if (!name.empty()) {
      draft.fields.emplace_back(name, text);
    } else if (const auto last = std::ranges::find_if(
                   draft.fields, [](const json::Member& m) { return m.second.as_string() != nullptr; });
               last != draft.fields.end()) {
      // More texts than the type has fields.
      last->second = *last->second.as_string() + "\n\n" + std::string(text);
    }
    if (!language.empty() && type.name == "translation" &&
        std::ranges::none_of(draft.fields, [](const json::Member& m) { return m.first == "language"; }))
      draft.fields.emplace_back("language", language);
  };
  if (const std::string_view text = text_member(item, "bodyValue"); !text.empty()) add_text({}, text, {});
  for (const json::Value* body : all_of(item.find("body"))) {
    if (const std::string* iri = body->as_string()) {
      add_text({}, *iri, {});
      continue;
    }
    std::string_view text = text_member(*body, "value");
    if (text.empty()) text = text_member(*body, "id");  // what is elsewhere is named
    if (text.empty()) continue;
    if (has_text(body->find("purpose"), "tagging")) {
      tags.emplace_back(text);
    } else {
      add_text(text_member(*body, "label"), text, text_member(*body, "language"));
    }
  }
  const bool has_tags =
      std::ranges::any_of(type.fields, [](const DocumentField& f) { return f.name == "tags"; });
  if (!tags.empty() && has_tags) draft.fields.emplace_back("tags", std::move(tags));
}

std::string creator_of(const json::Value& item) {
  for (const json::Value* creator : all_of(item.find("creator"))) {
    if (creator->as_string() != nullptr) return *creator->as_string();
    for (const char* member : {"name", "nickname", "id"}) {
      if (const std::string_view name = text_member(*creator, member); !name.empty())
        return std::string(name);
    }
  }
  return {};
}

// The type and id of one that Kalima has written.
struct NamedDocument {
  const DocumentType* type;
  ParsedId id;
};
std::optional<NamedDocument> named_by(std::string_view iri) {
  if (!iri.starts_with(urn)) return std::nullopt;
  iri.remove_prefix(urn.size());
  const std::size_t colon = std::min(iri.find(':'), iri.size());
  const DocumentType* type = find_document_type(iri.substr(0, colon));
  if (type == nullptr || !type->kind || colon == iri.size()) return std::nullopt;
  const auto id = parse_id(*type, percent_read(iri.substr(colon + 1)));
  if (!id) return std::nullopt;
  return NamedDocument{type, *id};
}

Incoming read_item(const json::Value& item, std::size_t number, std::string_view now) {
  if (item.as_object() == nullptr ||
      !(has_text(item.find("type"), "Annotation") || has_text(item.find("@type"), "Annotation") ||
        has_text(item.find("@type"), "oa:Annotation")))
    refuse_item(number, "its \"type\" is not \"Annotation\"");
  std::vector<AnchorSpan> spans;
  std::string words;
  bool quoted = true;
  for (const json::Value* target : all_of(item.find("target"))) {
    const WebTarget read = target_of_item(*target, number);
    spans.push_back(read.span);
    words += (words.empty() ? "" : " … ") + read.words;
    quoted = quoted && !read.words.empty();
  }
  if (spans.empty()) refuse_item(number, "its target is missing");
  if (spans.size() > max_anchor_spans) refuse_item(number, "it has too many targets");
  const Anchor anchor(std::move(spans));
  std::string_view iri = text_member(item, "id");
  if (iri.empty()) iri = text_member(item, "@id");
  const auto named = named_by(iri);
  const DocumentType& type = named ? *named->type : type_of_item(item);
  Draft draft;
  draft.anchor = anchor;
  if (named && named->id.verse == anchor.home()) {
    draft.name = named->id.name;
  } else if (!type.single()) {
    // The same each time, so that it is found again.
    draft.name = fmt::format("web-{:016x}", hash_of(iri.empty() ? json::sorted(item) : std::string(iri)));
  }
  add_bodies(item, type, draft);
  if (const std::string author = creator_of(item); !author.empty())
    draft.fields.emplace_back("author", author);
  Incoming out{0, &type, id_of(type, anchor.home(), draft.name), draft.name, anchor.home(), {}, {}};
  // The words of one target are those of one span only as long as none touch.
  if (quoted && anchor.spans().size() == all_of(item.find("target")).size()) out.words = words;
  out.kept = in_context([&] { return ErrorContext{.message = fmt::format("annotation {}", number)}; },
                        [&] { return made_document(type, draft, anchor, now); });
  const auto created = local_of(text_member(item, "created")),
             modified = local_of(text_member(item, "modified"));
  out.is_web_annotation = true;
  if (created) out.kept.set(type.created, *created);
  if (modified || created) out.kept.set(type.modified, modified ? *modified : *created);
  if (json::ordered(out.kept).size() > max_document_bytes)
    refuse_item(number, fmt::format("the document has more than {} bytes", max_document_bytes));
  return out;
}

// What has the annotations, in any of the forms that files have.
std::vector<const json::Value*> items_of(const json::Value& file) {
  if (file.as_array() != nullptr) return all_of(&file);
  if (const json::Value* items = file.find("items")) return all_of(items);
  if (const json::Value* first = file.find("first"); first != nullptr && first->as_object() != nullptr)
    return items_of(*first);
  if (has_text(file.find("type"), "Annotation")) return {&file};
  throw Error(ErrorCode::bad_input, "the file has no annotations: expected an AnnotationPage with \"items\"");
}

// The first line of Kalima's own files is an object of its own.
bool is_json_of_others(std::string_view file) {
  const std::size_t begin = file.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || (file[begin] != '{' && file[begin] != '[')) return false;
  const std::string_view first = file.substr(begin, file.find('\n', begin) - begin);
  return first.find("\"kalima\"") == std::string_view::npos;
}

}  // namespace

bool is_web_annotations(std::string_view file) {
  return is_json_of_others(file) && file.find("anno.jsonld") != std::string_view::npos;
}

bool lacks_web_context(std::string_view file) {
  if (!is_json_of_others(file) || is_web_annotations(file)) return false;
  constexpr std::string_view types[] = {"\"Annotation\"", "\"oa:Annotation\"", "\"AnnotationPage\"",
                                        "\"AnnotationCollection\""};
  return std::ranges::any_of(
      types, [&](std::string_view type) { return file.find(type) != std::string_view::npos; });
}

bool says_the_same(const Document& present, const Incoming& annotation, const columns::CoreFile& core) {
  if (!present.anchor) return false;
  json::Value seen = read_item(web_annotation(present, core), 0, {}).kept;
  return content_of(*present.type, std::move(seen)) == content_of(*present.type, annotation.kept);
}

std::vector<Incoming> read_web_annotations(std::string_view file, std::string_view now) {
  const json::Value value = json::parse(file, web_page_limits);
  std::vector<Incoming> out;
  for (const json::Value* item : items_of(value)) out.push_back(read_item(*item, out.size() + 1, now));
  return out;
}

}  // namespace kalima::research
