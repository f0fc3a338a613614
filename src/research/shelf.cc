#include "research/shelf.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "research/document.h"
#include "research/limits.h"
#include "support/error.h"
#include "support/numbers.h"

namespace kalima::research {

std::optional<Shelf::Slot> Shelf::find(std::string_view name) const {
  std::optional<Slot> found;
  // "@3": the third, which no name finds.
  std::optional<std::size_t> number;
  if (name.starts_with('@')) number = numbers::parse<std::size_t>(name.substr(1), {.min = 1});
  if (!type_.kind) {
    if (is_name(name)) {
      if (edit_.registry_entry(type_.section, name)) found = Slot{0, std::string(name)};
    } else if (number) {
      const std::vector<std::string> names = edit_.registry_names(type_.section);
      if (*number <= names.size() && !is_name(names[*number - 1])) found = Slot{0, names[*number - 1]};
    }
  } else if (type_.single()) {
    const auto places = edit_.places(*type_.kind);
    if (name.empty() && !places.empty()) found = Slot{places.front(), {}};
  } else if (is_name(name)) {
    const auto places = edit_.places(*type_.kind, name);
    if (places.size() == 1) found = Slot{places.front(), {}};
  } else if (number) {
    const auto places = edit_.places(*type_.kind);
    if (*number > places.size()) return std::nullopt;
    const std::string id(text_member(edit_.document(*type_.kind, places[*number - 1]).value(), "id"));
    if (!is_name(id) || edit_.places(*type_.kind, id).size() > 1) found = Slot{places[*number - 1], {}};
  }
  if (found && document(*found).as_object() == nullptr) return std::nullopt;
  return found;
}

bool Shelf::has_same(const json::Value& document) const {
  if (!type_.kind) return false;
  const auto list = edit_.list(*type_.kind).value_or(json::Array{});
  return std::ranges::find(list, document) != list.end();
}

bool Shelf::has_id(std::string_view name) const {
  if (!type_.kind) return edit_.registry_entry(type_.section, name).has_value();
  return type_.single() ? edit_.size(*type_.kind) > 0 : !edit_.places(*type_.kind, name).empty();
}

json::Value Shelf::document(const Slot& slot) const {
  return type_.kind ? edit_.document(*type_.kind, slot.place).value()
                    : edit_.registry_entry(type_.section, slot.key).value();
}

void Shelf::require_room() const {
  const std::size_t documents =
      type_.kind ? edit_.size(*type_.kind) : edit_.registry_names(type_.section).size();
  if (documents < max_documents_of_a_list) return;
  throw Error(ErrorCode::too_large,
              fmt::format("the list is full: it may contain {} documents", max_documents_of_a_list));
}

void Shelf::add(std::string_view name, const json::Value& document) {
  if (type_.single()) {
    edit_.set_list(*type_.kind, {document});
  } else if (type_.kind) {
    edit_.append(*type_.kind, document);
  } else {
    edit_.set_registry_entry(type_.section, name, document);
  }
}

void Shelf::replace(const Slot& slot, const json::Value& document) {
  if (type_.single()) {
    edit_.set_list(*type_.kind, {document});
  } else if (type_.kind) {
    edit_.replace(*type_.kind, slot.place, document);
  } else {
    edit_.set_registry_entry(type_.section, slot.key, document);
  }
}

void Shelf::erase(const Slot& slot) {
  if (type_.single()) {
    edit_.erase_list(*type_.kind);
  } else if (type_.kind) {
    edit_.erase(*type_.kind, slot.place);
  } else {
    edit_.set_registry_entry(type_.section, slot.key, std::nullopt);
  }
}

}  // namespace kalima::research
