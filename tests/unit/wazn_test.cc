#include "corpus/wazn.h"

#include "testing.h"
#include "text/unicode.h"

using kalima::attributes::Derivation;
using kalima::attributes::VerbForm;
using kalima::corpus::Lexeme;

namespace {

struct Known {
  const char *root, *lemma, *wazn;
};

std::string found(const Lexeme& lexeme) { return kalima::corpus::wazn(lexeme).value_or("-"); }
std::string nfc(const char* text) { return kalima::text::nfc(text); }

}  // namespace

// Worked out by hand before the code was written, as grammars of Arabic give them (Wright I, 183 to 254).
TEST_CASE("measures of nouns and adjectives") {
  for (const Known& one : std::initializer_list<Known>{
           {"كتب", "كِتَٰب", "فِعَال"},     {"رحم", "رَّحِيم", "فَعِيل"},   {"رحم", "رَحْمَة", "فَعْلَة"},
           {"رحم", "رَّحْمَٰن", "فَعْلَان"},   {"ملك", "مَلِك", "فَعِل"},     {"ولد", "وَلَد", "فَعَل"},
           {"رجل", "رَجُل", "فَعُل"},      {"قلب", "قَلْب", "فَعْل"},     {"علم", "عِلْم", "فِعْل"},
           {"حكم", "حُكْم", "فُعْل"},      {"كبر", "أَكْبَر", "أَفْعَل"},   {"سجد", "مَسْجِد", "مَفْعِل"},
           {"سلم", "سَلَٰم", "فَعَال"},     {"رسل", "رَسُول", "فَعُول"},   {"نهر", "أَنْهَٰر", "أَفْعَال"},
           {"فرق", "فُرْقَان", "فُعْلَان"},  {"وزن", "مِيزَان", "مِفْعَال"}, {"بوب", "بَاب", "فَعَل"},
           {"دين", "دِين", "فِعْل"},      {"نور", "نُور", "فُعْل"},     {"قوم", "قَوْم", "فَعْل"},
           {"قوم", "مَقَام", "مَفْعَل"},    {"ربب", "رَبّ", "فَعْل"},      {"جنن", "جَنَّة", "فَعْلَة"},
           {"شدد", "أَشَدّ", "أَفْعَل"},     {"دبب", "دَآبَّة", "فَاعِلَة"},  {"وقي", "تَقْوَىٰ", "فَعْلَى"},
           {"هدي", "هُدًى", "فُعَل"},      {"صلو", "صَلَوٰة", "فَعَلَة"},   {"ابو", "أَب", "فَع"},
           {"سمو", "ٱسْم", "ٱفْع"},      {"اخر", "ءَاخَر", "أَفْعَل"},   {"زخرف", "زُخْرُف", "فُعْلُل"},
           {"قسطس", "قِسْطَاس", "فِعْلَال"}, {"قوي", "قُوَّة", "فُعْلَة"}}) {
    CHECK_MESSAGE(found({.root = one.root, .lemma = one.lemma}) == nfc(one.wazn), one.lemma);
  }
}

