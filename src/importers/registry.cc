#include "importers/registry.h"

#include <fmt/format.h>

#include "support/json.h"

namespace kalima::importers {

void import_registry(const SourceFile& file, store::CorpusWriter& writer, Counts& counts) {
  const json::Value registry =
      file.located(0, [&] { return json::parse(file.text()); }, {.message = "not a JSON object"});
  if (registry.as_object() == nullptr) file.fail(0, "not a JSON object");
  for (const auto& [key, value] : *registry.as_object()) {
    const bool section = key == "tags" || key == "patterns";
    if (section && value.as_object() == nullptr)
      file.fail(0, fmt::format("\"{}\" is not an object of names and documents", key));
    // A section's key keeps its position among the others, with `true` instead of its members, which have
    // their own rows.
    writer.add_registry("", key, section ? json::Value(true) : value);
    if (!section) continue;
    for (const auto& [name, document] : *value.as_object()) writer.add_registry(key, name, document);
    (key == "tags" ? counts.tags : counts.patterns) = value.as_object()->size();
  }
}

}  // namespace kalima::importers
