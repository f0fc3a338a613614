// Streams of Apache Arrow, read here by the rules of FlatBuffers and of Arrow's format and not with the code that wrote them.
#include "arrow/stream.h"

#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "testing.h"

using namespace kalima;
using arrow::Cell;
using arrow::StreamWriter;
using arrow::Type;

namespace {

template <typename Number>
Number number_at(const std::string& bytes, std::size_t at) {
  REQUIRE(at + sizeof(Number) <= bytes.size());
  // Readers map streams into memory and take numbers where they are.
  REQUIRE(at % sizeof(Number) == 0);
  Number out;
  std::memcpy(&out, bytes.data() + at, sizeof out);
  return out;
}

struct Message {
  std::string metadata, body;

  std::size_t target(std::size_t at) const { return at + number_at<std::uint32_t>(metadata, at); }
  // Where a field of a table is.
  std::optional<std::size_t> field(std::size_t table, std::size_t id) const {
    const auto layout = table - static_cast<std::size_t>(number_at<std::int32_t>(metadata, table));
    const std::size_t entry = layout + 4 + 2 * id;
    if (entry >= layout + number_at<std::uint16_t>(metadata, layout)) return std::nullopt;
    const auto offset = number_at<std::uint16_t>(metadata, entry);
    CHECK(offset < number_at<std::uint16_t>(metadata, layout + 2));
    return offset == 0 ? std::nullopt : std::optional(table + offset);
  }
  std::size_t child(std::size_t table, std::size_t id) const { return target(field(table, id).value()); }
  std::size_t root() const { return target(0); }
  std::uint32_t size(std::size_t vector) const { return number_at<std::uint32_t>(metadata, vector); }
  std::size_t item(std::size_t vector, std::size_t i) const { return target(vector + 4 + 4 * i); }
  std::string text(std::size_t at) const {
    const std::uint32_t length = size(at);
    CHECK(metadata.at(at + 4 + length) == '\0');
    return metadata.substr(at + 4, length);
  }
  int header_type() const { return number_at<std::uint8_t>(metadata, field(root(), 1).value()); }
  std::int64_t pair(std::size_t vector, std::size_t i, bool second) const {
    return number_at<std::int64_t>(metadata, vector + 4 + 16 * i + (second ? 8 : 0));
  }
  std::string buffer(std::size_t i) const {
    const std::size_t buffers = child(child(root(), 2), 2);
    CHECK(pair(buffers, i, false) % 8 == 0);
    return body.substr(static_cast<std::size_t>(pair(buffers, i, false)),
                       static_cast<std::size_t>(pair(buffers, i, true)));
  }
};

std::vector<Message> messages(const std::string& stream) {
  std::vector<Message> out;
  for (std::size_t at = 0;;) {
    REQUIRE(number_at<std::uint32_t>(stream, at) == 0xFFFFFFFF);
    const auto size = number_at<std::uint32_t>(stream, at + 4);
    at += 8;
    if (size == 0) {
      CHECK(at == stream.size());
      return out;
    }
    CHECK(size % 8 == 0);
    Message& message = out.emplace_back();
    message.metadata = stream.substr(at, size);
    at += size;
    CHECK(number_at<std::int16_t>(message.metadata, message.field(message.root(), 0).value()) == 4);
    const auto body = static_cast<std::size_t>(
        number_at<std::int64_t>(message.metadata, message.field(message.root(), 3).value()));
    message.body = stream.substr(at, body);
    at += body;
  }
}

}  // namespace

TEST_CASE("a schema has names, types and what was said about the table") {
  StreamWriter writer({{"كلمة", Type::text}, {"hits", Type::whole}, {"share", Type::number}});
  std::string stream;
  writer.begin(stream, {{"query", "[]"}, {"bad", "a\xFF"}});
  writer.end(stream);
  const auto all = messages(stream);
  REQUIRE(all.size() == 1);
  const Message& schema = all.front();
  CHECK(schema.header_type() == 1);
  CHECK(schema.body.empty());
  const std::size_t table = schema.child(schema.root(), 2);
  const std::size_t fields = schema.child(table, 1);
  REQUIRE(schema.size(fields) == 3);
  const std::vector<std::pair<std::string, int>> wanted = {{"كلمة", 5}, {"hits", 2}, {"share", 3}};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t field = schema.item(fields, i);
    CHECK(schema.text(schema.child(field, 0)) == wanted[i].first);
    CHECK(number_at<std::uint8_t>(schema.metadata, schema.field(field, 1).value()) == 1);
    CHECK(number_at<std::uint8_t>(schema.metadata, schema.field(field, 2).value()) == wanted[i].second);
    CHECK(schema.size(schema.child(field, 5)) == 0);
  }
  const std::size_t whole = schema.child(schema.item(fields, 1), 3);
  CHECK(number_at<std::int32_t>(schema.metadata, schema.field(whole, 0).value()) == 64);
  CHECK(number_at<std::uint8_t>(schema.metadata, schema.field(whole, 1).value()) == 1);
  const std::size_t number = schema.child(schema.item(fields, 2), 3);
  CHECK(number_at<std::int16_t>(schema.metadata, schema.field(number, 0).value()) == 2);
  const std::size_t about = schema.child(table, 2);
  REQUIRE(schema.size(about) == 2);
  CHECK(schema.text(schema.child(schema.item(about, 0), 0)) == "query");
  CHECK(schema.text(schema.child(schema.item(about, 0), 1)) == "[]");
  CHECK(schema.text(schema.child(schema.item(about, 1), 1)) == "a\uFFFD");
}

