// One file a command; each adds itself to the command line.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kalima::cli {

// The command that the user chose; returns the exit code.
using Action = std::function<int()>;

void add_import(CLI::App& app, Action& chosen);
void add_reindex(CLI::App& app, Action& chosen);
void add_serve(CLI::App& app, Action& chosen);

}  // namespace kalima::cli
