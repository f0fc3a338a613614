// One file for each command; each adds itself to the command line.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace kalima::cli {

// Runs the command that the user chose; returns the exit code.
using Action = std::function<int()>;

void add_import(CLI::App& app, Action& chosen);
void add_reindex(CLI::App& app, Action& chosen);
void add_serve(CLI::App& app, Action& chosen);
void add_export(CLI::App& app, Action& chosen);
void add_backup(CLI::App& app, Action& chosen);
void add_check(CLI::App& app, Action& chosen);
void add_undo(CLI::App& app, Action& chosen);
void add_query(CLI::App& app, Action& chosen);
void add_stats(CLI::App& app, Action& chosen);
void add_notes(CLI::App& app, Action& chosen);
void add_research(CLI::App& app, Action& chosen);
void add_licenses(CLI::App& app, Action& chosen);

// The option --db of every command; `database` is first the default one, or empty if the environment names no
// folder for it.
CLI::Option* add_database_option(CLI::App& command, std::string& database, const char* help = "Database");
// The value of that option after the command line was read. Throws Error(bad_input) if it is empty.
std::filesystem::path database_path(const std::string& database);

// An option that names a file or folder; nullopt if it was not given.
std::optional<std::filesystem::path> optional_path(const std::string& text);

}  // namespace kalima::cli
