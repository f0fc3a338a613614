#include "research/writing.h"

#include <fmt/format.h>

#include <algorithm>

#include "research/shelf.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::research {
namespace {

using corpus::VersePlace;
using store::ResearchEdit;

[[noreturn]] void no_document(const DocumentType& type, std::string_view id) {
  throw Error(ErrorCode::not_found, fmt::format("{} \"{}\" not found", type.name, utf8::prefix(id, 100)))
      .with({.parameter = "id"});
}

[[noreturn]] void taken(const DocumentType& type, std::string_view id) {
  throw Error(ErrorCode::conflict,
              fmt::format("a {} \"{}\" exists already", type.name, utf8::prefix(id, 100)),
              "replace that one, or choose another id")
      .with({.parameter = "id"});
}

[[noreturn]] void impossible_name() {
  throw Error(ErrorCode::bad_input, "the id is not possible here",
              "choose up to 200 bytes without / and control characters, not beginning with @")
      .with({.parameter = "id"});
}

void require_name(std::string_view name) {
  if (!is_name(name)) impossible_name();
}

// Types whose names are written with one sign share them.
void require_free(ResearchEdit& edit, const DocumentType& type, std::string_view name) {
  for (const DocumentType& other : document_types()) {
    const bool shared = &other == &type || (type.sign != 0 && other.sign == type.sign);
    if (shared && Shelf(edit, other).has_id(name)) taken(other, name);
  }
}

std::string now_text() { return local_iso_time(std::chrono::system_clock::now()); }

// "a-20261128-220501", or with a number after it that makes it new.
std::string new_name(const DocumentType& type, const Shelf& shelf) {
  if (type.id_prefix.empty()) {
    throw Error(ErrorCode::bad_input, fmt::format("a {} needs an id: its name", type.name))
        .with({.parameter = "id"});
  }
  const std::string first =
      fmt::format("{}-{}", type.id_prefix, local_time_stamp(std::chrono::system_clock::now()));
  std::string name = first;
  for (int number = 2; shelf.has_id(name); ++number) name = fmt::format("{}-{}", first, number);
  return name;
}

}  // namespace

struct Writing::Target {
  std::optional<VersePlace> verse;
  std::optional<std::int64_t> number;  // of the verse
  std::string name;
};

Writing::Target Writing::find_target(const DocumentType& type, std::string_view id) const {
  const auto parsed = parse_id(type, id);
  if (!parsed) no_document(type, id);
  Target out{parsed->verse, std::nullopt, parsed->name};
  if (parsed->verse) {
    const auto number = core_.find_verse(parsed->verse->surah, parsed->verse->ayah);
    if (!number) no_document(type, id);
    out.number = static_cast<std::int64_t>(*number);
  }
  return out;
}

Outcome Writing::create(const DocumentType& type, const json::Value& body, const std::string& action) const {
  Draft draft = read_draft(type, body);
  std::optional<std::int64_t> verse;
  std::optional<VersePlace> home;
  if (type.kind) {
    if (!draft.anchor) {
      throw Error(ErrorCode::bad_input, "the anchor is missing: where in the text the document belongs",
                  "name a verse or words: 2:255, 2:255:1, 2:255:1-2:255:3")
          .with({.parameter = "anchor"});
    }
    require_in_corpus(*draft.anchor, core_);
    home = draft.anchor->home();
    verse = static_cast<std::int64_t>(core_.find_verse(home->surah, home->ayah).value());
  }
  if (!draft.name.empty()) {
    // The id as answers have it, or only the name.
    if (const auto parsed = parse_id(type, draft.name); parsed && parsed->verse == home)
      draft.name = parsed->name;
    if (!type.single()) {
      require_name(draft.name);
    } else if (!draft.name.empty()) {
      impossible_name();
    }
  }
  Outcome out;
  out.entry = desk_.write(verse, action, [&](ResearchEdit& edit) {
    Shelf shelf(edit, type);
    if (type.single()) {
      if (shelf.has_id({})) taken(type, id_of(type, home, {}));
    } else {
      shelf.require_room();
      if (draft.name.empty()) draft.name = new_name(type, shelf);
      require_free(edit, type, draft.name);
    }
    json::Value kept = made_document(type, draft, draft.anchor, now_text());
    shelf.add(draft.name, kept);
    out.document = document_of(type, home, draft.name, std::move(kept));
  });
  return out;
}

Outcome Writing::replace(const DocumentType& type, std::string_view id, std::string_view seen,
                         const json::Value& body, const std::string& action) const {
  const Target target = find_target(type, id);
  const Draft draft = read_draft(type, body);
  const bool other_name = !draft.name.empty() && draft.name != id && draft.name != target.name;
  const bool renames = other_name && type.sign != 0;
  if (renames) require_name(draft.name);
  if (other_name && !renames) {
    throw Error(ErrorCode::bad_input, "the id in the document is not that of the address")
        .with({.parameter = "id"});
  }
  if (draft.anchor && draft.anchor->home() != *target.verse) {
    throw Error(ErrorCode::bad_input, "the anchor begins in another verse",
                "remove the document and create one there")
        .with({.parameter = "anchor"});
  }
  Outcome out;
  out.entry = desk_.write(target.number, action, [&](ResearchEdit& edit) {
    Shelf shelf(edit, type);
    const auto place = shelf.find(target.name);
    if (!place) no_document(type, id);
    out.document = document_of(type, target.verse, target.name, shelf.document(*place));
    out.stale = seen != "*" && seen != out.document->version;
    if (out.stale) return;
    // An anchor that the corpus has not stays until another one is given.
    if (draft.anchor && draft.anchor != out.document->anchor) require_in_corpus(*draft.anchor, core_);
    json::Value kept = replaced_document(*out.document, draft, now_text());
    if (renames) {
      require_free(edit, type, draft.name);
      shelf.erase(*place);
      shelf.add(draft.name, kept);
    } else if (kept != out.document->kept) {
      shelf.replace(*place, kept);
    } else {
      return;
    }
    out.document = document_of(type, target.verse, renames ? draft.name : target.name, std::move(kept));
  });
  return out;
}

Outcome Writing::remove(const DocumentType& type, std::string_view id, std::string_view seen,
                        const std::string& action) const {
  const Target target = find_target(type, id);
  Outcome out;
  out.entry = desk_.write(target.number, action, [&](ResearchEdit& edit) {
    Shelf shelf(edit, type);
    const auto place = shelf.find(target.name);
    if (!place) no_document(type, id);
    out.document = document_of(type, target.verse, target.name, shelf.document(*place));
    out.stale = seen != "*" && seen != out.document->version;
    if (out.stale) return;
    shelf.erase(*place);
    out.document.reset();
  });
  return out;
}

}  // namespace kalima::research
