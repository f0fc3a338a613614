// columns: a damaged core file is refused when it is opened, or says so where it is read. An input is a first byte and
// then, if that is even, a whole file, whose checksums are corrected like an attacker would do; if it is odd, changes
// to a sound file: offset (3 bytes), how many bytes, the bytes.
//
// libFuzzer: -max_len=8192 -runs=2000
#include "columns_reading.h"
#include "corpus/columns/builder.h"
#include "fuzzing.h"
#include "support/files.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

corpus::SyntaxNode node(std::int64_t token, std::optional<corpus::SegmentPlace> place, std::string relation,
                        std::int64_t head) {
  corpus::SyntaxNode out;
  out.token = token;
  out.place = place;
  out.surah = out.ayah = 1;
  out.form = "(*)";
  out.relation = std::move(relation);
  out.head = head;
  return out;
}

// With dictionaries, several regions, a tree and a cycle.
std::string sound_file() {
  columns::Builder builder("fuzz");
  const columns::Segment preposition{"بِ", "P", {}, {}, {}, "PREFIX|bi+"},
      noun{"سْمِ", "N", {}, "سمو", "ٱسْم", "STEM|POS:N|LEM:{som|ROOT:smw|M|GEN"},
      verb{"قَالَ", "V", {}, "قول", "قَالَ", "STEM|POS:V|PERF|LEM:qaAla|ROOT:qwl|3MS"};
  builder.add({1, 1, {{"بِسْمِ", {preposition, noun}}, {"قَالَ", {verb}}}});
  builder.add({2, 142, {{"قَالَ", {verb}}}});
  builder.set_columns(attributes::Source::treebank, {"trans", "phonetic"});
  builder.add_cells(attributes::Source::treebank, {1, 1, 1, 2}, {"name", "ism"});
  auto phrase = node(1, corpus::SegmentPlace{1, 1, 1, 1}, "link", 0);
  phrase.phrase = corpus::Phrase{1, 2, "PP"};
  builder.add_sentence(std::vector{
      node(0, std::nullopt, "root", 0), phrase, node(2, corpus::SegmentPlace{1, 1, 1, 2}, "gen", 1),
      node(3, corpus::SegmentPlace{1, 1, 2, 1}, "Obj", 4), node(4, std::nullopt, "Subj", 3)});
  const std::filesystem::path path = scratch_folder() / "sound";
  builder.write(path);
  return files::read(path);
}

std::string changed(std::string file, Input& input) {
  while (!input.empty()) {
    std::size_t at = input.byte();
    at += std::size_t{input.byte()} << 8;
    at += std::size_t{input.byte()} << 16;
    at %= file.size() + 1;
    const std::size_t count = input.byte();
    // Most changes are small; a large number cuts the file off.
    if (count >= 0xF0) file.resize(std::max<std::size_t>(at, 1));
    for (std::size_t i = at; i < at + count && i < file.size() && !input.empty(); ++i) {
      file[i] = static_cast<char>(input.byte());
    }
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_file();
  Input input(data, size);
  if (input.empty()) return 0;
  std::string bytes = input.byte() % 2 == 1 ? changed(sound, input) : std::string(input.rest());
  if (bytes.size() >= testing::header_size) testing::repair_checksums(bytes);
  const MemoryFile file(bytes);
  refused_or([&] {
    testing::read_all(columns::CoreFile(file.path()));
    return true;
  });
  return 0;
}
