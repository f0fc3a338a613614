// What text searches need beside the corpus and its words: made when it is first asked for, then kept. Threads: any.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "search/latin_search.h"
#include "search/lexemes.h"
#include "search/meaning_search.h"
#include "search/meanings.h"

namespace kalima::api::v1 {

class Searching {
 public:
  // Both outlive the object.
  Searching(const columns::CoreFile& core, const search::WordFile& words)
      : core_(core), words_(words), translations_(core.verses()) {}

  const search::Lexemes& lexemes() {
    std::call_once(lexemes_made_, [this] { lexemes_.emplace(core_, words_); });
    return *lexemes_;
  }
  const search::SoundsOfWords& sounds() {
    std::call_once(sounds_made_, [this] { sounds_.emplace(words_); });
    return *sounds_;
  }
  // nullptr if the corpus has no glosses.
  std::shared_ptr<const search::Meanings> glosses() {
    std::call_once(glosses_made_, [this] {
      auto made = std::make_shared<const search::Meanings>(search::glosses_of(core_));
      if (made->size() > 0) glosses_ = std::move(made);
    });
    return glosses_;
  }
  std::shared_ptr<const search::Translations> translations(const store::CorpusReader& reader) {
    return translations_.get(reader);
  }

 private:
  const columns::CoreFile& core_;
  const search::WordFile& words_;
  std::once_flag lexemes_made_, sounds_made_, glosses_made_;
  std::optional<search::Lexemes> lexemes_;
  std::optional<search::SoundsOfWords> sounds_;
  std::shared_ptr<const search::Meanings> glosses_;
  search::TranslationsNow translations_;
};

}  // namespace kalima::api::v1
