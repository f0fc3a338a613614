// What the routes that read the corpus share: made from the core file when one of them is first asked, then kept.
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "api/v1/api.h"
#include "api/v1/places.h"
#include "api/v1/verse_writer.h"

namespace kalima::api::v1 {

struct Reading {
  explicit Reading(const Context& context)
      : core(context.core), places(core), nodes(core), verses(core, context.verses.snapshot(), nodes) {}

  const columns::CoreFile& core;
  const Places places;
  const NodesOfVerses nodes;
  const VerseWriter verses;
};

class ReadingWhenAsked {
 public:
  explicit ReadingWhenAsked(const Context& context) : context_(context) {}

  const Reading& get() {
    std::call_once(made_, [this] { reading_.emplace(context_); });
    return *reading_;
  }

 private:
  const Context context_;
  std::once_flag made_;
  std::optional<Reading> reading_;
};

}  // namespace kalima::api::v1
