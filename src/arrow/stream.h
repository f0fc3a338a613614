// Rows as a stream of Apache Arrow: begin(), rows, end(). What is written is appended to `out`, a batch of rows at a time.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kalima::arrow {

inline constexpr std::size_t max_batch_rows = 4'096, max_batch_bytes = std::size_t{256} * 1024;

enum class Type : std::uint8_t { text, whole, number };

struct Field {
  std::string name;
  Type type = Type::text;
};

// Missing, or of the type of its field; a whole number may be in a field of numbers.
using Cell = std::variant<std::monostate, std::string_view, std::int64_t, double>;

class StreamWriter {
 public:
  // Names and values that say what the table is.
  using About = std::vector<std::pair<std::string, std::string>>;

  explicit StreamWriter(std::vector<Field> fields);

  void begin(std::string& out, const About& about) const;
  // A cell for each field. Throws Error(internal) for one of another type.
  void row(std::string& out, const std::vector<Cell>& cells);
  void end(std::string& out);

 private:
  struct Column {
    std::string present;  // a bit for each row
    std::string ends;     // where in `values` each text ends
    std::string values;
    std::int64_t missing = 0;
  };

  void add(Type type, Column& column, const Cell& cell) const;
  void write_batch(std::string& out);

  std::vector<Field> fields_;
  std::vector<Column> columns_;
  std::size_t rows_ = 0;  // of the batch that is being made
};

}  // namespace kalima::arrow
