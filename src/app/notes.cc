#include "app/notes.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/index.h"
#include "store/log_owner.h"
#include "store/schema.h"
#include "store/soundness.h"

namespace kalima::app {

std::string unreadable_warning(const research::Listing& found) {
  if (found.unreadable.empty()) return {};
  constexpr std::size_t max_named = 20;
  std::string out = "left out, because the database is damaged (restore a backup, or undo the change):\n";
  for (std::size_t i = 0; i < std::min(found.unreadable.size(), max_named); ++i)
    out += fmt::format("  {} {}\n", found.unreadable[i]->type->name, found.unreadable[i]->id);
  if (found.unreadable.size() > max_named)
    out += fmt::format("  and {} more\n", found.unreadable.size() - max_named);
  return out;
}

store::Connection open_for_writing(const std::filesystem::path& database) {
  store::require_own_log(database);
  store::require_one_name(database);
  store::Connection connection(database, store::OpenMode::read_write);
  connection.execute("PRAGMA synchronous=FULL");
  store::migrate(connection);
  store::require_sound_research(connection);
  return connection;
}

Notes::Notes(const std::filesystem::path& database)
    : database_(database),
      companions_(database),
      reader_(database),
      core_(open_core(database)),
      library_(core_) {}

const research::Writing& Notes::writing() {
  if (writing_) return *writing_;
  open_for_writing(database_);
  desk_.emplace(research::Desk::Options{database_, false}, reader_.revision().number, [](std::int64_t) {});
  return writing_.emplace(*desk_, core_);
}

}  // namespace kalima::app
