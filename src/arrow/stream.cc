#include "arrow/stream.h"

#include <bit>
#include <utility>

#include "arrow/flatbuffer.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::arrow {
namespace {

using Place = Flatbuffer::Place;

// From Arrow's Schema.fbs and Message.fbs.
constexpr std::int16_t version_5 = 4, little_endian = 0, double_precision = 2;
enum class Header : std::uint8_t { schema = 1, record_batch = 3 };
constexpr std::uint8_t type_numbers[] = {5, 2, 3};  // in the order of Type: Utf8, Int, FloatingPoint
constexpr std::uint32_t continuation = 0xFFFFFFFF;
constexpr std::size_t alignment = 8;

// Where the header is written.
Place begin_message(Flatbuffer& message, Header header, std::size_t body_bytes) {
  return message.table(Flatbuffer::root,
                       {Flatbuffer::number(version_5), Flatbuffer::number(static_cast<std::uint8_t>(header)),
                        Flatbuffer::offset(), Flatbuffer::number(std::uint64_t{body_bytes})})[2];
}

void append_message(std::string& out, const Flatbuffer& message) {
  const std::size_t size = aligned(message.bytes().size(), alignment);
  append_number(out, continuation);
  append_number(out, static_cast<std::uint32_t>(size));
  out += message.bytes();
  out.append(size - message.bytes().size(), '\0');
}

void write_type(Flatbuffer& message, Place from, Type type) {
  switch (type) {
    case Type::text:
      message.table(from, {});
      return;
    case Type::whole:
      message.table(from, {Flatbuffer::number(std::int32_t{64}), Flatbuffer::number(std::uint8_t{true})});
      return;
    case Type::number:
      message.table(from, {Flatbuffer::number(double_precision)});
      return;
  }
}

void write_field(Flatbuffer& message, Place from, const Field& field) {
  const std::uint8_t type = type_numbers[static_cast<std::size_t>(field.type)];
  // Name, whether cells may be missing, type, its number, dictionary, fields within.
  const auto places = message.table(
      from, {Flatbuffer::offset(), Flatbuffer::number(std::uint8_t{true}), Flatbuffer::number(type),
             Flatbuffer::offset(), Flatbuffer::nothing(), Flatbuffer::offset()});
  message.text(places[0], field.name);
  write_type(message, places[3], field.type);
  message.vector(places[5], 0);
}

// An empty one of a missing cell.
template <typename Value>
Value value_of(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return {};
  if (const auto* value = std::get_if<Value>(&cell)) return *value;
  throw Error(ErrorCode::internal, "a cell has another type than its column");
}

}  // namespace

StreamWriter::StreamWriter(std::vector<Field> fields)
    : fields_(std::move(fields)), columns_(fields_.size()) {}

void StreamWriter::begin(std::string& out, const About& about) const {
  Flatbuffer message;
  const auto schema =
      message.table(begin_message(message, Header::schema, 0),
                    {Flatbuffer::number(little_endian), Flatbuffer::offset(), Flatbuffer::offset()});
  const auto fields = message.vector(schema[1], fields_.size());
  for (std::size_t i = 0; i < fields.size(); ++i) write_field(message, fields[i], fields_[i]);
  const auto pairs = message.vector(schema[2], about.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto pair = message.table(pairs[i], {Flatbuffer::offset(), Flatbuffer::offset()});
    message.text(pair[0], about[i].first);
    message.text(pair[1], about[i].second);
  }
  append_message(out, message);
}

void StreamWriter::add(Type type, Column& column, const Cell& cell) const {
  if (rows_ % 8 == 0) column.present += '\0';
  if (std::holds_alternative<std::monostate>(cell)) {
    ++column.missing;
  } else {
    column.present.back() = static_cast<char>(column.present.back() | 1 << rows_ % 8);
  }
  switch (type) {
    case Type::text:
      column.values += utf8::repaired(value_of<std::string_view>(cell));
      append_number(column.ends, static_cast<std::int32_t>(column.values.size()));
      return;
    case Type::whole:
      append_number(column.values, value_of<std::int64_t>(cell));
      return;
    case Type::number: {
      const auto* whole = std::get_if<std::int64_t>(&cell);
      const double number = whole ? static_cast<double>(*whole) : value_of<double>(cell);
      append_number(column.values, std::bit_cast<std::uint64_t>(number));
      return;
    }
  }
}

void StreamWriter::row(std::string& out, const std::vector<Cell>& cells) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    add(fields_[i].type, columns_[i], cells[i]);
    bytes += columns_[i].ends.size() + columns_[i].values.size();
  }
  ++rows_;
  if (rows_ == max_batch_rows || bytes >= max_batch_bytes) write_batch(out);
}

void StreamWriter::write_batch(std::string& out) {
  std::string body;
  std::vector<Flatbuffer::Pair> nodes, buffers;
  const auto add_buffer = [&](std::string_view bytes) {
    buffers.push_back({static_cast<std::int64_t>(body.size()), static_cast<std::int64_t>(bytes.size())});
    body += bytes;
    body.resize(aligned(body.size(), alignment));
  };
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column column = std::exchange(columns_[i], {});
    nodes.push_back({static_cast<std::int64_t>(rows_), column.missing});
    add_buffer(column.missing > 0 ? std::string_view(column.present) : std::string_view());
    // The first text begins at 0.
    if (fields_[i].type == Type::text) add_buffer(std::string(sizeof(std::int32_t), '\0') + column.ends);
    add_buffer(column.values);
  }
  Flatbuffer message;
  const auto batch = message.table(
      begin_message(message, Header::record_batch, body.size()),
      {Flatbuffer::number(static_cast<std::int64_t>(rows_)), Flatbuffer::offset(), Flatbuffer::offset()});
  message.vector(batch[1], nodes);
  message.vector(batch[2], buffers);
  append_message(out, message);
  out += body;
  rows_ = 0;
}

void StreamWriter::end(std::string& out) {
  if (rows_ > 0) write_batch(out);
  append_number(out, continuation);
  append_number(out, std::uint32_t{0});
}

}  // namespace kalima::arrow
