#include "saved/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>

#include "attributes/table.h"
#include "query/syntax/lexer.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/nearest.h"

namespace kalima::saved {
namespace {

using research::DocumentType;

constexpr std::string_view counts_member = "counts", query_member = "query", items_member = "items",
                           attribute_member = "attribute", names_member = "names";
constexpr std::string_view number_members[] = {"hits", "spans", "words", "verses", "without_span"};
constexpr std::size_t max_items = 10'000;

[[noreturn]] void refuse(std::string_view member, std::string message, std::string cure = {}) {
  throw Error(ErrorCode::bad_input, std::move(message), std::move(cure))
      .with({.parameter = std::string(member)});
}

bool is_list(const DocumentType& type) { return type.sign == '$'; }

// Others as they are, and one as it is to become.
class WithOne : public query::Names {
 public:
  WithOne(std::shared_ptr<const query::Names> others, const DocumentType& type, std::string name,
          const json::Value& document)
      : others_(std::move(others)), sign_(type.sign), name_(std::move(name)), document_(document) {}

  std::optional<std::vector<std::string>> list(std::string_view name) const override {
    if (sign_ == '$' && name == name_) return items_of(document_);
    return others_ ? others_->list(name) : std::nullopt;
  }
  std::optional<std::string> query(std::string_view name) const override {
    if (sign_ == '@' && name == name_) return text_of(document_);
    return others_ ? others_->query(name) : std::nullopt;
  }
  std::vector<std::string> all(char sign) const override {
    return others_ ? others_->all(sign) : std::vector<std::string>();
  }

 private:
  std::shared_ptr<const query::Names> others_;
  char sign_;
  std::string name_;
  const json::Value& document_;
};

json::Value counted(const query::Found& found, const Source& source) {
  const query::Counts& counts = found.counts();
  json::Object names;
  for (const std::string& name : found.names())
    names.emplace_back(name, version_of_name(*source.names, name));
  json::Object out{{"date", utc_iso_time(std::chrono::system_clock::now())}, {"corpus", source.corpus}};
  const std::uint64_t numbers[] = {counts.hits, counts.spans, counts.words, counts.verses,
                                   counts.without_span};
  for (std::size_t i = 0; i < std::size(numbers); ++i)
    out.emplace_back(number_members[i], static_cast<std::int64_t>(numbers[i]));
  out.emplace_back(names_member, std::move(names));
  return out;
}

void check_list(const json::Value& document) {
  const json::Value* items = document.find(items_member);
  if (items == nullptr || items->is_null())
    refuse(items_member, "the items of the list are missing",
           "write the values of the list as items, at least one");
  if (items->as_array() == nullptr) refuse(items_member, "items must be a list of texts");
  if (items->as_array()->size() > max_items)
    refuse(items_member, fmt::format("a list has at most {} items", max_items));
  for (const json::Value& item : *items->as_array()) {
    if (item.as_string() == nullptr || item.as_string()->empty())
      refuse(items_member, "each item must be a text that is not empty");
  }
  const std::string_view attribute = research::text_member(document, attribute_member);
  if (attribute.empty() || attributes::find(attribute)) return;
  std::vector<std::string_view> names;
  for (const attributes::Definition& row : attributes::table) names.push_back(row.name);
  refuse(attribute_member, fmt::format("attribute '{}' not found", attribute),
         did_you_mean(nearest(attribute, names)));
}

bool same_member(const json::Value& one, const json::Value& other, std::string_view member) {
  const json::Value *a = one.find(member), *b = other.find(member);
  const json::Value none;
  return (a == nullptr ? none : *a) == (b == nullptr ? none : *b);
}

std::vector<std::string> differences(const json::Value& saved, const json::Value& now) {
  std::vector<std::string> out;
  if (!same_member(saved, now, "corpus")) out.emplace_back("corpus");
  for (const std::string_view member : number_members) {
    if (!same_member(saved, now, member)) out.emplace_back(member);
  }
  const json::Value none = json::Object{};
  const auto names = [&](const json::Value& counts) -> const json::Value& {
    const json::Value* found = counts.find(names_member);
    return found == nullptr || found->as_object() == nullptr ? none : *found;
  };
  for (const auto* side : {&saved, &now}) {
    for (const auto& [name, version] : *names(*side).as_object()) {
      if (same_member(names(saved), names(now), name) || std::ranges::find(out, name) != out.end()) continue;
      out.push_back(name);
    }
  }
  return out;
}

}  // namespace

std::string query_of(const DocumentType& type, std::string_view name, const json::Value& document) {
  if (!is_list(type)) return text_of(document);
  const std::string_view attribute = research::text_member(document, attribute_member);
  return fmt::format("[{}=${}]", attribute.empty() ? "word" : attribute, name);
}

void complete(const DocumentType& type, std::string_view name, json::Value& document,
              const json::Value* before, const Source& source) {
  if (type.sign == 0 || document.as_object() == nullptr) return;
  std::string new_name(research::text_member(document, "id"));
  if (new_name.empty()) new_name = name;
  if (!new_name.empty() && !query::is_name(new_name)) {
    refuse("id", fmt::format("a query cannot name it {}{}", type.sign, new_name),
           "choose letters of any script, digits, _ and - within, beginning with a letter; not MU or _");
  }
  const std::string_view member = is_list(type) ? items_member : query_member;
  if (is_list(type)) {
    check_list(document);
  } else if (text_of(document).empty()) {
    refuse(query_member, "the text of the query is missing");
  }
  const json::Value* given = document.find(counts_member);
  const bool has_counts = given != nullptr && !given->is_null();
  const bool same = before != nullptr && same_member(*before, document, member) &&
                    (!is_list(type) || same_member(*before, document, attribute_member));
  Source with_one = source;
  with_one.names = std::make_shared<WithOne>(source.names, type, new_name, document);
  with_one.options.names = with_one.names;
  const query::Found found =
      in_context([&] { return ErrorContext{.parameter = std::string(member)}; },
                 [&] { return source.engine.run(query_of(type, new_name, document), with_one.options); });
  if (has_counts && same && same_member(*before, document, counts_member)) return;
  document.set(counts_member, found.partial() ? json::Value() : counted(found, with_one));
}

json::Value asked_again(const research::Document& document, const Source& source) {
  const std::string text = query_of(*document.type, document.id, document.kept);
  const json::Value* kept = document.kept.find(counts_member);
  const json::Value saved = kept != nullptr && kept->as_object() != nullptr ? *kept : json::Value();
  json::Value now, error;
  bool partial = false;
  query::Options options = source.options;
  options.names = source.names;
  try {
    const query::Found found = source.engine.run(text, options);
    partial = found.partial();
    now = counted(found, source);
  } catch (const query::QueryError& e) {
    error = json::Object{{"message", e.what()}, {"shown", e.shown()}, {"cure", e.cure()}};
  } catch (const Error& e) {
    if (e.code() != ErrorCode::bad_input && e.code() != ErrorCode::too_large) throw;
    error = json::Object{{"message", e.what()}, {"shown", ""}, {"cure", e.cure()}};
  }
  json::Array changed;
  if (!saved.is_null() && !now.is_null() && !partial) {
    for (std::string& one : differences(saved, now)) changed.emplace_back(std::move(one));
  }
  return json::Object{
      {"id", document.id}, {"kind", document.type->name},   {"query", text},      {"saved", saved},
      {"now", now},        {"changed", std::move(changed)}, {"partial", partial}, {"error", error}};
}

}  // namespace kalima::saved
