#include "search/word_file.h"

namespace kalima::search {

WordFile::WordFile(files::Mapped file)
    : file_(std::move(file), word_file_kind),
      first_piece_(file_.values<std::uint32_t>(section_first_piece)),
      pieces_(file_.values<Piece>(section_pieces)),
      offsets_(file_.values<std::uint32_t>(section_entry_offsets)),
      code_points_(file_.text(section_entries)),
      first_use_(file_.values<std::uint32_t>(section_first_use)),
      uses_(file_.values<std::uint32_t>(section_uses)),
      keys_(file_, section_keys, offsets_) {
  const auto divides = [](const Rows<std::uint32_t>& starts, std::size_t size) {
    return !starts.empty() && starts.front() == 0 && starts.back() == size;
  };
  if (!divides(first_piece_, pieces_.size()) || !divides(offsets_, code_points_.size()) ||
      !divides(first_use_, uses_.size()) || first_use_.size() != offsets_.size() ||
      uses_.size() != pieces_.size())
    throw Error(ErrorCode::bad_input, "the index file is damaged (words)");
}

std::uint32_t WordFile::verse_of(std::uint32_t piece) const {
  const std::size_t verse =
      first_not(verses(), [&](std::size_t before) { return first_piece(before + 1) <= piece; });
  return below(static_cast<std::uint32_t>(verse), verses());
}

}  // namespace kalima::search
