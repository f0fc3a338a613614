#include "saved/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/syntax/lexer.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::saved {
namespace {

// Whether a query has this name with its sign, outside of quoted texts.
bool names_it(const std::string& text, char sign, std::string_view name) {
  try {
    for (query::Lexer lexer(text); !lexer.at_end();) {
      if (lexer.quoted()) continue;
      const bool signed_name = lexer.take(std::string_view(&sign, 1));
      if (const auto read = lexer.name()) {
        if (signed_name && *read == name) return true;
      } else if (!signed_name) {
        lexer.return_to(lexer.at() + 1);
      }
    }
  } catch (const Error&) {  // it could not be asked before either
  }
  return false;
}

}  // namespace

const research::Entries& SavedNames::entries() const {
  std::call_once(once_, [this] { entries_ = read_(); });
  return *entries_;
}

std::vector<json::Value> SavedNames::find(char sign, std::string_view name) const {
  std::vector<json::Value> out;
  for (const auto& entry : entries()) {
    if (entry->type->sign != sign || entry->id != name) continue;
    research::require_readable(*entry);
    out.push_back(json::parse(entry->kept));
  }
  return out;
}

std::optional<std::vector<std::string>> SavedNames::list(std::string_view name) const {
  const std::vector<json::Value> found = find('$', name);
  if (found.empty()) return std::nullopt;
  return items_of(found.front());
}

std::optional<std::string> SavedNames::query(std::string_view name) const {
  const std::vector<json::Value> found = find('@', name);
  if (found.size() > 1) {
    throw Error(ErrorCode::bad_input, fmt::format("a saved query and a sub-corpus are called @{}", name),
                "rename one of them");
  }
  if (found.empty()) return std::nullopt;
  return text_of(found.front());
}

std::vector<std::string> SavedNames::all(char sign) const {
  std::vector<std::string> out;
  for (const auto& entry : entries()) {
    if (entry->type->sign == sign) out.push_back(entry->id);
  }
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> named_by(const research::Entries& entries, const research::DocumentType& type,
                                  std::string_view name) {
  std::vector<std::string> out;
  for (const auto& entry : entries) {
    if (type.sign == 0 || entry->type->sign != '@' || (entry->type == &type && entry->id == name)) continue;
    if (names_it(text_of(json::parse(entry->kept)), type.sign, name)) out.push_back('@' + entry->id);
  }
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> items_of(const json::Value& document) {
  std::vector<std::string> out;
  const json::Value* items = document.find("items");
  if (items == nullptr || items->as_array() == nullptr) return out;
  for (const json::Value& item : *items->as_array()) {
    if (item.as_string() != nullptr && !item.as_string()->empty()) out.push_back(*item.as_string());
  }
  return out;
}

std::string text_of(const json::Value& document) {
  return std::string(research::text_member(document, "query"));
}

std::string version_of_name(const query::Names& names, std::string_view name) {
  std::string content;
  if (name.starts_with('$')) {
    const auto list = names.list(name.substr(1));
    if (!list) return {};
    for (const std::string& item : *list) content += item + '\0';
  } else {
    const auto text = names.query(name.substr(1));
    if (!text) return {};
    content = *text;
  }
  return fmt::format("{:016x}", hash_of(content));
}

std::string version_of_names(const query::Names& names, const std::vector<std::string>& used) {
  std::vector<std::string> versions;
  for (const std::string& name : used) versions.push_back(name + '=' + version_of_name(names, name));
  std::ranges::sort(versions);
  std::string all;
  for (const std::string& version : versions) all += version + '\n';
  return fmt::format("{:016x}", hash_of(all));
}

}  // namespace kalima::saved
