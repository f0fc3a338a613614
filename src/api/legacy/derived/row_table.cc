#include "api/legacy/derived/row_table.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "support/json.h"
#include "support/lines.h"

namespace kalima::api::legacy {
namespace {

enum Part : std::uint32_t { starts, data, cell_offsets, cell_bytes, by_text, names };
static_assert(names + 1 == row_table_sections);

void put_number(std::uint32_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>((value & 0x7F) | 0x80));
  out.push_back(static_cast<char>(value));
}

[[noreturn]] void damaged() { throw Error(ErrorCode::bad_input, "the index file is damaged (rows)"); }

std::uint32_t take_number(std::string_view& in) {
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (in.empty()) damaged_index("a row is cut off");
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  damaged_index("a row is wrong");
}

}  // namespace

void RowTableBuilder::add(std::size_t verse, const std::vector<std::string>& cells) {
  put_number(static_cast<std::uint32_t>(verse), rows_);
  for (const std::string& cell : cells) {
    const StringId id = cells_.add(std::string_view(cell));
    if (id >= uses_.size()) uses_.resize(id + 1);
    ++uses_[id];
    put_number(id, rows_);
  }
}

// Calls `visit` with the verse of each row and its cells, packed by their numbers in the table.
template <typename Visit>
void RowTableBuilder::each_row(Visit visit) const {
  std::string packed;
  for (std::string_view rest = rows_; !rest.empty();) {
    const std::uint32_t verse = take_number(rest);
    packed.clear();
    for (std::size_t i = 0; i < columns_.size(); ++i) put_number(renumbered_[take_number(rest)], packed);
    visit(verse, packed);
  }
}

void RowTableBuilder::write(ContainerWriter& out, std::uint32_t base, std::size_t verse_count) {
  // Frequent cells get small numbers, which take one byte.
  std::vector<StringId> order(cells_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](StringId a, StringId b) { return uses_[a] > uses_[b]; });
  renumbered_.resize(order.size());
  StringListBuilder pool;
  for (const StringId id : order) renumbered_[id] = pool.add(cells_[id]);

  std::vector<std::uint64_t> ends(verse_count + 1, 0);
  each_row([&](std::uint32_t verse, const std::string& row) { ends.at(verse + 1) += row.size(); });
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  if (ends.back() > std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorCode::too_large, "the corpus is too large for the index (4 GiB in one part)");
  const std::vector<std::uint32_t> start_offsets(ends.begin(), ends.end());
  std::string packed(start_offsets.back(), '\0');
  std::vector<std::uint32_t> next = start_offsets;
  each_row([&](std::uint32_t verse, const std::string& row) {
    row.copy(packed.data() + next[verse], row.size());
    next[verse] += static_cast<std::uint32_t>(row.size());
  });
  std::vector<StringId> sorted(pool.size());
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::sort(sorted.begin(), sorted.end(), [&](StringId a, StringId b) { return pool[a] < pool[b]; });
  std::string names_text;
  for (const std::string& name : columns_) names_text += name + '\n';

  out.add(base + starts, start_offsets);
  out.add_bytes(base + data, packed);
  out.add(base + cell_offsets, pool.offsets());
  out.add_bytes(base + cell_bytes, pool.bytes());
  out.add(base + by_text, sorted);
  out.add_bytes(base + names, names_text);
}

RowTable::RowTable(const Container& file, std::uint32_t base)
    : starts_(file.values<std::uint32_t>(base + starts)),
      data_(file.bytes(base + data)),
      cells_(file.values<std::uint32_t>(base + cell_offsets), file.bytes(base + cell_bytes)),
      by_text_(file.values<StringId>(base + by_text)) {
  if (starts_.empty() || starts_.back() != data_.size()) damaged();
  if (by_text_.size() != cells_.size()) damaged();
  for (Lines lines(file.bytes(base + names), LineEnds::lf); lines.next();) {
    if (!lines.complete()) damaged();
    names_.emplace_back(lines.line());
    std::string key = names_.size() == 1 ? "{" : ",";
    json::write_string(names_.back(), key);
    keys_.push_back(key + ':');
  }
  if (keys_.empty() && !data_.empty()) damaged();
}

std::optional<std::size_t> RowTable::column(std::string_view name) const {
  const auto it = std::find(names_.begin(), names_.end(), name);
  if (it == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(it - names_.begin());
}

StringId RowTable::find_cell(std::string_view json) const {
  const std::size_t place =
      first_not(by_text_.size(), [&](std::size_t at) { return cells_[by_text_[at]] < json; });
  if (place == by_text_.size()) return no_string;
  const StringId id = by_text_[place];
  return cells_[id] == json ? id : no_string;
}

RowTable::Cursor::Cursor(const RowTable& table, std::size_t verse) : table_(table), row_(table.keys_.size()) {
  if (verse + 1 < table.starts_.size())
    data_ = part_of(table.data_, table.starts_[verse], table.starts_[verse + 1]);
}

bool RowTable::Cursor::next() {
  if (data_.empty()) return false;
  for (StringId& cell : row_) cell = below(take_number(data_), table_.cells_.size());
  return true;
}

void RowTable::write(std::span<const StringId> cells, std::string& out) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += keys_[i];
    out += cells_[cells[i]];
  }
  out += '}';
}

void RowTable::write_all(std::size_t verse, std::string& out) const {
  bool first = true;
  for (Cursor cursor(*this, verse); cursor.next();) {
    if (!first) out += ',';
    first = false;
    write(cursor.cells(), out);
  }
}

}  // namespace kalima::api::legacy