TEST_CASE("a weak letter that became a hamza at the end, or one with its neighbour") {
  for (const Known& one : std::initializer_list<Known>{
           {"سمو", "سَمَآء", "فَعَال"},     {"جزي", "جَزَآء", "فَعَال"},   {"نسو", "نِسَآء", "فِعَال"},
           {"شفي", "شِفَآء", "فِعَال"},     {"دعو", "دُعَآء", "فُعَال"},   {"ابو", "آبَاء", "أَفْعَال"},
           {"الو", "ءَالَآء", "أَفْعَال"},   {"هوي", "أَهْوَآء", "أَفْعَال"}, {"لقي", "تِلْقَآء", "تِفْعَال"},
           {"بني", "بَنَّآء", "فَعَّال"},     {"ضرر", "ضَرَّآء", "فَعْلَاء"},  {"موه", "مَآء", "فَعَل"},
           {"نبا", "أَنۢبِيَآء", "أَفْعِلَاء"}, {"خزن", "خَزَآئِن", "فَعَائِل"}, {"قوم", "قَيُّوم", "فَيْعُول"},
           {"سود", "سَيِّد", "فَيْعِل"},      {"بين", "بَيِّنَة", "فَيْعِلَة"},  {"دور", "دَيَّار", "فَيْعَال"},
           {"سير", "سَيَّارَة", "فَعَّالَة"},   {"ولي", "وَلِىّ", "فَعِيل"},    {"نبا", "نَّبِىّ", "فَعِيل"},
           {"برا", "بَرِىٓء", "فَعِيل"},     {"وصي", "وَصِيَّة", "فَعِيلَة"},  {"عدو", "عَدُوّ", "فَعُول"},
           {"علو", "عُلُوّ", "فُعُول"},      {"عتو", "عِتِيّ", "فُعُول"},    {"بني", "بُنَىّ", "فُعَيْل"},
           {"مني", "أُمْنِيَّت", "أُفْعُولَة"},  {"سنو", "سِنِين", "فِعِين"},   {"علو", "أَعْلَوْن", "أَفْعَوْن"},
           {"وقي", "أَتْقَى", "أَفْعَل"},     {"اول", "أَوَّل", "أَفْعَل"},    {"اول", "تَأْوِيل", "تَفْعِيل"}}) {
    CHECK_MESSAGE(found({.root = one.root, .lemma = one.lemma}) == nfc(one.wazn), one.lemma);
  }
}

TEST_CASE("one measure has one spelling, whatever marks the lemma lacks") {
  for (const Known& one : std::initializer_list<Known>{{"عند", "عِند", "فِعْل"},
                                                       {"اخر", "آخِر", "فَاعِل"},
                                                       {"اخر", "آخَر", "أَفْعَل"},
                                                       {"انث", "أُنثَىٰ", "فُعْلَى"},
                                                       {"انس", "إِنسَٰن", "فِعْلَان"},
                                                       {"ندد", "أَندَاد", "أَفْعَال"},
                                                       {"دنو", "دُّنْيَا", "فُعْلَى"},
                                                       {"امم", "أُمِّىّ", "فُعْلِيّ"},
                                                       {"كرس", "كُرْسِيّ", "فُعْلِيّ"},
                                                       {"عبد", "عِبَادَت", "فِعَالَة"},
                                                       {"رضو", "مَرْضَات", "مَفْعَلَة"},
                                                       {"بني", "بَنَات", "فَعَات"},
                                                       {"ابد", "أَبَدًا", "فَعَل"},
                                                       {"ربو", "رِّبَوٰا", "فِعَل"},
                                                       {"قرر", "قَوَارِيرَا", "فَوَاعِيل"},
                                                       {"جري", "مَجْرىٰ", "مَفْعَل"},
                                                       {"صحب", "صَىٰحِب", "فَاعِل"}}) {
    CHECK_MESSAGE(found({.root = one.root, .lemma = one.lemma}) == nfc(one.wazn), one.lemma);
  }
}

