#include "importers/morphology_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "corpus/word_places.h"
#include "support/files.h"
#include "support/utf8.h"
#include "text/aligned.h"
#include "text/code_points.h"

namespace kalima::importers {
namespace {

constexpr std::size_t max_places_named = 30;
// More differing words than these, and than one in four, are of another text.
constexpr std::size_t max_differing = 100;

// The form as it is compared: files without signs write a hamza without a seat as a bare tatweel.
std::u32string compared(std::string_view form) {
  std::u32string out = utf8::to_code_points(form);
  constexpr char32_t tatweel = 0x640, hamza = 0x621;
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] != tatweel) continue;
    std::size_t end = at + 1;
    bool carries = false;
    for (; end < out.size() && text::code_point(out[end]).kind != text::Kind::letter; ++end) {
      carries = carries ||
                (text::code_point(out[end]).signs & (text::hamza_signs | text::dagger_alif)) != 0 ||
                text::code_point(out[end]).small;
    }
    if (!carries) out[at] = hamza;
  }
  return out;
}

// The words of the text that are in parts beside another word, and are not part of its spelling.
std::size_t surplus(const std::vector<text::Aligned>& parts) {
  std::size_t count = 0;
  for (const text::Aligned& part : parts) count += part.same || part.count == 0 ? 0 : part.count - 1;
  return count;
}

}  // namespace

MorphologyWords::MorphologyWords(const Source& text, SourceStream& file)
    : text_(text), file_(file), morphology_(file), next_(morphology_.next()) {}

void MorphologyWords::add(const TextVerse& text, corpus::Verse& verse) {
  require(text);
  const std::vector<corpus::TextWord> in_text = corpus::text_words(text.text);
  std::vector<std::u32string> words, wanted;
  for (const corpus::TextWord& word : in_text) words.push_back(utf8::to_code_points(word.text));
  for (const QacWord& word : next_->words) wanted.push_back(compared(word.form));
  const auto parts = text::aligned(words, wanted);
  if (!parts || surplus(*parts) > allowed_surplus(wanted.size())) {
    // Where segments are missing, or have another place, is where the verse ends here.
    fail_unmatched(text, words.size(), wanted.size() < words.size() ? next_->end_line : next_->line, "");
  }
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const text::Aligned& part = (*parts)[i];
    QacWord& word = next_->words[i];
    if (part.count == 0 && !part.same)
      fail_unmatched(text, words.size(), word.line,
                     fmt::format(": the text lacks word {}, {}", i + 1, word.form));
    ++words_;
    // What the text writes together with the word before has the spelling of the morphology.
    std::string form = word.form;
    if (part.count > 0) {
      const std::string_view first = in_text[part.first].shown,
                             last = in_text[part.first + part.count - 1].shown;
      form.assign(first.data(), last.data() + last.size());
    }
    if (!part.same || part.count == 0) {
      if (places_.size() < max_places_named)
        places_.push_back(fmt::format("{}:{}:{}", text.surah, text.ayah, i + 1));
      ++differing_;
    }
    verse.words.push_back({static_cast<std::int64_t>(i) + 1, std::move(form), std::move(word.segments)});
  }
  next_ = morphology_.next();
}

// Texts have a word more here and there; a cut-off file lacks the rest of its last verse.
std::size_t MorphologyWords::allowed_surplus(std::size_t words) const {
  return morphology_.ended() ? 0 : 2 + words / 10;
}

void MorphologyWords::finish(Counts& counts, store::CorpusWriter& writer) const {
  if (next_) fail_lacking();
  if (differing_ > max_differing && differing_ > words_ / 4) {
    file_.fail(
        0,
        fmt::format("{} of {} words are other words in the text, the first {}; is it the morphology of this "
                    "text?",
                    differing_, words_, places_.front()));
  }
  if (const std::string& tags = morphology_.differing_tags(); !tags.empty())
    writer.set_meta(store::differing_tags_key, tags);
  morphology_.unknown_features().warn(file_, counts);
  if (differing_ == 0) return;
  counts.warnings.push_back(fmt::format("{} word{} spelt otherwise in the text than in the morphology: {}{}",
                                        differing_, differing_ == 1 ? " is" : "s are",
                                        fmt::join(places_, ", "), differing_ > places_.size() ? ", …" : ""));
}

void MorphologyWords::fail_lacking() const {
  file_.fail(next_->line,
             fmt::format("a segment of verse {}:{}, which the text lacks", next_->surah, next_->ayah));
}

void MorphologyWords::fail_unmatched(const TextVerse& text, std::size_t words, std::size_t line,
                                     const std::string& more) const {
  file_.fail(
      line,
      fmt::format("verse {}:{} has {} words here and {} in the text ({}:{}), and they cannot be matched{}{}",
                  text.surah, text.ayah, next_->words.size(), words, files::to_utf8(text_.path()), text.line,
                  more, morphology_.ended() ? "; is the file cut off?" : ""));
}

// The next verse must be the one of the text.
void MorphologyWords::require(const TextVerse& text) const {
  if (!next_) {
    file_.fail(morphology_.line(),
               fmt::format("the file ends before verse {}:{}, which the text has; is it cut off?", text.surah,
                           text.ayah));
  }
  const std::pair here(next_->surah, next_->ayah), wanted(text.surah, text.ayah);
  if (here < wanted) fail_lacking();
  if (here > wanted) {
    file_.fail(next_->line,
               fmt::format("a segment of verse {}:{} where one of {}:{} is expected, which the text has",
                           next_->surah, next_->ayah, text.surah, text.ayah));
  }
}

}  // namespace kalima::importers
