#include "search/word_file.h"

#include <algorithm>

namespace kalima::search {

WordFile::WordFile(files::Mapped file)
    : file_(std::move(file), word_file_kind),
      first_piece_(file_.values<std::uint32_t>(section_first_piece)),
      pieces_(file_.values<Piece>(section_pieces)),
      offsets_(file_.values<std::uint32_t>(section_entry_offsets)),
      code_points_(file_.values<char32_t>(section_entries)),
      keys_(file_, section_keys, offsets_) {
  const auto require = [](bool holds) {
    if (!holds) throw Error(ErrorCode::bad_input, "the index file is damaged (words)");
  };
  const auto divides = [&](std::span<const std::uint32_t> starts, std::size_t size) {
    require(!starts.empty() && starts.front() == 0 && starts.back() == size &&
            std::ranges::is_sorted(starts));
  };
  divides(first_piece_, pieces_.size());
  divides(offsets_, code_points_.size());
  for (const Piece& piece : pieces_) require(piece.entry < entries());
}

}  // namespace kalima::search
