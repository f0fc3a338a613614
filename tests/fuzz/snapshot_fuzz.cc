// snapshot: a damaged file is refused when it is opened, or where what is damaged is read; the rest of it can be read. An
// input is a first byte and then, if that is even, a whole file, whose header is corrected like an attacker would do; if it
// is odd, changes to a sound snapshot: offset (3 bytes), how many bytes, the bytes.
//
// libFuzzer: -max_len=8192
#include "api/legacy/derived/snapshot.h"

#include <cstring>

#include "api/legacy/derived/builder.h"
#include "api/legacy/verses/verse_json.h"
#include "fuzzing.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

std::string sound_snapshot() {
  const std::filesystem::path path = scratch_folder() / "sound";
  api::legacy::SnapshotBuilder builder(path, "fuzz", 3, 0);
  for (
      const char* line :
      {R"({"surah":{"number":1,"name":"A"},"ayah":1,"text":"بِسْمِ ٱللَّهِ","tokens":[{"id":1,"form":"بِسْمِ","segments":[)"
       R"({"id":"1.1","form":null,"type":"prefix","pos":"P","root":null,"lemma":null,"features":"PREFIX|bi+"},)"
       R"({"id":"1.2","form":null,"type":"stem","pos":"N","root":"smw","lemma":"{som","features":"STEM|POS:N|M|GEN"}]},)"
       R"({"id":2,"form":"ٱللَّهِ","segments":[]}]})",
       R"({"surah":{"number":1,"name":"A"},"ayah":2,"text":"قَالَ","tokens":[{"id":1,"form":"قَالَ","segments":[)"
       R"({"id":"1.1","form":null,"type":"stem","pos":"V","root":"qwl","lemma":"qaAla","features":"STEM|POS:V|PERF|3MS"}]}]})",
       R"({"surah":{"number":2,"name":"B"},"ayah":1,"text":"","tokens":[],"translations":[{"id":"tr-1"}]})"}) {
    const auto written = api::legacy::verse_from_json(json::parse(line));
    builder.add(written.verse, written.layout);
  }
  builder.set_treebank_columns({"chapter_id", "verse_id", "token_id", "rel_label", "ref_token_id"});
  builder.add_treebank_row({0, {"1", "1", "1", "Subj", "2"}});
  builder.add_treebank_row({1, {"1", "2", "1", "root", ""}});
  builder.set_masaq_columns({"Sura_No", "Verse_No", "Word_No", "Morph_tag", "Syntactic_Role", "Case_Mood"});
  builder.add_masaq_row({1, {"1", "2", "1", "PV", "SUBJ", ""}});
  builder.finish();
  return files::read(path);
}

// Sets what the reader compares with what it knows: magic, byte order, format version, size.
void set_header(std::string& file, const std::string& sound) {
  if (file.size() < 64) return;
  std::memcpy(file.data(), sound.data(), 16);
  const std::uint64_t size = file.size();
  std::memcpy(file.data() + 56, &size, sizeof size);
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

std::size_t sum(std::string_view text) {
  std::size_t total = text.size();
  for (const char c : text) total += static_cast<unsigned char>(c);
  return total;
}

std::size_t read_strings(const api::legacy::Snapshot& s, std::initializer_list<StringId> ids) {
  std::size_t total = 0;
  for (const StringId id : ids) total += sum(s.strings().optional(id).value_or(""));
  return total;
}

std::size_t read_table(const api::legacy::Snapshot& s, const api::legacy::RowTable& table) {
  std::size_t total = 0;
  for (std::size_t v = 0; v < s.verse_count() + 1; ++v) {
    std::string out;
    // The rows themselves are looked at when they are read.
    const auto rows = refused_or([&] {
      table.write_all(v, out);
      std::size_t count = 0;
      for (api::legacy::RowTable::Cursor cursor(table, v); cursor.next();) ++count;
      return count;
    });
    total += out.size() + rows.value_or(0);
  }
  for (std::size_t i = 0; i < table.cell_count(); ++i) {
    refused_or([&] {
      const std::string_view cell = table.cell(static_cast<StringId>(i));
      const StringId found = table.find_cell(cell);
      FUZZ_CHECK(found == no_string || table.cell(found) == cell);
      return true;
    });
  }
  return total + table.column("rel_label").value_or(0);
}

std::size_t read_verse(const api::legacy::Snapshot& s, std::size_t v) {
  std::size_t total = sum(s.text(v)) + sum(s.lower_text(v)) + sum(s.json(v)) + sum(s.json_run(v, v + 1));
  for (const std::uint32_t entry : s.verse_vocabulary(v)) total += s.vocabulary(entry).size();
  if (const auto found = s.find_verse(s.verse(v).surah, s.verse(v).ayah)) {
    FUZZ_CHECK(s.verse(*found).surah == s.verse(v).surah && s.verse(*found).ayah == s.verse(v).ayah);
  }
  for (std::size_t w = s.verse(v).first_word; w < s.verse(v + 1).first_word; ++w) {
    total += read_strings(s, {s.word(w).form});
    for (std::size_t i = s.word(w).first_segment; i < s.word(w + 1).first_segment; ++i)
      total += s.kinds()[s.segment(i)].letters & 1;
  }
  return total;
}

// Adds up what `read` gives for each row; one that is damaged adds nothing.
template <typename Row, typename Read>
std::size_t read_rows(const Rows<Row>& rows, Read read) {
  std::size_t total = 0;
  for (const Row row : rows) total += refused_or([&] { return std::size_t{read(row)}; }).value_or(0);
  return total;
}

std::size_t read_all(const api::legacy::Snapshot& s) {
  std::size_t total = sum(s.identity()) + static_cast<std::size_t>(s.revision() & 1);
  for (std::size_t v = 0; v < s.verse_count(); ++v)
    total += refused_or([&] { return read_verse(s, v); }).value_or(0);
  total += read_rows(s.kinds(), [&](const api::legacy::KindRow& k) {
    std::size_t of_kind =
        read_strings(s, {k.type, k.pos, k.root, k.lemma, k.features, k.lower_pos, k.haystack});
    if (k.pattern != api::legacy::no_row) of_kind += s.morph_patterns()[k.pattern].id;
    if (k.reading != api::legacy::no_row) of_kind += s.readings()[k.reading].segments;
    return of_kind;
  });
  total += read_rows(s.readings(), [&](const api::legacy::ReadingRow& r) {
    return read_strings(s, {r.verb_form, r.person, r.number, r.gender, r.voice, r.tense});
  });
  for (const auto& patterns : {s.morph_patterns(), s.syntax_patterns()}) {
    total += read_rows(patterns, [&](const api::legacy::PatternRow& p) {
      return read_strings(s, {p.id, p.label}) +
             api::legacy::find_pattern(patterns, s.strings(), s.strings()[p.id]).value_or(0);
    });
  }
  for (std::size_t i = 0; i < s.vocabulary_size(); ++i) {
    total += refused_or([&] {
               std::size_t of_entry = (s.vocabulary_letters(i) & 1) + s.vocabulary_uses(i);
               for (const char32_t c : s.vocabulary(i)) of_entry += c;
               return of_entry;
             }).value_or(0);
  }
  total += read_rows(s.by_reference(), [&](std::uint32_t v) { return s.verse(v).ayah; });
  total += read_rows(s.relations(),
                     [&](const api::legacy::RelationRow& r) { return sum(s.treebank().cell(r.label)); });
  total += read_rows(s.masaq_combinations(), [&](const api::legacy::MasaqCombination& c) {
    std::size_t of_row = 0;
    for (const StringId id : {c.morph_tag, c.syntactic_role, c.case_mood}) {
      if (id != no_string) of_row += sum(s.masaq().cell(id));
    }
    return of_row;
  });
  for (std::uint32_t i = 0; i < api::legacy::list_count; ++i)
    total += refused_or([&] { return sum(s.list(static_cast<api::legacy::List>(i))); }).value_or(0);
  return total + read_table(s, s.treebank()) + read_table(s, s.masaq());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_snapshot();
  Input input(data, size);
  std::string file;
  if (input.flag()) {
    file = changed(sound, input);
  } else {
    file = input.rest();
    set_header(file, sound);
  }
  const MemoryFile bytes(file);
  volatile std::size_t total = 0;
  const auto read = refused_or([&] {
    const api::legacy::Snapshot opened(bytes.path());
    total = read_all(opened);
    return true;
  });
  FUZZ_CHECK(read || file != sound);
  return 0;
}
