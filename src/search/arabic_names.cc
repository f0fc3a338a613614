#include "search/arabic_names.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "corpus/division_files.h"
#include "support/lines.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/near.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

constexpr std::size_t max_name_bytes = 60;

// The letters from a to z, without case and signs; empty if it has others.
std::string latin_key(std::string_view utf8) {
  std::string out;
  if (utf8.size() > max_name_bytes) return out;
  for (const char32_t c : text::decomposed(utf8::to_code_points(text::lower(utf8)))) {
    const bool mark = (c >= 0x300 && c <= 0x36F) || (c >= 0x2B0 && c <= 0x2FF);
    if (c >= 'a' && c <= 'z') {
      out.push_back(static_cast<char>(c));
    } else if (!mark && c != '\'' && c != '`' && c != '-' && c != 0x2019 && c != 0x2018 &&
               !text::is_space(c)) {
      return {};
    }
  }
  return out;
}

struct NameRow {
  std::string arabic;
  std::vector<std::string> names;  // as the table writes them
};
struct NameTable {
  std::vector<NameRow> rows;
  std::unordered_map<std::string, std::size_t> by_key;
};

const NameTable& name_table() {
  static const NameTable table = [] {
    NameTable out;
    for (const corpus::DivisionFile& file : corpus::division_files()) {
      if (file.name != "word_names") continue;
      for (Lines lines(file.bytes); lines.next();) {
        std::string_view line = lines.line();
        if (line.starts_with('#') || line.empty()) continue;
        const auto next = [&line] {
          const std::string_view part = line.substr(0, line.find('|'));
          line.remove_prefix(std::min(part.size() + 1, line.size()));
          return std::string(part);
        };
        NameRow row{next(), {}};
        std::ranges::replace(row.arabic, '/', '|');
        while (!line.empty()) {
          row.names.push_back(next());
          out.by_key.try_emplace(latin_key(row.names.back()), out.rows.size());
        }
        out.rows.push_back(std::move(row));
      }
    }
    return out;
  }();
  return table;
}

const NameRow* row_of(std::string_view utf8) {
  const NameTable& table = name_table();
  // Without what is said after a name, and punctuation: "Musa (as)", "Satan!".
  std::string_view bare = utf8.substr(0, utf8.find(" ("));
  while (!bare.empty() && std::string_view(" .,;:!").find(bare.back()) != std::string_view::npos)
    bare.remove_suffix(1);
  const std::string name = text::lower(text::stripped(bare));
  std::vector<std::string> keys = {latin_key(name)};
  for (const std::string_view article : {"al-", "al ", "el-", "the "}) {
    if (name.starts_with(article)) keys.push_back(latin_key(std::string_view(name).substr(article.size())));
  }
  for (const std::string& key : keys) {
    if (const auto at = table.by_key.find(key); !key.empty() && at != table.by_key.end())
      return &table.rows[at->second];
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> arabic_of_name(std::string_view utf8) {
  const NameRow* row = row_of(utf8);
  return row == nullptr ? std::nullopt : std::optional(row->arabic);
}

std::vector<std::string> other_names(std::string_view utf8) {
  std::vector<std::string> out;
  const NameRow* row = row_of(utf8);
  if (row == nullptr) return out;
  for (const std::string& name : row->names) out.push_back(text::lower(name));
  return out;
}

std::vector<std::string> names_near(std::string_view utf8) {
  std::vector<std::string> out;
  const std::string key = latin_key(utf8);
  if (key.size() < text::min_near_letters) return out;
  const std::u32string typed = utf8::to_code_points(key);
  for (const NameRow& row : name_table().rows) {
    for (const std::string& name : row.names) {
      if (!text::mistake_in_letters(typed, utf8::to_code_points(latin_key(name)))) continue;
      out.push_back(name);
      break;
    }
  }
  return out;
}

}  // namespace kalima::search
