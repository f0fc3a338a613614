#include "importers/conllu_verses.h"

#include <fmt/format.h>

#include <limits>

#include "conllu/attributes.h"
#include "conllu/segment_rules.h"
#include "support/error.h"
#include "support/numbers.h"
#include "text/buckwalter.h"

namespace kalima::importers {
namespace {

using conllu::fail;
using conllu::Line;
namespace attribute = conllu::attribute;
namespace legacy = api::legacy;
namespace comment = conllu::comment;

// The longest verse of the Quran has some 300 lines.
constexpr std::size_t max_verse_lines = 100'000, max_kept_bytes = 64u << 20;
constexpr std::int64_t max_verses = 10'000'000;

// A text that is kept, with what it costs to keep one.
std::size_t size_of(const std::string& text) { return text.size() + 128; }

std::optional<corpus::SegmentPlace> place_of(const Line& line) {
  const std::string* ref = line.attribute(attribute::place);
  if (ref == nullptr) return std::nullopt;
  const auto place = corpus::place_from_numbers(*ref);
  if (!place || place->surah == 0 || place->ayah == 0) {
    fail(line.at,
         fmt::format("Ref={} is not a location; expected SURAH:AYAH:WORD or SURAH:AYAH:WORD:SEGMENT", *ref));
  }
  return place;
}

// An attribute for what the columns cannot express: its value, or what the line says without it.
std::optional<std::string> text_of(const Line& line, std::string_view name,
                                   std::optional<std::string> otherwise) {
  return line.attribute(name) == nullptr ? std::move(otherwise) : conllu::read_attribute(line, name);
}

// Runs `work` on a text that is escaped in the line `at`, so that positions in the text mean nothing to a
// user.
template <typename Work>
auto within_line(std::size_t at, const std::string& complaint, Work work) -> decltype(work()) {
  const auto explained = [&] { return in_context([&] { return ErrorContext{.message = complaint}; }, work); };
  return in_context([&] { return ErrorContext{.place = {.line = at}}; }, explained);
}

std::optional<json::Value> frame_of(const Line& line, std::string_view name) {
  const auto text = conllu::read_attribute(line, name);
  if (!text) return std::nullopt;
  return within_line(line.at, fmt::format("{} is not JSON", name), [&] { return json::parse(*text); });
}

// QAC writes lemmas in Buckwalter; so do the other importers.
std::optional<std::string> lemma_of(const Line& line) {
  if (line.lemma.empty()) return std::nullopt;
  return text::buckwalter_from_arabic(line.lemma).value_or(line.lemma);
}

}  // namespace

conllu::Places ConlluVerses::add(const conllu::Sentence& sentence, bool analysed) {
  conllu::Places places;
  for (const conllu::Comment& comment : sentence.comments) add_comment(comment);
  const Line* range = nullptr;
  for (const Line& line : sentence.lines) {
    if (line.kind == Line::Kind::range) range = &line;
    if (line.kind != Line::Kind::word) continue;
    if (range != nullptr && line.id.word > range->last) range = nullptr;
    add_line(line, range, analysed);
    if (!verse_->words.empty() && !verse_->words.back().segments.empty()) {
      places.emplace(
          line.id.word,
          corpus::SegmentPlace{verse_->surah, verse_->ayah, static_cast<std::int64_t>(verse_->words.size()),
                               static_cast<std::int64_t>(verse_->words.back().segments.size())});
    }
  }
  return places;
}

void ConlluVerses::add_comment(const conllu::Comment& comment) {
  const auto rest_of = [&](std::string_view key) {
    return comment.name.starts_with(key) ? std::string_view(comment.name).substr(key.size())
                                         : std::string_view{};
  };
  if (const auto number = rest_of(comment::surah); !number.empty()) {
    const auto place = corpus::place_from_numbers(std::string(number) + ":0");
    if (!place)
      fail(comment.at, fmt::format("\"{}\" is not a surah; expected # surah NUMBER = NAME", comment.name));
    std::string& name = surah_names_[place->surah];
    name = conllu::read_comment(comment).value_or("");
    keep(size_of(name), comment.at);
  } else if (const auto reference = rest_of(comment::verse); !reference.empty()) {
    const auto [it, added] = announced_.try_emplace(std::string(reference));
    if (!added) fail(comment.at, fmt::format("verse {} is announced twice", reference));
    it->second = {conllu::read_comment(comment).value_or(""), std::nullopt, comment.at};
    keep(size_of(it->second.text), comment.at);
  } else if (const auto of = rest_of(legacy::verse_frame_name); !of.empty()) {
    const auto it = announced_.find(std::string(of));
    if (it == announced_.end()) fail(comment.at, fmt::format("expected # verse {} before its layout", of));
    it->second.frame = conllu::read_comment(comment);
  }
}

void ConlluVerses::keep(std::size_t bytes, std::size_t at) {
  kept_bytes_ += bytes;
  if (kept_bytes_ > max_kept_bytes) {
    fail(at, fmt::format("more than {} MiB of names of surahs, and of texts of verses that have not come",
                         max_kept_bytes >> 20));
  }
}

void ConlluVerses::add_line(const Line& line, const Line* range, bool analysed) {
  const auto own = place_of(line);
  const auto place = own || range == nullptr ? own : place_of(*range);
  if (!place) {
    fail(line.at, "the word does not name its location; expected Ref=SURAH:AYAH:WORD in the last column");
  }
  if (!verse_ || verse_->surah != place->surah || verse_->ayah != place->ayah) begin_verse(*place, line.at);
  if (++verse_lines_ > max_verse_lines)
    fail(line.at, fmt::format("a verse of more than {} lines", max_verse_lines));
  if (place->word == 0) {
    if (!verse_->words.empty()) fail(line.at, "this verse has no words, but words of it came before");
    return;
  }
  const bool new_word = range == nullptr || range->id == line.id;
  const auto expected_word = static_cast<std::int64_t>(verse_->words.size()) + (new_word ? 1 : 0);
  if (place->word != expected_word) {
    fail(line.at, fmt::format("word {} of {}:{} is out of order or repeated; expected word {}", place->word,
                              place->surah, place->ayah, expected_word));
  }
  if (new_word) add_word(*place, range == nullptr ? line : *range);
  const bool says_nothing = (line.upos.empty() || line.upos == "X") && line.xpos.empty() &&
                            line.lemma.empty() && line.attribute(attribute::features) == nullptr;
  // The only line of a word without segments names no segment.
  if (place->segment == 0 && range == nullptr && says_nothing && !analysed) return;
  const auto expected_segment = static_cast<std::int64_t>(verse_->words.back().segments.size()) + 1;
  if (place->segment != 0 && place->segment != expected_segment) {
    fail(line.at, fmt::format("segment {} of word {} is out of order or repeated; expected segment {}",
                              place->segment, place->word, expected_segment));
  }
  add_segment(line);
}

void ConlluVerses::begin_verse(const corpus::SegmentPlace& place, std::size_t at) {
  end_verse();
  if (complete_ == max_verses) fail(at, fmt::format("more than {} verses", max_verses));
  if (!index_.add(place.surah, place.ayah, complete_)) {
    fail(at, fmt::format("verse {}:{} is in the file twice, with others between", place.surah, place.ayah));
  }
  verse_at_ = at;
  verse_lines_ = 0;
  corpus::Verse& verse = verse_.emplace();
  verse.surah = place.surah;
  verse.ayah = place.ayah;
  const auto name = surah_names_.find(place.surah);
  verse.surah_name = name == surah_names_.end() ? std::to_string(place.surah) : name->second;
  const auto said = announced_.extract(corpus::to_numbers({place.surah, place.ayah, 0, 0}));
  text_said_ = !said.empty();
  if (text_said_) {
    verse.text = std::move(said.mapped().text);
    kept_bytes_ -= size_of(verse.text);
    verse_frame_ = std::move(said.mapped().frame);
  }
}

void ConlluVerses::add_word(const corpus::SegmentPlace& place, const Line& line) {
  corpus::Word& word = verse_->words.emplace_back();
  word.id = place.word;
  if (const auto id = conllu::read_attribute(line, attribute::word_id)) {
    // As the source had it: any whole number.
    const auto number = numbers::parse<std::int64_t>(*id, {.sign = true});
    if (!number) fail(line.at, "WordId is not a number");
    word.id = *number;
  }
  word.form = text_of(line, attribute::word_form,
                      line.form.empty() ? std::nullopt : std::optional<std::string>(line.form));
  if (auto frame = frame_of(line, legacy::word_frame_name))
    frames_.words.emplace(verse_->words.size() - 1, std::move(*frame));
}

void ConlluVerses::add_segment(const Line& line) {
  corpus::Word& word = verse_->words.back();
  corpus::Segment segment;
  segment.features = conllu::read_attribute(line, attribute::features);
  unknown_features_.add(segment.features.value_or(""), line.at);
  segment.type = text_of(line, attribute::type, conllu::expected_type(segment.features));
  segment.pos = text_of(line, attribute::tag, conllu::expected_tag(line));
  segment.root = conllu::read_attribute(line, attribute::root);
  segment.lemma = text_of(line, attribute::lemma, lemma_of(line));
  // Without features it is not a transliteration, even if it looks like one.
  if (!segment.features && segment.lemma == line.lemma && text::arabic_from_buckwalter(line.lemma))
    other_letters_.insert(line.lemma);
  segment.form = conllu::read_attribute(line, attribute::segment_form);
  segment.id =
      text_of(line, attribute::segment_id, conllu::expected_id(word.id, word.segments.size())).value_or("");
  if (auto frame = frame_of(line, legacy::segment_frame_name))
    frames_.segments.emplace(std::pair(verse_->words.size() - 1, word.segments.size()), std::move(*frame));
  word.segments.push_back(std::move(segment));
}

std::string ConlluVerses::lemmas_in_other_letters() const {
  std::string out;
  for (const std::string& lemma : other_letters_) out += lemma + '\n';
  return out;
}

void ConlluVerses::end_verse() {
  if (!verse_) return;
  if (!text_said_) {
    for (const corpus::Word& word : verse_->words) {
      if (!word.form || word.form->empty()) continue;
      if (!verse_->text.empty()) verse_->text += ' ';
      verse_->text += *word.form;
    }
  }
  legacy::WrittenVerse made{std::move(*verse_), {}};
  verse_.reset();
  if (verse_frame_ || !frames_.empty()) {
    // A layout repeats what the verse says; both must say the same.
    const corpus::Verse& said = made.verse;
    const std::string complaint = fmt::format("the layout of {}:{} does not fit", said.surah, said.ayah);
    legacy::WrittenVerse again = within_line(verse_at_, complaint, [&] {
      if (verse_frame_) frames_.verse = json::parse(*verse_frame_);
      return legacy::in_frames(said, frames_);
    });
    if (again.verse.surah != said.surah || again.verse.ayah != said.ayah || again.verse.text != said.text) {
      fail(verse_at_, complaint + ": it is of another verse or text");
    }
    made = std::move(again);
  }
  verse_frame_.reset();
  frames_ = {};
  done_(made);
  ++complete_;
}

void ConlluVerses::finish() {
  end_verse();
  // The first in the file, so that the message is always the same.
  const std::string* reference = nullptr;
  std::size_t at = std::numeric_limits<std::size_t>::max();
  for (const auto& [name, verse] : announced_) {
    if (verse.at >= at) continue;
    at = verse.at;
    reference = &name;
  }
  if (reference != nullptr)
    fail(at, fmt::format("no word of verse {} follows; is a sentence missing?", *reference));
}

}  // namespace kalima::importers