TEST_CASE("measures of verbs are those of their forms; of form I by the vowel of the lemma") {
  const auto verb = [](const char* root, const char* lemma, VerbForm form) {
    return found({.root = root, .lemma = lemma, .verb = true, .form = form});
  };
  CHECK(verb("كتب", "كَتَبَ", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("علم", "عَلِمَ", VerbForm::i) == nfc("فَعِلَ"));
  CHECK(verb("كبر", "كَبُرَ", VerbForm::i) == nfc("فَعُلَ"));
  CHECK(verb("قول", "قَالَ", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("رضو", "رَّضِىَ", VerbForm::i) == nfc("فَعِلَ"));
  CHECK(verb("هدي", "هَدَى", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("وصف", "يَصِفُ", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("ضرر", "يَضُرَّ", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("ياس", "يَئِسَ", VerbForm::i) == nfc("فَعِلَ"));
  CHECK(verb("لقي", "لَقُ", VerbForm::i) == nfc("فَعِلَ"));
  CHECK(verb("ردد", "رَدَّ", VerbForm::i) == nfc("فَعَلَ"));
  CHECK(verb("علم", "عَلَّمَ", VerbForm::ii) == nfc("فَعَّلَ"));
  CHECK(verb("قتل", "قَٰتَلَ", VerbForm::iii) == nfc("فَاعَلَ"));
  CHECK(verb("امن", "ءَامَنَ", VerbForm::iv) == nfc("أَفْعَلَ"));
  CHECK(verb("وقي", "ٱتَّقَىٰ", VerbForm::viii) == nfc("ٱفْتَعَلَ"));
  CHECK(verb("ثقل", "ٱثَّاقَلْ", VerbForm::vi) == nfc("تَفَاعَلَ"));
  CHECK(verb("غفر", "ٱسْتَغْفَرَ", VerbForm::x) == nfc("ٱسْتَفْعَلَ"));
  CHECK(verb("زلزل", "زُلْزِلُ", VerbForm::i) == nfc("فَعْلَلَ"));
  CHECK(verb("طمن", "ٱطْمَأَنَّ", VerbForm::xii) == nfc("ٱفْعَلَلَّ"));
}

TEST_CASE("measures of participles and verbal nouns") {
  const auto derived = [](const char* root, const char* lemma, Derivation derivation, VerbForm form) {
    return found({.root = root, .lemma = lemma, .form = form, .derivation = derivation});
  };
  constexpr auto active = Derivation::active_participle, passive = Derivation::passive_participle,
                 noun = Derivation::verbal_noun;
  CHECK(derived("كفر", "كَافِر", active, VerbForm::i) == nfc("فَاعِل"));
  CHECK(derived("قول", "قَآئِل", active, VerbForm::i) == nfc("فَاعِل"));
  CHECK(derived("هدي", "هَاد", active, VerbForm::i) == nfc("فَاعِل"));
  CHECK(derived("ضلل", "ضَآلّ", active, VerbForm::i) == nfc("فَاعِل"));
  CHECK(derived("سلم", "مُسْلِمَة", active, VerbForm::iv) == nfc("مُفْعِلَة"));
  CHECK(derived("وقي", "مُتَّقِين", active, VerbForm::viii) == nfc("مُفْتَعِل"));
  CHECK(derived("عرف", "مَّعْرُوف", passive, VerbForm::i) == nfc("مَفْعُول"));
  CHECK(derived("لوم", "مَلُوم", passive, VerbForm::i) == nfc("مَفْعُول"));
  CHECK(derived("حيض", "مَحِيض", passive, VerbForm::i) == nfc("مَفْعِل"));
  CHECK(derived("قضي", "مَّقْضِيّ", passive, VerbForm::i) == nfc("مَفْعُول"));
  CHECK(derived("نزل", "تَنزِيل", noun, VerbForm::ii) == nfc("تَفْعِيل"));
  CHECK(derived("صلح", "إِصْلَٰح", noun, VerbForm::iv) == nfc("إِفْعَال"));
  CHECK(derived("سلم", "إِسْلَٰم", noun, VerbForm::iv) == nfc("إِفْعَال"));
  CHECK(derived("كذب", "كِذَّاب", noun, VerbForm::ii) == nfc("فِعَّال"));
  CHECK(derived("كثر", "تَّكَاثُر", noun, VerbForm::iii) == nfc("تَفَاعُل"));
  CHECK(derived("لقي", "لَٰقِي", active, VerbForm::iii) == nfc("فَاعِل"));
  CHECK(derived("زحزح", "مُزَحْزِح", active, VerbForm::ii) == nfc("مُفَعْلِل"));
  CHECK(derived("همن", "مُهَيْمِن", active, VerbForm::ii) == nfc("مُفَيْعِل"));
  CHECK(derived("ضرب", "ضَرْب", noun, VerbForm::i) == nfc("فَعْل"));
}

TEST_CASE("what has no measure") {
  CHECK(found({.root = "اله", .lemma = "ٱللَّه"}) == "-");
  CHECK(found({.root = "اني", .lemma = "أَنَّىٰ"}) == "-");
  CHECK(found({.root = "", .lemma = "مِن"}) == "-");
  CHECK(found({.root = "كتب", .lemma = ""}) == "-");
  CHECK(found({.root = "كتب", .lemma = "قَلْب"}) == "-");
  CHECK(found({.root = "noot", .lemma = "noot"}) == "-");
  const std::string long_text(10'000, 'x');
  CHECK(found({.root = long_text, .lemma = long_text}) == "-");
  std::string letters;
  for (int i = 0; i < 3'000; ++i) letters += "ا";
  CHECK(found({.root = "ودي", .lemma = letters}) == "-");
}
