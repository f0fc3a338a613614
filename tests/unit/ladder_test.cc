#include "text/ladder.h"

#include <fmt/format.h>

#include <array>

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using testing::Random;
using text::match;
using text::normal_form;
using text::Step;
using text::Word;

namespace {

Word word(std::string_view utf8) { return Word(utf8::to_code_points(utf8)); }

std::string step_of(std::string_view query, std::string_view in_text) {
  const auto step = match(word(query), word(in_text));
  CHECK(match(word(in_text), word(query)) == step);
  return step ? std::string(text::step_name(*step)) : "none";
}

std::string form(Step step, std::string_view utf8) {
  std::string out;
  for (const char32_t c : normal_form(step, utf8::to_code_points(utf8))) utf8::append(out, c);
  return out;
}

std::string code_points(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) out += fmt::format(" {:04X}", static_cast<std::uint32_t>(c));
  return out;
}

constexpr std::array all_steps = {Step::exact,           Step::plain,    Step::partial_vowels, Step::folded,
                                  Step::modern_spelling, Step::regional, Step::no_vowels};

// Words of characters that Arabic texts contain, and of others.
std::u32string random_word(Random& random) {
  static const std::u32string letters = U"ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىةٱـ",
                              signs = U"\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652",
                              quranic =
                                  U"\u0653\u0654\u0655\u0656\u0657\u065E\u0670\u06D6\u06DA\u06DC\u06DF\u06E0"
                                  U"\u06E1\u06E2\u06E3\u06E5\u06E6\u06E7"
                                  U"\u06E8\u06ED\u08F0\u08F1\u08F2",
                              regional = U"یکہھےۀۂۃۓں\u0672\u0674\u0675ﷲﻻﺍﻟ",
                              odd = U"a1 é\u200D\u00A0\u0301\u200F\u200C\uFEFF\U0001F54C\uFFFD";
  std::u32string out;
  for (std::size_t left = random.between(0, 9); left > 0; --left) {
    const std::size_t kind = random.below(20);
    out += random.pick(kind < 10   ? letters
                       : kind < 14 ? signs
                       : kind < 17 ? quranic
                       : kind < 19 ? regional
                                   : odd);
  }
  return out;
}

// A word that is likely to match: some letters of the other with changes.
std::u32string changed(Random& random, std::u32string word) {
  for (std::size_t changes = random.below(3); changes > 0 && !word.empty(); --changes) {
    const std::size_t at = random.below(word.size());
    switch (random.below(3)) {
      case 0:
        word.erase(at, 1);
        break;
      case 1:
        word.insert(at, 1, random.pick(std::u32string(U"اىيوٰۥّـأء")));
        break;
      default:
        word[at] = random.pick(std::u32string(U"اأٱآىيةهویکَُْ"));
    }
  }
  return word;
}

}  // namespace

TEST_CASE("the steps have names") {
  CHECK(all_steps.size() == text::step_count);
  CHECK(all_steps.front() == Step::exact);
  CHECK(all_steps.back() == text::loosest_step);
  CHECK(text::step_name(Step::partial_vowels) == "partial_vowels");
}

TEST_CASE("exact: the same text in any normalization form") {
  CHECK(step_of("قُلْ", "قُلْ") == "exact");
  CHECK(step_of("أَحَدٌ", "ا\u0654َحَدٌ") == "exact");
  CHECK(step_of("رَبِّ", "رَب\u0651\u0650") == "exact");
  CHECK(step_of("لَآ", "لَا\u0653") == "exact");
}

TEST_CASE("plain: without tatweel, pause marks and annotation signs") {
  CHECK(step_of("رَيْبَ", "رَيْبَ\u06DB") == "plain");
  CHECK(step_of("رَحْمَٰن", "رَحْمَـٰن") == "plain");
  CHECK(step_of("لَهُ", "لَهُۥ") == "plain");
  CHECK(step_of("هُدًى", "هُدًۭى") == "plain");
  CHECK(step_of("ابْن", "ٱبْن") == "plain");
  CHECK(step_of("قَالُوا", "قَالُوا۟") == "plain");
  CHECK(step_of("لَا", "لَآ") == "plain");
  CHECK(step_of("شَيْءًا", "شَيْـًٔا") == "plain");
  CHECK(form(Step::plain, "ٱلْـَٔاخِرَةُ\u06DA") == "الْءَاخِرَةُ");
}

