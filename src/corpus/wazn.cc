#include "corpus/wazn.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "corpus/measured_letters.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::corpus {
namespace {

using attributes::Derivation;
using attributes::VerbForm;

std::string utf8_of(std::u32string_view measure) {
  std::string out;
  for (const char32_t c : measure) utf8::append(out, c);
  return text::nfc(out);
}

// --- what follows from the form ---

struct OfForm {
  std::u32string_view verb, active, passive, noun;
};
// Of roots of three letters, I to XII.
constexpr std::array<OfForm, 12> of_forms{{
    {U"", U"", U"", U""},
    {U"فَعَّلَ", U"مُفَعِّل", U"مُفَعَّل", U"تَفْعِيل"},
    {U"فَاعَلَ", U"مُفَاعِل", U"مُفَاعَل", U"فِعَال"},
    {U"أَفْعَلَ", U"مُفْعِل", U"مُفْعَل", U"إِفْعَال"},
    {U"تَفَعَّلَ", U"مُتَفَعِّل", U"مُتَفَعَّل", U"تَفَعُّل"},
    {U"تَفَاعَلَ", U"مُتَفَاعِل", U"مُتَفَاعَل", U"تَفَاعُل"},
    {U"ٱنْفَعَلَ", U"مُنْفَعِل", U"مُنْفَعَل", U"ٱنْفِعَال"},
    {U"ٱفْتَعَلَ", U"مُفْتَعِل", U"مُفْتَعَل", U"ٱفْتِعَال"},
    {U"ٱفْعَلَّ", U"مُفْعَلّ", U"مُفْعَلّ", U"ٱفْعِلَال"},
    {U"ٱسْتَفْعَلَ", U"مُسْتَفْعِل", U"مُسْتَفْعَل", U"ٱسْتِفْعَال"},
    {U"ٱفْعَالَّ", U"مُفْعَالّ", U"مُفْعَالّ", U"ٱفْعِيلَال"},
    {U"ٱفْعَوْعَلَ", U"مُفْعَوْعِل", U"مُفْعَوْعَل", U"ٱفْعِيعَال"},
}};
// Of roots of four letters: I, II, and the one of ٱطْمَأَنَّ, whatever its number in a source.
constexpr std::array<OfForm, 3> of_four{{
    {U"فَعْلَلَ", U"مُفَعْلِل", U"مُفَعْلَل", U""},
    {U"تَفَعْلَلَ", U"مُتَفَعْلِل", U"مُتَفَعْلَل", U"تَفَعْلُل"},
    {U"ٱفْعَلَلَّ", U"مُفْعَلِلّ", U"مُفْعَلَلّ", U"ٱفْعِلْلَال"},
}};

const OfForm& of_form(VerbForm form, std::size_t letters, const std::vector<Sound>& lemma) {
  if (letters > 3) {
    // Some sources count other forms than I of four letters as II.
    const bool with_ta =
        lemma[0].letter == ta || (lemma[0].letter == U'م' && lemma.size() > 1 && lemma[1].letter == ta);
    if (form == VerbForm::ii && !with_ta) return of_four[0];
    return of_four[std::min<std::size_t>(static_cast<std::size_t>(form), 2)];
  }
  const bool hamza_inside = std::ranges::any_of(lemma, [](const Sound& s) { return s.letter == hamza; });
  if (form == VerbForm::xii && hamza_inside) return of_four[2];
  return of_forms[static_cast<std::size_t>(form)];
}

// فَعَلَ, فَعِلَ or فَعُلَ: by the vowel of the second letter, if the lemma is an active perfect that shows it. لَقُ is of
// لَقُوا, from لَقِىَ.
std::u32string of_first_form(const std::vector<Sound>& lemma, const std::u32string& root) {
  char32_t vowel = fatha;
  if (lemma.size() >= 2 && lemma[0].letter == root[0] && lemma[0].vowel == fatha &&
      lemma[1].letter == root[1] && !lemma[1].doubled && (lemma[1].vowel == kasra || lemma[1].vowel == damma))
    vowel = lemma.size() == 2 ? kasra : lemma[1].vowel;
  return {U'ف', fatha, U'ع', vowel, U'ل', fatha};
}

// --- what no rule gives ---

struct Known {
  std::u32string_view lemma, wazn;  // without wazn: none
};
constexpr auto known = std::to_array<Known>({
    {U"أَوَّل", U"أَفْعَل"},       // from وول, as most grammarians say
    {U"طَٰغُوت", U"فَلَعُوت"},     // its letters changed places: طَغَيُوت
    {U"كِلْتَا", U"فِعْلَى"},      // ت for و
    {U"أَنۢبِيَآء", U"أَفْعِلَاء"},  // ي for the hamza of the root
    {U"مِائَة", U"فِعَة"},       // an alif that is not heard
    {U"أَيْيد", U"فَعْل"},       // a ي that is not heard, 51:47
    {U"مُخْتَال", U"مُفْتَعِل"},    // participles that no source marks; the vowel is not heard
    {U"مُرْتَاب", U"مُفْتَعِل"},
    {U"مُعْتَرّ", U"مُفْتَعِل"},
    {U"مُنۢبَثّ", U"مُنْفَعِل"},
    {U"مُضْطَرّ", U"مُفْتَعَل"},
    {U"مُهَيْمِن", U"مُفَيْعِل"},  // called form II in the Quranic Arabic Corpus
    {U"مُصَيْطِر", U"مُفَيْعِل"},
    {U"تَرَاقِى", U"فَعَالِي"},  // called a verbal noun there
    {U"أَنَّىٰ", U""},         // interrogatives and compounds
    {U"كُلَّمَا", U""},
    {U"أُولِى", U""},
});

// The place in `known`.
const Known* known_one(const std::vector<Sound>& lemma) {
  static const std::vector<std::vector<Sound>> sounds = [] {
    std::vector<std::vector<Sound>> out;
    for (const Known& one : known) out.push_back(sounds_of(utf8_of(one.lemma)));
    return out;
  }();
  const auto found = std::ranges::find(sounds, lemma);
  return found == sounds.end() ? nullptr : &known[static_cast<std::size_t>(found - sounds.begin())];
}

}  // namespace