TEST_CASE("a batch has the cells by column, and which are missing") {
  StreamWriter writer({{"text", Type::text}, {"whole", Type::whole}, {"number", Type::number}});
  std::string stream;
  writer.begin(stream, {});
  writer.row(stream, {"رحم", std::int64_t{-7}, 0.5});
  writer.row(stream, {std::monostate(), std::int64_t{1} << 60, std::monostate()});
  writer.row(stream, {"", std::int64_t{0}, std::int64_t{3}});
  writer.end(stream);
  const auto all = messages(stream);
  REQUIRE(all.size() == 2);
  const Message& batch = all.back();
  CHECK(batch.header_type() == 3);
  const std::size_t table = batch.child(batch.root(), 2);
  CHECK(number_at<std::int64_t>(batch.metadata, batch.field(table, 0).value()) == 3);
  const std::size_t nodes = batch.child(table, 1);
  REQUIRE(batch.size(nodes) == 3);
  const std::int64_t missing[] = {1, 0, 1};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(batch.pair(nodes, i, false) == 3);
    CHECK(batch.pair(nodes, i, true) == missing[i]);
  }
  REQUIRE(batch.size(batch.child(table, 2)) == 7);
  CHECK(batch.buffer(0) == "\x05");
  CHECK(batch.buffer(1) == std::string("\0\0\0\0\6\0\0\0\6\0\0\0\6\0\0\0", 16));
  CHECK(batch.buffer(2) == "رحم");
  CHECK(batch.buffer(3).empty());
  const std::int64_t wholes[] = {-7, std::int64_t{1} << 60, 0};
  for (std::size_t i = 0; i < 3; ++i) CHECK(number_at<std::int64_t>(batch.buffer(4), 8 * i) == wholes[i]);
  CHECK(batch.buffer(5) == "\x05");
  CHECK(number_at<double>(batch.buffer(6), 0) == 0.5);
  CHECK(number_at<double>(batch.buffer(6), 16) == 3);
}

TEST_CASE("rows are written when a batch is full, by their number or by their size") {
  StreamWriter writer({{"n", Type::whole}});
  std::string stream, written;
  writer.begin(stream, {});
  for (std::int64_t i = 0; i < 10'000; ++i) {
    written.clear();
    writer.row(written, {i});
    CHECK(written.empty() == ((i + 1) % std::int64_t{arrow::max_batch_rows} != 0));
    stream += written;
  }
  writer.end(stream);
  std::int64_t next = 0;
  const auto all = messages(stream);
  REQUIRE(all.size() == 4);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const std::string numbers = all[i].buffer(1);
    for (std::size_t at = 0; at < numbers.size(); at += 8)
      REQUIRE(number_at<std::int64_t>(numbers, at) == next++);
  }
  CHECK(next == 10'000);

  StreamWriter texts({{"text", Type::text}});
  const std::string text(10'000, 'x');
  std::size_t most = 0;
  for (int i = 0; i < 200; ++i) {
    written.clear();
    texts.row(written, {std::string_view(text)});
    most = std::max(most, written.size());
  }
  CHECK(most > arrow::max_batch_bytes);
  CHECK(most < arrow::max_batch_bytes + 2 * text.size());
}

TEST_CASE("a cell of another type than its column is a defect") {
  StreamWriter writer({{"text", Type::text}, {"whole", Type::whole}});
  std::string stream;
  CHECK_THROWS_AS(writer.row(stream, {std::int64_t{1}, std::int64_t{1}}), Error);
  CHECK_THROWS_AS(writer.row(stream, {"a", 0.5}), Error);
}