TEST_CASE("partial_vowels: vowels agree where both words have them") {
  CHECK(step_of("من", "مَن") == "partial_vowels");
  CHECK(step_of("مَن", "مَنْ") == "partial_vowels");
  CHECK(step_of("مَن", "مِن") == "no_vowels");
  CHECK(step_of("كذّب", "كَذَّبَ") == "partial_vowels");
  CHECK(step_of("كذّب", "كَذَبَ") == "no_vowels");
  CHECK(step_of("كَذَبَ", "كَذَّبَ") == "no_vowels");
  CHECK(step_of("رَبِّهِم", "رَّبِّهِم") == "partial_vowels");
  CHECK(step_of("الرَّحْمَن", "ٱلرَّحْمَـٰنِ") == "partial_vowels");
}

TEST_CASE("folded: letters that are written for each other") {
  CHECK(step_of("رُحمن", "ٱلرَّحْمَـٰن") == "none");
  CHECK(step_of("احد", "أَحَدٌ") == "folded");
  CHECK(step_of("إسم", "ٱسْمُ") == "folded");
  CHECK(step_of("في", "فِى") == "folded");
  CHECK(step_of("رحمه", "رَحْمَةٌ") == "folded");
  CHECK(step_of("مومن", "مُؤْمِنٌ") == "folded");
  CHECK(step_of("ما", "مَآءٌ") == "none");
  CHECK(form(Step::folded, "ٱلْمُؤْمِنَةِ") == "المومنه");
}

TEST_CASE("modern_spelling: each licensed difference") {
  // clang-format off
  // Modern spelling, and what Tanzil's Uthmani text writes.
  const std::vector<std::pair<const char*, const char*>> words = {
      {"العالمين", "ٱلْعَـٰلَمِينَ"}, {"الصلاة", "ٱلصَّلَوٰةَ"},     {"الحياة", "ٱلْحَيَوٰةِ"},      {"السماوات", "ٱلسَّمَـٰوَٰتِ"},
      {"السموات", "ٱلسَّمَـٰوَٰتِ"},  {"التوراة", "ٱلتَّوْرَىٰةُ"},    {"الربا", "ٱلرِّبَوٰا۟"},      {"مشكاة", "مِشْكَوٰةٍ"},
      {"إبراهيم", "إِبْرَٰهِـۧمَ"},   {"إبراهيم", "إِبْرَٰهِيمَ"},    {"النبيين", "ٱلنَّبِيِّـۧنَ"},   {"داود", "دَاوُۥدَ"},
      {"داوود", "دَاوُۥدَ"},         {"يستحيي", "يَسْتَحْىِۦٓ"},      {"ننجي", "نُـۨجِى"},          {"إسرائيل", "إِسْرَٰٓءِيلَ"},
      {"القرآن", "ٱلْقُرْءَانُ"},     {"القران", "ٱلْقُرْءَانُ"},     {"آمنوا", "ءَامَنُوا۟"},       {"امنوا", "ءَامَنُوا۟"},
      {"الآخرة", "ٱلْـَٔاخِرَةُ"},    {"الآن", "ٱلْـَٔـٰنَ"},         {"الليل", "ٱلَّيْلِ"},        {"اللاتي", "ٱلَّـٰتِى"},
      {"جاءوا", "جَآءُو"},          {"الأيكة", "لْـَٔيْكَةِ"},       {"واسأل", "وَسْـَٔلِ"},        {"فاسألوا", "فَسْـَٔلُوٓا۟"},
      {"يسألونك", "يَسْـَٔلُونَكَ"},  {"يسالونك", "يَسْـَٔلُونَكَ"},  {"مسؤولا", "مَسْـُٔولًۭا"},    {"سيئات", "سَيِّـَٔاتِ"},
      {"خطاياكم", "خَطَـٰيَـٰكُمْ"},  {"رأى", "رَءَا"},             {"الأقصى", "ٱلْأَقْصَا"},     {"الملأ", "ٱلْمَلَؤُا۟"},
      {"جزاء", "جَزَٰٓؤُا۟"},        {"مائة", "مِا۟ئَةَ"},          {"مئة", "مِا۟ئَةَ"},          {"أفإن", "أَفَإِي۟ن"},
      {"رحمة", "رَحْمَتَ"},         {"امرأة", "ٱمْرَأَتُ"},        {"يبسط", "يَبْصُۜطُ"},        {"المسيطرون", "ٱلْمُصَۣيْطِرُونَ"},
      {"الموءودة", "ٱلْمَوْءُۥدَةُ"}, {"الموؤودة", "ٱلْمَوْءُۥدَةُ"}, {"تقاة", "تُقَىٰةًۭ"},        {"آباؤكم", "ءَابَآؤُكُمْ"},
      {"الداع", "ٱلدَّاعِ"},        {"سأريكم", "سَأُو۟رِيكُمْ"},    {"المنشآت", "ٱلْمُنشَـَٔاتُ"}, {"الرحمان", "ٱلرَّحْمَـٰنِ"}};
  // clang-format on
  for (const auto& pair : words) {
    const std::string modern = pair.first, uthmani = pair.second;
    CAPTURE(modern);
    CAPTURE(uthmani);
    const auto step = match(word(modern), word(uthmani));
    CHECK(step.has_value());
    CHECK(step <= Step::modern_spelling);
    CHECK(match(word(uthmani), word(modern)) == step);
    CHECK(form(Step::modern_spelling, modern) == form(Step::modern_spelling, uthmani));
  }
  CHECK(step_of("الصلاة", "ٱلصَّلَوٰةَ") == "modern_spelling");
  CHECK(step_of("الصلوة", "ٱلصَّلَوٰةَ") == "partial_vowels");
  CHECK(step_of("الكتب", "ٱلْكِتَـٰبُ") == "no_vowels");  // alif is written today, so this is ٱلْكُتُب first
  CHECK(step_of("الكتب", "ٱلْكُتُبِ") == "partial_vowels");
  CHECK(step_of("قل", "قَـٰلَ") == "no_vowels");
  CHECK(step_of("الكتاب", "ٱلْكِتَـٰبُ") == "modern_spelling");
}