std::optional<std::string> wazn(const Lexeme& lexeme) {
  const std::u32string root = radicals_of(lexeme.root);
  const std::vector<Sound> lemma = sounds_of(lexeme.lemma);
  constexpr std::size_t max_letters = 32;
  if (root.size() < 2 || root.size() > 5 || lemma.empty() || lemma.size() > max_letters ||
      lexeme.lemma.starts_with("ٱللَّه"))
    return std::nullopt;
  if (const Known* const one = known_one(lemma); one != nullptr && !lexeme.verb)
    return one->wazn.empty() ? std::nullopt : std::optional(utf8_of(one->wazn));
  const bool feminine =
      lemma.back().letter == ta_marbuta || (lemma.size() > 1 && lemma.back().letter == ta &&
                                            lemma[lemma.size() - 2].vowel == fatha && root.back() != ta);
  const auto with_ending = [&](std::u32string_view measure) {
    std::u32string out(measure);
    if (feminine) (out += fatha) += ta_marbuta;
    return utf8_of(out);
  };
  const VerbForm form = lexeme.form.value_or(VerbForm::i);
  const OfForm& derived = of_form(form, root.size(), lemma);
  if (lexeme.verb) {
    return utf8_of(form == VerbForm::i && root.size() == 3 ? of_first_form(lemma, root)
                                                           : std::u32string(derived.verb));
  }
  const bool opens_with_mim = lemma.front().letter == U'م';
  if (lexeme.derivation && (form != VerbForm::i || root.size() > 3)) {
    if (*lexeme.derivation == Derivation::active_participle && opens_with_mim)
      return with_ending(derived.active);
    if (*lexeme.derivation == Derivation::passive_participle && opens_with_mim)
      return with_ending(derived.passive);
    // Verbal nouns with other patterns than the usual one: مُفَاعَلَة, تَفْعِلَة and إِقَامَة; كِذَّاب is compared.
    if (*lexeme.derivation == Derivation::verbal_noun) {
      if (form == VerbForm::iii && opens_with_mim) return with_ending(U"مُفَاعَل");
      if (form == VerbForm::iv && feminine) return with_ending(U"إِفَال");
      if (form == VerbForm::x && feminine) return with_ending(U"ٱسْتِفَال");
      const bool usual = (form != VerbForm::ii || lemma.front().letter == ta) &&
                         (form != VerbForm::iii || lemma.front().letter == root.front());
      if (form == VerbForm::ii && usual && feminine) return with_ending(U"تَفْعِل");
      if (usual && !derived.noun.empty()) return utf8_of(derived.noun);
    }
  }
  if (lexeme.derivation == Derivation::active_participle && lemma.size() > 2 && lemma[1].letter == alif &&
      root.size() == 3)
    return with_ending(U"فَاعِل");
  const auto found = compared(lemma, root);
  if (!found) return std::nullopt;
  if (lexeme.derivation == Derivation::passive_participle && opens_with_mim && *found != U"مَفْعِل")
    return with_ending(U"مَفْعُول");
  return utf8_of(*found);
}

}  // namespace kalima::corpus
