#include "cli/command_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "attributes/table.h"
#include "importers/kinds.h"
#include "support/error.h"
#include "support/files.h"
#include "support/nearest.h"
#include "support/numbers.h"

namespace kalima::cli {
namespace {

std::string program_name = "kalima";

// Groups of options are subcommands without a name.
std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_name().empty(); });
}

void require_command(const CLI::App& app, const std::string& name) {
  if (app.get_subcommand_no_throw(name) != nullptr) return;
  std::vector<std::string_view> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  const std::string meant = did_you_mean(nearest(name, names));
  throw Error(ErrorCode::bad_input, fmt::format("command \"{}\" not known", name),
              meant.empty() ? fmt::format("`{} --help` lists the commands", program()) : meant);
}

// The innermost command that was chosen, or the program.
const CLI::App& chosen_of(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_of(*chosen.front());
}

// "stats keyness"; empty for the program.
std::string path_of(const CLI::App& command) {
  if (command.get_parent() == nullptr) return {};
  const std::string before = path_of(*command.get_parent());
  return before.empty() ? command.get_name() : before + " " + command.get_name();
}

std::string help_of(const CLI::App& command) {
  const std::string path = path_of(command);
  return fmt::format("`{}{}{} --help` explains it", program(), path.empty() ? "" : " ", path);
}

// `stats` alone, or with a name that it does not have.
[[noreturn]] void refuse_missing_command(const CLI::App& command, const std::vector<std::string>& extra) {
  std::vector<std::string_view> names;
  for (const CLI::App* one : commands_of(command)) names.push_back(one->get_name());
  const std::string list = fmt::format("one of {}", fmt::join(names, ", "));
  if (extra.empty())
    throw Error(ErrorCode::bad_input, fmt::format("{} needs to know what", path_of(command)), list);
  const std::string meant = did_you_mean(nearest(extra.front(), names));
  throw Error(ErrorCode::bad_input, fmt::format("\"{}\" not known to {}", extra.front(), path_of(command)),
              meant.empty() ? list : meant);
}

// As it is typed in a shell.
std::string as_argument(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : fmt::format("\"{}\"", name);
}

// "--morphology x.txt": the option of `import` for this file or folder, by what is in it; empty if the file is missing. Throws
// Error(bad_input) if it cannot be imported.
std::string option_of_source(const std::string& name) {
  const std::filesystem::path path = files::path_from_utf8(name);
  switch (files::kind_of(path)) {
    case files::Kind::missing:
    case files::Kind::special:
      return {};
    case files::Kind::folder:
      return "--legacy " + as_argument(name);
    case files::Kind::file:
      break;
  }
  const importers::FileKind kind = importers::kind_of_file(path);
  const std::string language =
      kind == importers::FileKind::translation ? importers::language_of_name(path) + "=" : "";
  return fmt::format("--{} {}", importers::name_of(kind), as_argument(language + name));
}

// What to do about a word that a command does not take.
std::string cure_of_extra(const CLI::App& command, const std::string& extra) {
  std::vector<std::string> names;
  for (const CLI::Option* known : command.get_options()) {
    if (known->get_type_name() == "FILE" && !known->check_lname("db"))
      names.push_back("--" + known->get_lnames().front());
  }
  if (names.empty()) return help_of(command);
  if (const std::string option = command.get_name() == "import" ? option_of_source(extra) : "";
      !option.empty())
    return fmt::format("by what is in it, write `{}`", option);
  const std::string first = fmt::format("name the file's option: `{} {}`", names.front(), extra);
  names.erase(names.begin());
  return names.empty() ? first : fmt::format("{}; other files have {}", first, fmt::join(names, ", "));
}

[[noreturn]] void refuse_extra(const CLI::App& app, const CLI::App& command, const std::string& extra) {
  const bool option = extra.size() > 1 && extra[0] == '-';
  if (!option) {
    if (const CLI::App* other = app.get_subcommand_no_throw(extra); other != nullptr) {
      throw Error(ErrorCode::bad_input, fmt::format("the command \"{}\" is not at the beginning", extra),
                  fmt::format("write `{} {} …`, with its options after it", program(), extra));
    }
    throw Error(ErrorCode::bad_input, fmt::format("\"{}\" is more than {} takes", extra, path_of(command)),
                cure_of_extra(command, extra));
  }
  const std::string name = extra.substr(0, extra.find('='));
  std::vector<std::string_view> names;
  for (const CLI::Option* known : command.get_options()) {
    for (const std::string& long_name : known->get_lnames()) names.push_back(long_name);
  }
  std::vector<std::string> near = nearest(name.substr(name.find_first_not_of('-') == 2 ? 2 : 0), names);
  for (std::string& one : near) one.insert(0, "--");
  const std::string meant = did_you_mean(near);
  throw Error(ErrorCode::bad_input, fmt::format("option \"{}\" not known to {}", name, path_of(command)),
              meant.empty() ? help_of(command) : meant);
}

