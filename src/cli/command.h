// One file a command; each adds itself to the command line.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace kalima::cli {

// The command that the user chose; returns the exit code.
using Action = std::function<int()>;

void add_import(CLI::App& app, Action& chosen);
void add_reindex(CLI::App& app, Action& chosen);
void add_serve(CLI::App& app, Action& chosen);
void add_export(CLI::App& app, Action& chosen);
void add_backup(CLI::App& app, Action& chosen);
void add_check(CLI::App& app, Action& chosen);
void add_undo(CLI::App& app, Action& chosen);

// The option --db that every command has; `database` begins as the default one.
void add_database_option(CLI::App& command, std::string& database, const char* help = "Database");

}  // namespace kalima::cli
