// The writing half of the old API.
//
// Every handler runs inside the desk's transaction: a refused request changes nothing, an answered one is on
// the disk. A request with If-Match is refused with 412 if the list or document that it changes is no longer
// the one that the client saw; the old frontend does not send If-Match.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/legacy/api.h"
#include "api/legacy/new_ids.h"
#include "api/legacy/research_answers.h"
#include "api/legacy/research_documents.h"
#include "api/legacy/values.h"
#include "api/legacy/verse_path.h"
#include "support/clock.h"
#include "support/error.h"

namespace kalima::api::legacy {
namespace {

using corpus::ResearchKind;
using http::Body;
using http::PathParts;
using http::Request;
using http::Response;
using store::ResearchEdit;

Response success(std::string_view key = {}, const json::Value& value = {}) {
  json::Object answer{{"success", true}};
  if (!key.empty()) answer.emplace_back(std::string(key), value);
  return http::json_response(Body(json::sorted(json::Value(std::move(answer)))));
}

json::Value body_of(const Request& request) {
  if (request.body.size() > max_document_bytes) {
    throw Error(ErrorCode::too_large, fmt::format("the body has {} bytes; at most {} are allowed",
                                                  request.body.size(), max_document_bytes));
  }
  return parse_body(request.body, document_limits, "the body is not acceptable JSON");
}

json::Value object_body(const Request& request) {
  json::Value body = body_of(request);
  if (body.as_object() == nullptr) throw Error(ErrorCode::bad_input, "the body must be a JSON object");
  return body;
}

bool is_among(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void require_match(const Request& request, const std::string& tag) {
  const std::string wanted = request.header("If-Match");
  if (wanted.empty() || wanted == "*") return;
  if (wanted.find(tag) == std::string::npos) {
    throw Error(ErrorCode::stale, "it was changed by another request", "read it again");
  }
}

class Writes {
 public:
  explicit Writes(const Context& context) : verses_(context.verses), desk_(context.desk) {}

  Response add_annotation(const Request& request, const PathParts& parts) {
    const json::Value body = object_body(request);
    const auto verse = verses_.snapshot().find_verse(parts.numbers[0], parts.numbers[1]);
    if (!verse) return http::error_response({ErrorCode::bad_input, "Failed to add annotation"});
    return write_list(request, *verse, ResearchKind::annotation, [&](ResearchEdit& edit) {
      append(edit, ResearchKind::annotation, make_annotation(body, stamp(edit, ResearchKind::annotation)));
      return success();
    });
  }

  Response add_hypothesis(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = object_body(request);
      return write_list(request, verse, ResearchKind::hypothesis, [&](ResearchEdit& edit) {
        const json::Value made = make_hypothesis(body, stamp(edit, ResearchKind::hypothesis));
        append(edit, ResearchKind::hypothesis, made);
        return success("hypothesis", made);
      });
    });
  }

  Response change_hypothesis(const Request& request, const PathParts& parts) {
    return change(request, parts, ResearchKind::hypothesis, "Hypothesis not found", "hypothesis",
                  {"hypothesis", "status", "note", "target_meta"});
  }

  Response delete_hypothesis(const Request& request, const PathParts& parts) {
    return remove(request, parts, ResearchKind::hypothesis, "Hypothesis not found");
  }

