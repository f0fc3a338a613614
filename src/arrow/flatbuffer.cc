#include "arrow/flatbuffer.h"

#include "support/utf8.h"

namespace kalima::arrow {

void Flatbuffer::align(std::size_t bytes) { bytes_.resize(aligned(bytes_.size(), bytes)); }

void Flatbuffer::point(Place from) {
  std::string offset;
  append_number(offset, static_cast<std::uint32_t>(bytes_.size() - from));
  bytes_.replace(from, offset.size(), offset);
}

std::vector<Flatbuffer::Place> Flatbuffer::table(Place from, std::initializer_list<Slot> slots) {
  // The vtable says its size, that of the table, and where in the table each field is.
  std::string fields;
  std::size_t size = sizeof(std::int32_t);
  std::vector<Place> places;
  for (const Slot& slot : slots) {
    if (slot.bytes > 0) size = aligned(size, slot.bytes);
    places.push_back(size);
    append_number(fields, static_cast<std::uint16_t>(slot.bytes > 0 ? size : 0));
    size += slot.bytes;
  }
  align(sizeof(std::uint16_t));
  const std::size_t vtable = bytes_.size();
  append_number(bytes_, static_cast<std::uint16_t>(2 * sizeof(std::uint16_t) + fields.size()));
  append_number(bytes_, static_cast<std::uint16_t>(size));
  bytes_ += fields;

  align(sizeof(std::uint64_t));
  const std::size_t table = bytes_.size();
  point(from);
  append_number(bytes_, static_cast<std::int32_t>(table - vtable));
  auto place = places.begin();
  for (const Slot& slot : slots) {
    *place += table;
    if (slot.bytes > 0) bytes_.resize(*place);
    for (std::size_t i = 0; i < slot.bytes; ++i) bytes_ += static_cast<char>(slot.value >> (8 * i));
    ++place;
  }
  return places;
}

std::vector<Flatbuffer::Place> Flatbuffer::vector(Place from, std::size_t size) {
  align(sizeof(std::uint32_t));
  point(from);
  append_number(bytes_, static_cast<std::uint32_t>(size));
  std::vector<Place> out;
  for (std::size_t i = 0; i < size; ++i) {
    out.push_back(bytes_.size());
    append_number(bytes_, std::uint32_t{0});
  }
  return out;
}

void Flatbuffer::vector(Place from, const std::vector<Pair>& pairs) {
  // The pairs, not their number, are aligned.
  align(sizeof(std::uint32_t));
  if (bytes_.size() % sizeof(std::uint64_t) == 0) append_number(bytes_, std::uint32_t{0});
  point(from);
  append_number(bytes_, static_cast<std::uint32_t>(pairs.size()));
  for (const Pair& pair : pairs) {
    append_number(bytes_, pair.first);
    append_number(bytes_, pair.second);
  }
}

void Flatbuffer::text(Place from, std::string_view text) {
  const std::string repaired = utf8::repaired(text);
  align(sizeof(std::uint32_t));
  point(from);
  append_number(bytes_, static_cast<std::uint32_t>(repaired.size()));
  bytes_ += repaired;
  bytes_ += '\0';
}

}  // namespace kalima::arrow
