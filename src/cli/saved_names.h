// What people saved under names, for commands that ask queries.
#pragma once

#include <filesystem>
#include <memory>

#include "app/notes.h"
#include "query/query.h"
#include "saved/names.h"

namespace kalima::cli {

// Opens the database when the first name is looked up. Threads: as app::Notes.
inline query::NamesOf names_in(const std::filesystem::path& database) {
  return [database] {
    const auto notes = std::make_shared<std::unique_ptr<app::Notes>>();
    return std::make_shared<saved::SavedNames>([database, notes] {
      if (!*notes) *notes = std::make_unique<app::Notes>(database);
      return (*notes)->library().now((*notes)->reader());
    });
  };
}

}  // namespace kalima::cli