TEST_CASE("modern_spelling: as it is typed") {
  // clang-format off
  const std::vector<std::pair<const char*, const char*>> words = {
      // أ for آ
      {"القرأن", "ٱلْقُرْءَانُ"}, {"أمنوا", "ءَامَنُوا۟"}, {"أدم", "ءَادَمَ"}, {"الأخرة", "ٱلْـَٔاخِرَةِ"}, {"بأيات", "بِـَٔايَـٰتِ"},
      // a seat for the letter before a hamza too
      {"شئ", "شَىْءٍ"}, {"شئا", "شَيْـًۭٔا"}, {"يضئ", "يُضِىٓءُ"}, {"برئ", "بَرِىٓءٌۭ"},
      // the last ya twice
      {"يحيي", "يُحْىِۦ"}, {"يحيي", "يُحْىِ"}, {"نحيي", "نُحْىِ"}, {"لمحيي", "لَمُحْىِ"},
      // hamza with tanwin
      {"بناءا", "بِنَآءًۭ"}, {"جزاءا", "جَزَآءًۢ"}, {"ملجأ", "مَلْجَـًۭٔا"}, {"شيئا", "شَيْـًۭٔا"}, {"خطأ", "خَطَـًۭٔا"},
      // joining alifs
      {"لاتخذت", "لَتَّخَذْتَ"}, {"فادارأتم", "فَٱدَّٰرَْٰٔتُمْ"},
      // two hamzas
      {"أأمنتم", "ءَأَمِنتُم"}, {"أإله", "أَءِلَـٰهٌۭ"}, {"أئذا", "أَءِذَا"}, {"أأعجمي", "ءَا۬عْجَمِىٌّۭ"},
      // رحمت for رحمة, both ways
      {"رحمت", "رَحْمَةًۭ"}, {"نعمة", "نِعْمَتَ"}, {"غيابة", "غَيَـٰبَتِ"}, {"أيها", "أَيُّهَ"}};
  // clang-format on
  for (const auto& pair : words) {
    const auto step = match(word(pair.first), word(pair.second));
    CAPTURE(std::string(pair.first));
    CHECK(step.has_value());
    CHECK(step <= Step::modern_spelling);
    CHECK(form(Step::modern_spelling, pair.first) == form(Step::modern_spelling, pair.second));
  }
  CHECK(step_of("مئة", "مَّيِّتٍۢ") == "none");
  CHECK(step_of("مئة", "مَيْتًۭا") == "none");
  CHECK(step_of("آية", "ءَايَـٰتٌ") == "none");
  CHECK(step_of("لهو", "لَهُۥ") == "none");
  CHECK(step_of("ولو", "وَلَّوْا۟") == "none");
  CHECK(step_of("الله", "ءَآللَّهُ") == "none");
}

