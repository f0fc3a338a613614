#include <CLI/CLI.hpp>

#include "app/paths.h"
#include "cli/command.h"
#include "support/files.h"

namespace kalima::cli {

void add_database_option(CLI::App& command, std::string& database, const char* help) {
  database = files::to_utf8(app::default_database());
  command.add_option("--db", database, help)->envname("KALIMA_DB")->type_name("FILE")->capture_default_str();
}

}  // namespace kalima::cli