  Response add_pronoun(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = object_body(request);
      return write_list(request, verse, ResearchKind::pronoun_reference, [&](ResearchEdit& edit) {
        const json::Array pronouns = pronouns_of(verses_.snapshot().json(verse));
        const PronounDocuments made =
            make_pronoun_documents(body, pronouns, stamp(edit, ResearchKind::pronoun_reference));
        append(edit, ResearchKind::pronoun_reference, made.reference);
        append(edit, ResearchKind::hypothesis, made.hypothesis);
        return success("reference", made.hypothesis);
      });
    });
  }

  Response change_pronoun(const Request& request, const PathParts& parts) {
    return change(request, parts, ResearchKind::pronoun_reference, "Pronoun reference not found", "reference",
                  {"referent", "referent_type", "status", "note"});
  }

  Response delete_pronoun(const Request& request, const PathParts& parts) {
    return remove(request, parts, ResearchKind::pronoun_reference, "Pronoun reference not found");
  }

  Response set_connections(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = object_body(request);
      return write_list(request, verse, ResearchKind::connections, [&](ResearchEdit& edit) {
        edit.set_list(ResearchKind::connections, {body});
        return success();
      });
    });
  }

  Response add_translation(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = object_body(request);
      return write_list(request, verse, ResearchKind::translation, [&](ResearchEdit& edit) {
        const auto taken = [&](std::size_t number) {
          return !edit.places(ResearchKind::translation, fmt::format("tr-{}", number)).empty();
        };
        std::size_t number = edit.size(ResearchKind::translation) + 1;
        while (taken(number)) ++number;
        const json::Value made =
            make_translation(body, fmt::format("tr-{}", number), stamp(edit, ResearchKind::translation));
        append(edit, ResearchKind::translation, made);
        return success("translation", made);
      });
    });
  }

  Response set_translations(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = body_of(request);
      const json::Array* list = body.as_array();
      if (list == nullptr || std::any_of(list->begin(), list->end(), [](const json::Value& document) {
            return document.as_object() == nullptr;
          })) {
        throw Error(ErrorCode::bad_input, "the body must be a JSON list of objects");
      }
      if (!list->empty()) require_room(list->size() - 1);
      return write_list(request, verse, ResearchKind::translation, [&](ResearchEdit& edit) {
        edit.set_list(ResearchKind::translation, *list);
        return success();
      });
    });
  }

  // Also if the id does not exist: then the list is created if it is missing.
  Response delete_translation(const Request& request, const PathParts& parts) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      return write_list(request, verse, ResearchKind::translation, [&](ResearchEdit& edit) {
        edit.ensure_list(ResearchKind::translation);
        erase_all(edit, ResearchKind::translation, parts.texts[1]);
        return success();
      });
    });
  }

  Response set_tag(const Request& request, const PathParts& parts) {
    const json::Value body = object_body(request);
    return write_registry(request, "tags", parts.texts[0], [&](ResearchEdit& edit) {
      const std::vector<std::string> there = edit.registry_names("tags");
      if (!is_among(there, parts.texts[0])) require_room(there.size());
      edit.set_registry_entry("tags", parts.texts[0], body);
      return success();
    });
  }

  Response add_pattern(const Request& request, const PathParts&) {
    const json::Value body = object_body(request);
    std::string id;
    if (const json::Value* given = body.find("id"); truthy(given)) {
      if (given->as_string() == nullptr) throw Error(ErrorCode::bad_input, "\"id\" must be a string");
      id = *given->as_string();
    }
    return write_registry(request, "patterns", id, [&](ResearchEdit& edit) {
      const std::vector<std::string> there = edit.registry_names("patterns");
      if (id.empty() || !is_among(there, id)) require_room(there.size());
      if (id.empty()) {
        std::size_t number = there.size() + 1;
        while (is_among(there, fmt::format("pattern-{}", number))) ++number;
        id = fmt::format("pattern-{}", number);
      }
      edit.set_registry_entry("patterns", id, body);
      return success("id", id);
    });
  }

  Response delete_pattern(const Request& request, const PathParts& parts) {
    return write_registry(request, "patterns", parts.texts[0], [&](ResearchEdit& edit) {
      if (!edit.registry_entry("patterns", parts.texts[0])) {
        throw Error(ErrorCode::not_found, "Pattern not found");
      }
      edit.set_registry_entry("patterns", parts.texts[0], std::nullopt);
      return success();
    });
  }

 private:
  static void require_room(std::size_t documents) {
    if (documents < max_documents_of_a_list) return;
    throw Error(ErrorCode::too_large,
                fmt::format("the list is full: it may contain {} documents", max_documents_of_a_list));
  }

  // A document grows with each added evidence.
  static void require_size(const json::Value& document) {
    if (json::ordered(document).size() <= max_document_bytes) return;
    throw Error(ErrorCode::too_large,
                fmt::format("the document would be larger than {} bytes", max_document_bytes));
  }

  // A time that advances with every call, and ids that no document of the verse's list has.
  Stamp stamp(const ResearchEdit& edit, ResearchKind kind) {
    const auto now = std::chrono::system_clock::now();
    const auto calls = std::make_shared<int>(0);
    return {[now, calls] { return local_iso_time(now + std::chrono::microseconds((*calls)++)); },
            [this, now, &edit, kind](std::string_view prefix) {
              std::string id = new_ids_.next(prefix, now);
              while (!edit.places(kind, id).empty()) id = new_ids_.next(prefix, now);
              return id;
            }};
  }

  static void append(ResearchEdit& edit, ResearchKind kind, const json::Value& document) {
    require_room(edit.size(kind));
    edit.append(kind, document);
  }

  // False if there was none.
  static bool erase_all(ResearchEdit& edit, ResearchKind kind, std::string_view id) {
    const std::vector<std::int64_t> places = edit.places(kind, id);
    for (auto place = places.rbegin(); place != places.rend(); ++place) edit.erase(kind, *place);
    return !places.empty();
  }

  // `tag` returns the ETag of a GET for what is changed, as the write left it; it is sent with the answer of the write.
  template <typename Edit, typename Tag>
  Response write(std::optional<std::int64_t> verse, const Request& request, Edit edit, Tag tag) {
    Response response;
    desk_.write(
        verse, fmt::format("{} {}", request.method, request.path),
        [&](ResearchEdit& open) { response = edit(open); },
        [&](const ResearchEdit& done) {
          std::optional<std::string> now = tag(done);
          if (now) response.headers.emplace_back("ETag", std::move(*now));
        });
    return response;
  }

  // A write to a verse's list. If-Match refers to the answer of GET for that list.
  template <typename Edit>
  Response write_list(const Request& request, std::size_t verse, ResearchKind kind, Edit edit) {
    const auto tag = [&](const ResearchEdit& open) {
      return std::optional(quoted_tag(open.tag(kinds_shown_with(kind))));
    };
    const auto matching = [&](ResearchEdit& open) {
      if (!request.header("If-Match").empty()) require_match(request, *tag(open));
      return edit(open);
    };
    return write(static_cast<std::int64_t>(verse), request, matching, tag);
  }

  // What cannot be read is not overwritten: nobody could take that back.
  static std::optional<json::Value> entry_before(const ResearchEdit& open, std::string_view section,
                                                 const std::string& name) {
    try {
      return open.registry_entry(section, name);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::damaged) throw;
      throw Error(ErrorCode::conflict,
                  fmt::format("what is stored as \"{}\" cannot be read, and is not overwritten", name),
                  "restore a backup, or choose another name");
    }
  }

  template <typename Edit>
  Response write_registry(const Request& request, std::string_view section, const std::string& name,
                          Edit edit) {
    std::optional<std::string> now;
    const auto matching = [&](ResearchEdit& open) {
      const auto there = entry_before(open, section, name);
      if (!request.header("If-Match").empty()) {
        if (!there) throw Error(ErrorCode::stale, "it does not exist");
        require_match(request, entity_tag(json::sorted(*there)));
      }
      Response response = edit(open);
      // `name` is known now, even if the edit chose it.
      if (const auto entry = open.registry_entry(section, name)) now = entity_tag(json::sorted(*entry));
      return response;
    };
    return write(std::nullopt, request, matching, [&](const ResearchEdit&) { return now; });
  }

  Response change(const Request& request, const PathParts& parts, ResearchKind kind, std::string_view missing,
                  std::string_view key, std::initializer_list<std::string_view> names) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      const json::Value body = object_body(request);
      return write_list(request, verse, kind, [&](ResearchEdit& edit) {
        const std::vector<std::int64_t> places = edit.places(kind, parts.texts[1]);
        if (places.empty()) throw Error(ErrorCode::not_found, std::string(missing));
        json::Value document = edit.document(kind, places.front()).value();
        update_document(document, body, names, stamp(edit, kind));
        require_size(document);
        edit.replace(kind, places.front(), document);
        return success(key, document);
      });
    });
  }

  Response remove(const Request& request, const PathParts& parts, ResearchKind kind,
                  std::string_view missing) {
    return for_reference(verses_.snapshot(), parts.texts[0], [&](std::size_t verse) {
      return write_list(request, verse, kind, [&](ResearchEdit& edit) {
        if (!erase_all(edit, kind, parts.texts[1])) throw Error(ErrorCode::not_found, std::string(missing));
        return success();
      });
    });
  }

  const LiveVerses& verses_;
  research::Desk& desk_;
  NewIds new_ids_;
};

}  // namespace