// `stats --db FILE frequencies`: an option of the inner command, written before it.
void refuse_early_option(const CLI::App& command) {
  for (const CLI::App* outer = command.get_parent(); outer != nullptr; outer = outer->get_parent()) {
    for (const std::string& extra : outer->remaining(false)) {
      const std::string name = extra.substr(0, extra.find('='));
      if (!name.starts_with('-') || command.get_option_no_throw(name) == nullptr) continue;
      throw Error(ErrorCode::bad_input,
                  fmt::format("{} is an option of {} and comes after it", name, path_of(command)),
                  fmt::format("write `{} {} {} …`", program(), path_of(command), name));
    }
  }
}

}  // namespace

std::vector<std::string> arguments(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> out(argv + std::min(argc, 1), argv + argc);
  if (out.empty()) return {"serve", "--open"};
  if (out[0] == "version") {
    out[0] = "--version";
  } else if (out[0] == "help") {
    out.erase(out.begin());
    // As many words as name a command: `help stats keyness`.
    std::size_t words = 0;
    for (const CLI::App* at = &app; words < out.size() && !commands_of(*at).empty(); ++words) {
      require_command(*at, out[words]);
      at = at->get_subcommand_no_throw(out[words]);
    }
    out.resize(words);
    out.emplace_back("--help");
  } else if (!out[0].empty() && out[0][0] == '-') {
    const bool own = app.get_option_no_throw(out[0]) != nullptr;
    if (!own) out.insert(out.begin(), {"serve", "--open"});
  } else {
    require_command(app, out[0]);
  }
  return out;
}

void refuse(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = chosen_of(app);
  refuse_early_option(command);
  const auto extra = command.remaining(true);
  if (!commands_of(command).empty() && command.get_parent() != nullptr)
    refuse_missing_command(command, extra);
  const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  if (is_extra && !extra.empty()) {
    // Options before the command are taken for those of `serve`.
    const auto later = std::ranges::find_if(
        extra, [&](const std::string& word) { return app.get_subcommand_no_throw(word) != nullptr; });
    const bool early = command.get_name() == "serve" && later != extra.end();
    refuse_extra(app, command, early ? *later : extra.front());
  }
  throw Error(ErrorCode::bad_input, error.what(), help_of(command));
}

CLI::Validator whole_number(std::uint64_t min, std::uint64_t max) {
  return {[min, max](const std::string& value) -> std::string {
            if (numbers::parse<std::uint64_t>(value, {.min = min, .max = max})) return {};
            return fmt::format("\"{}\" is not a whole number from {} to {}", value, min, max);
          },
          fmt::format("from {} to {}", min, max)};
}

CLI::Validator one_of(std::vector<std::string> values) {
  return {[values](const std::string& value) -> std::string {
            if (std::ranges::find(values, value) != values.end()) return {};
            return fmt::format("\"{}\" is not one of {}", value, fmt::join(values, ", "));
          },
          fmt::format("{}", fmt::join(values, ", "))};
}

CLI::Validator size_in_bytes() {
  return {[](std::string& value) -> std::string {
            const std::string typed = value;
            try {
              if (CLI::AsSizeValue(true)(value).empty()) return {};
            } catch (const CLI::ValidationError&) {  // so it says that it does not know the unit
            }
            return fmt::format(
                "\"{}\" is not a size; write a whole number with one of KiB, MiB, GiB, TiB, such as 8GiB",
                typed);
          },
          "SIZE"};
}

std::string list_of_attributes() {
  std::vector<std::string_view> names;
  for (const attributes::Definition& one : attributes::table) names.push_back(one.name);
  return fmt::format("one of {}", fmt::join(names, ", "));
}

std::string help_of_formats(std::span<const std::string_view> names) {
  const auto others = names.subspan(1);
  return fmt::format("{} for people; {} or {} for programs", names.front(),
                     fmt::join(others.first(others.size() - 1), ", "), others.back());
}

void set_program(std::string_view first_argument) {
  if (first_argument.empty()) return;
  const bool plain = first_argument.find_first_of(" \t\"'$`\\!*?[](){}<>|&;#~") == std::string_view::npos;
  program_name = plain ? std::string(first_argument) : fmt::format("\"{}\"", first_argument);
}

const std::string& program() { return program_name; }

}  // namespace kalima::cli
