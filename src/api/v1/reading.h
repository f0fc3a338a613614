// What the routes that read the corpus share: made from the core file when one of them is first asked, then kept.
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "api/v1/places.h"
#include "api/v1/verse_writer.h"

namespace kalima::api::v1 {

struct Reading {
  explicit Reading(const columns::CoreFile& of) : core(of), places(core), nodes(core), verses(core, nodes) {}

  const columns::CoreFile& core;
  const Places places;
  const NodesOfVerses nodes;
  const VerseWriter verses;
};

class ReadingWhenAsked {
 public:
  explicit ReadingWhenAsked(const columns::CoreFile& core) : core_(core) {}

  const Reading& get() {
    std::call_once(made_, [this] { reading_.emplace(core_); });
    return *reading_;
  }

 private:
  const columns::CoreFile& core_;
  std::once_flag made_;
  std::optional<Reading> reading_;
};

}  // namespace kalima::api::v1
