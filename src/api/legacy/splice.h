#pragma once

#include "api/legacy/live_verses.h"
#include "http/body.h"

namespace kalima::api::legacy {

// Puts the current verse into an answer.
inline void splice_verse(VerseText text, http::Body& body) {
  body.splice(text.json);
  if (text.owner) body.keep(std::move(text.owner));
}
inline void splice_verse(const LiveVerses& verses, std::size_t number, http::Body& body) {
  splice_verse(verses.verse(number), body);
}

}  // namespace kalima::api::legacy