TEST_CASE("no_vowels: vowels that were typed count, in modern spelling too") {
  CHECK(step_of("آمِنوا", "ءَامَنُوا۟") == "no_vowels");
  CHECK(step_of("آمَنوا", "ءَامَنُوا۟") == "partial_vowels");
  CHECK(step_of("آمنوا", "ءَامِنُوا۟") == "partial_vowels");
  CHECK(step_of("جَنّة", "جُنَّةًۭ") == "no_vowels");
  CHECK(step_of("الصُّلاة", "ٱلصَّلَوٰةَ") == "no_vowels");
  CHECK(step_of("الصَّلاة", "ٱلصَّلَوٰةَ") == "modern_spelling");
  CHECK(step_of("أُحَد", "أَحَدٌ") == "no_vowels");
  CHECK(step_of("مُوسی", "مُوسَىٰ") == "regional");
  CHECK(step_of("مَوسی", "مُوسَىٰ") == "no_vowels");
  CHECK(step_of("وَجَدْتُ", "وَجَدتُّ") == "partial_vowels");
}

TEST_CASE("every encoding has the same letters") {
  // As copied from an edition, and as Tanzil's Uthmani text writes the word.
  // clang-format off
  const std::vector<std::pair<const char*, const char*>> words = {
      {"ٱلۡأٓخِرَةِ", "ٱلْـَٔاخِرَةِ"}, {"لَأٓيَةࣰ", "لَـَٔايَةًۭ"}, {"لِأٓدَمَ", "لِـَٔادَمَ"}, {"يَسۡ‍َٔلُونَكَ", "يَسْـَٔلُونَكَ"},
      {"وَٲحِدَةٍ", "وَٰحِدَةٍۢ"}, {"سَمِيعُۢ", "سَمِيعٌۢ"}, {"خَيۡرٖ", "خَيْرٍۢ"}, {"قَالُواْ", "قَالُوا۟"}, {"غِشَٰوَةࣱ", "غِشَـٰوَةٌۭ"},
      {"كِتاباً", "كِتابًا"}, {"فَٱدَّـٰرَ ٰٔتُمۡ", "فَٱدَّٰرَْٰٔتُمْ"}, {"رحـمة", "رحمة"}, {"‏رحمة‏", "رحمة"},
      {"رح­مة﻿", "رحمة"}, {"هُدࣰى", "هُدًۭى"}};
  // clang-format on
  for (const auto& pair : words) {
    CAPTURE(std::string(pair.first));
    CHECK(match(word(pair.first), word(pair.second)) <= Step::partial_vowels);
  }
  CHECK(step_of("اٰمَنَّا", "ءَامَنَّا") == "modern_spelling");
  CHECK(step_of("یٰۤاَیُّہَا", "يَـٰٓأَيُّهَا") == "regional");
  CHECK(step_of("الصلوٰۃ", "ٱلصَّلَوٰةَ") == "regional");
  CHECK(step_of("صلٰوة", "صَلَوٰةَ") == "partial_vowels");
  CHECK(step_of("کتاب", "كِتَـٰبٌۭ") == "regional");
  CHECK(step_of("لِاَكۡثَرِهِمۡ", "لِأَكْثَرِهِمْ") == "folded");
  CHECK(step_of("لَهٗ", "لَهُۥ") == "partial_vowels");
  CHECK(step_of("بِهٖ", "بِهِۦ") == "partial_vowels");
}

TEST_CASE("modern_spelling: what only shares consonants is not the same") {
  // clang-format off
  const std::vector<std::pair<const char*, const char*>> words = {
      {"قال", "قُلْ"},       {"قال", "قِيلَ"},      {"إلى", "إِلَّا"},    {"على", "عَلَا"},      {"علي", "عَلَا"},     {"كان", "كُن"},
      {"كاتب", "كَتَبَ"},    {"ولدي", "وَلَدًۭا"},   {"ما", "مَآءٌ"},      {"قالة", "قَالَتْ"},   {"له", "لِلَّهِ"},     {"يقول", "يَقُلْ"},
      {"الناس", "ٱلنِّسَآءُ"}, {"هدى", "هَدَوْا۟"},    {"سأل", "سَيْلَ"},     {"ديان", "دِينٌ"},   {"ملاك", "مَلِكِ"},   {"بر", "بَابٍ"},
      {"إلى", "أُو۟لِى"},     {"أا", "أَىُّ"}};
  // clang-format on
  for (const auto& pair : words) {
    const std::string a = pair.first, b = pair.second;
    CHECK_MESSAGE(step_of(a, b) == "none", a, " ", b);
  }
}

