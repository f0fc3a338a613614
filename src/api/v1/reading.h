// What the routes that read the corpus share: made from the core file when one of them is first asked, then kept.
// Threads: any.
#pragma once

#include <memory>

#include "api/v1/places.h"
#include "api/v1/verse_writer.h"
#include "api/v1/when_asked.h"

namespace kalima::api::v1 {

struct Reading {
  explicit Reading(const columns::CoreFile& of) : core(of), places(core), nodes(core), verses(core, nodes) {}

  const columns::CoreFile& core;
  const Places places;
  const NodesOfVerses nodes;
  const VerseWriter verses;
};

using ReadingWhenAsked = WhenAsked<Reading>;

}  // namespace kalima::api::v1
