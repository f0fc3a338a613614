// What people saved under a name (research/document_types.h), as queries name it: `$name` a list, `@name` a saved query or a
// sub-corpus.
//
// Threads: any.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan/names.h"
#include "research/library.h"

namespace kalima::saved {

using ReadEntries = std::function<std::shared_ptr<const research::Entries>()>;

// The documents as they were when a name was first asked for: whoever keeps it, sees no later change.
class SavedNames : public query::Names {
 public:
  explicit SavedNames(ReadEntries read) : read_(std::move(read)) {}

  std::optional<std::vector<std::string>> list(std::string_view name) const override;
  // Throws Error(bad_input) if a saved query and a sub-corpus have this name.
  std::optional<std::string> query(std::string_view name) const override;
  std::vector<std::string> all(char sign) const override;

 private:
  const research::Entries& entries() const;
  std::vector<json::Value> find(char sign, std::string_view name) const;

  ReadEntries read_;
  mutable std::once_flag once_;
  mutable std::shared_ptr<const research::Entries> entries_;
};

// The saved queries and sub-corpora whose text names the document of this type, with their sign: "@verbs". Empty for a type
// that queries cannot name.
std::vector<std::string> named_by(const research::Entries& entries, const research::DocumentType& type,
                                  std::string_view name);

// What a document says is meant by its name; of one that says nothing, a list without items or an empty text.
std::vector<std::string> items_of(const json::Value& document);
std::string text_of(const json::Value& document);

// A hash of what a name means now, with its sign; empty if it means nothing.
std::string version_of_name(const query::Names& names, std::string_view name);
// Of all of them together.
std::string version_of_names(const query::Names& names, const std::vector<std::string>& used);

}  // namespace kalima::saved
