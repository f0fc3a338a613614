// What people wrote, in memory, for all routes: lists of it, and the names that queries use. Threads: any.
#pragma once

#include <memory>

#include "api/v1/api.h"
#include "research/library.h"
#include "saved/names.h"

namespace kalima::api::v1 {

class SavedLibrary {
 public:
  // The core file and the readers of `context` must outlive it.
  explicit SavedLibrary(const Context& context) : readers_(context.readers), library_(context.core) {}

  research::Library& library() const { return library_; }
  // As they are when the first one is looked up; must not outlive this.
  std::shared_ptr<const query::Names> names() const {
    return std::make_shared<saved::SavedNames>([this] {
      auto reader = readers_.lease();
      return library_.now(*reader);
    });
  }

 private:
  store::Pool<store::CorpusReader>& readers_;
  mutable research::Library library_;
};

}  // namespace kalima::api::v1
