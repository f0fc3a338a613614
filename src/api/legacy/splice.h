#pragma once

#include "api/legacy/live_verses.h"
#include "http/body.h"

namespace kalima::api::legacy {

// Puts the current verse into an answer.
inline void splice_verse(const LiveVerses& verses, std::size_t number, http::Body& body) {
  VerseText text = verses.verse(number);
  body.splice(text.json);
  if (text.owner) body.keep(std::move(text.owner));
}

}  // namespace kalima::api::legacy
