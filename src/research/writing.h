// Creates, replaces and removes documents, each in one write of the desk.
//
// Who replaces or removes names the version that was seen; if the document has another one by now, nothing happens and the
// present one is returned. "*" is any version.
//
// Threads: any; writers wait for each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/columns/core_file.h"
#include "research/desk.h"
#include "research/document.h"

namespace kalima::research {

struct Outcome {
  std::optional<Document> document;  // as it is now; nullopt after it was removed
  bool stale = false;                // nothing was written: the client saw another version
  std::int64_t entry = 0;            // of the history; 0 if nothing was written
};

class Writing {
 public:
  // Both must outlive it.
  Writing(Desk& desk, const columns::CoreFile& core) : desk_(desk), core_(core) {}

  // `body`: a plain document (document.h). `action`: what the history says was done. Throw Error(bad_input or not_found) for what
  // cannot be written, Error(conflict) for an id that is taken, Error(too_large), and what Desk::write throws.
  Outcome create(const DocumentType& type, const json::Value& body, const std::string& action) const;
  // Another `id` in the body renames a document of a type with a sign.
  Outcome replace(const DocumentType& type, std::string_view id, std::string_view seen,
                  const json::Value& body, const std::string& action) const;
  Outcome remove(const DocumentType& type, std::string_view id, std::string_view seen,
                 const std::string& action) const;

 private:
  struct Target;
  Target find_target(const DocumentType& type, std::string_view id) const;

  Desk& desk_;
  const columns::CoreFile& core_;
};

}  // namespace kalima::research