TEST_CASE("regional: other code points for the same letters") {
  CHECK(step_of("موسی", "مُوسَىٰ") == "regional");
  CHECK(step_of("عليکم", "عَلَيْكُمْ") == "regional");
  CHECK(step_of("ہدى", "هُدًى") == "regional");
  CHECK(step_of("رحمۃ", "رَحْمَةٌ") == "regional");
  CHECK(step_of("سورۀ", "سُورَةٌ") == "regional");
  CHECK(step_of("ﺍﻟﺼﺒﺮ", "ٱلصَّبْرِ") == "regional");
  CHECK(step_of("ﷲ", "ٱللَّهِ") == "regional");
  CHECK(step_of("ﻻ", "لَا") == "regional");
  CHECK(step_of("موسی", "مُوسیٰ") == "partial_vowels");  // the same code points on both sides
  CHECK(step_of("صلوة", "صَلَوٰة") == "partial_vowels");
  CHECK(step_of("العالمین", "ٱلْعَـٰلَمِينَ") == "regional");
}

TEST_CASE("a word's first letter is the first that is compared, in either order of the words") {
  // Only one of the two begins with a small letter, which is left out; the shadda of a first letter may be missing.
  const Word doubled(U"\u0644\u064F\u0651\u0645"), after_small_waw(U"\u06E5\u0644\u064F\u0645");
  CHECK(match(doubled, after_small_waw) == Step::partial_vowels);
  CHECK(match(after_small_waw, doubled) == Step::partial_vowels);
}

TEST_CASE("a step bounds what matches") {
  const Word query = word("الصلاة"), in_text = word("ٱلصَّلَوٰةَ");
  CHECK_FALSE(match(query, in_text, Step::folded).has_value());
  CHECK(match(query, in_text, Step::modern_spelling) == Step::modern_spelling);
  CHECK_FALSE(match(word("مَن"), word("مِن"), Step::partial_vowels).has_value());
  CHECK_FALSE(match(word("موسی"), word("مُوسَىٰ"), Step::modern_spelling).has_value());
}

TEST_CASE("forms are their own forms, and the same for all normalization forms") {
  Random random(11);
  for (int round = 0; round < 20000; ++round) {
    const std::u32string given = random_word(random);
    for (const Step step : all_steps) {
      const std::u32string once = normal_form(step, given);
      CHECK_MESSAGE(normal_form(step, once) == once, text::step_name(step), code_points(given));
      CHECK_MESSAGE(normal_form(step, text::decomposed(given)) == once, text::step_name(step),
                    code_points(given));
    }
    CHECK(match(Word(given), Word(text::decomposed(given))) == Step::exact);
  }
}

TEST_CASE("words that match at one step match at all later ones") {
  Random random(12);
  std::array<int, text::step_count> seen{};
  for (int round = 0; round < 60000; ++round) {
    const std::u32string a = random_word(random), b = changed(random, a);
    const Word left(a), right(b);
    const auto step = match(left, right);
    CHECK(match(right, left) == step);
    CHECK(match(Word(text::decomposed(a)), right) == step);
    for (const Step loosest : all_steps) {
      const auto bounded = match(left, right, loosest);
      CHECK(bounded == (step && *step <= loosest ? step : std::nullopt));
    }
    for (const Step same : {Step::exact, Step::plain}) {
      CHECK((step && *step <= same) == (normal_form(same, a) == normal_form(same, b)));
    }
    if (!step) continue;
    if (*step <= Step::folded) CHECK(normal_form(Step::folded, a) == normal_form(Step::folded, b));
    ++seen[static_cast<std::size_t>(*step)];
    CHECK(text::match_key(left.letters) == text::match_key(right.letters));
  }
  for (const Step step : all_steps)
    CHECK_MESSAGE(seen[static_cast<std::size_t>(step)] > 20, text::step_name(step));
}

TEST_CASE("any bytes are words") {
  Random random(13);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (std::size_t left = random.below(30); left > 0; --left) {
      bytes += random.one_in(2) ? static_cast<char>(random.bits())
                                : random.pick(std::string("\xD8\xD9\xDB\xA7\xB0\x84\x81"));
    }
    const Word a = word(bytes);
    CHECK(match(a, a) == Step::exact);
    std::u32string points;
    for (std::size_t left = random.below(8); left > 0; --left)
      points += static_cast<char32_t>(random.bits() & 0x1FFFFF);
    CHECK(match(Word(points), Word(points)) == Step::exact);
    for (const Step step : all_steps) normal_form(step, points);
  }
}
