#include "store/cells.h"

namespace kalima::store {

std::string cells_to_text(const std::vector<std::string>& cells) {
  std::string out;
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) out += '\t';
    first = false;
    for (const char c : cell) {
      switch (c) {
        case '\t':
          out += "\\t";
          break;
        case '\n':
          out += "\\n";
          break;
        case '\\':
          out += "\\\\";
          break;
        default:
          out += c;
      }
    }
  }
  return out;
}

void cells_from_text(std::string_view text, std::vector<std::string>& cells) {
  std::size_t count = 0;
  for (bool more = true; more;) {
    const std::size_t end = text.find('\t');
    more = end != std::string_view::npos;
    const std::string_view part = text.substr(0, end);
    if (count == cells.size()) cells.emplace_back();
    std::string& cell = cells[count++];
    cell.clear();
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] != '\\' || i + 1 == part.size()) {
        cell += part[i];
        continue;
      }
      const char escaped = part[++i];
      cell += escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped;
    }
    if (more) text.remove_prefix(end + 1);
  }
  cells.resize(count);
}

std::vector<std::string> cells_from_text(std::string_view text) {
  std::vector<std::string> cells;
  cells_from_text(text, cells);
  return cells;
}

}  // namespace kalima::store
