#include <CLI/CLI.hpp>

#include "app/paths.h"
#include "cli/command.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::cli {

CLI::Option* add_database_option(CLI::App& command, std::string& database, const char* help) {
  database = files::to_utf8(app::default_database().value_or(std::filesystem::path{}));
  CLI::Option* option = command.add_option("--db", database, help)->envname("KALIMA_DB")->type_name("FILE");
  return database.empty() ? option : option->capture_default_str();
}

std::filesystem::path database_path(const std::string& database) {
  if (!database.empty()) return files::path_from_utf8(database);
  throw Error(ErrorCode::bad_input,
              "no database is named, and the environment names no folder for a default one",
              "name one with --db FILE");
}

std::optional<std::filesystem::path> optional_path(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return files::path_from_utf8(text);
}

}  // namespace kalima::cli