void add_write_routes(http::Router& router, const Context& context) {
  using Write = Response (Writes::*)(const Request&, const PathParts&);
  struct Row {
    const char *method, *path;
    Write write;
  };
  const auto writes = std::make_shared<Writes>(context);
  for (const Row& row :
       {Row{"POST", "/api/annotations/{int}/{int}", &Writes::add_annotation},
        Row{"POST", "/api/hypotheses/{text}", &Writes::add_hypothesis},
        Row{"PUT", "/api/hypotheses/{text}/{text}", &Writes::change_hypothesis},
        Row{"DELETE", "/api/hypotheses/{text}/{text}", &Writes::delete_hypothesis},
        Row{"POST", "/api/pronouns/{text}", &Writes::add_pronoun},
        Row{"PUT", "/api/pronouns/{text}/{text}", &Writes::change_pronoun},
        Row{"DELETE", "/api/pronouns/{text}/{text}", &Writes::delete_pronoun},
        Row{"POST", "/api/connections/{text}", &Writes::set_connections},
        Row{"POST", "/api/translations/{text}", &Writes::add_translation},
        Row{"PUT", "/api/translations/{text}", &Writes::set_translations},
        Row{"DELETE", "/api/translations/{text}/{text}", &Writes::delete_translation},
        Row{"PUT", "/api/tags/{text}", &Writes::set_tag}, Row{"POST", "/api/patterns", &Writes::add_pattern},
        Row{"DELETE", "/api/patterns/{text}", &Writes::delete_pattern}}) {
    router.add(row.method, row.path,
               [writes, write = row.write](const Request& request, const PathParts& parts) {
                 return ((*writes).*write)(request, parts);
               });
  }
}

}  // namespace kalima::api::legacy
