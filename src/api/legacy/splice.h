#pragma once

#include "http/body.h"
#include "research/live_verses.h"

namespace kalima::api::legacy {

// Puts the current verse into an answer.
inline void splice_verse(const research::LiveVerses& verses, std::size_t number, http::Body& body) {
  research::VerseText text = verses.verse(number);
  body.splice(text.json);
  if (text.owner) body.keep(std::move(text.owner));
}

}  // namespace kalima::api::legacy
