// What a query may name: `$name`, a list of texts, and `@name`, another query. The caller has them; nothing here knows where they
// are kept. Names are compared as they are written.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::query {

class Names {
 public:
  virtual ~Names() = default;

  // nullopt if nothing has this name, which is without its sign. Throws Error(bad_input) if it cannot be used.
  virtual std::optional<std::vector<std::string>> list(std::string_view name) const = 0;
  virtual std::optional<std::string> query(std::string_view name) const = 0;

  // All of a sign, $ or @, without it.
  virtual std::vector<std::string> all(char sign) const = 0;
};

// What may help who asked for a name that nothing has. `known`: all of its sign.
std::string cure_of_missing(std::string_view name, const std::vector<std::string>& known);

}  // namespace kalima::query
