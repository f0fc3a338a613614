// What was typed on the command line, apart from any one command.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::cli {

// The arguments as the library takes them. Some short forms mean a command: nothing, and options alone, are `serve --open`, `help`
// is `--help`, `help COMMAND` is `COMMAND --help`, `version` is `--version`. Throws Error(bad_input) for an unknown command.
std::vector<std::string> arguments(const CLI::App& app, int argc, char** argv);

// Why the library did not take the arguments, as an Error(bad_input) with what may have been meant.
[[noreturn]] void refuse(const CLI::App& app, const CLI::ParseError& error);

// Checks of a value; the message says which values are possible.
CLI::Validator whole_number(std::uint64_t min, std::uint64_t max);
CLI::Validator one_of(std::vector<std::string> values);
// What --format says of these names, of which the first is for people.
std::string help_of_formats(std::span<const std::string_view> names);

// Units as of `8GiB`; the value becomes a number of bytes.
CLI::Validator size_in_bytes();
// "one of lemma, root, …".
std::string list_of_attributes();

// How the program was called, as it can be typed again: "kalima", "./kalima".
void set_program(std::string_view first_argument);
const std::string& program();

}  // namespace kalima::cli
