#include "text/rhyme.h"

#include "testing.h"
#include "text/abjad.h"
#include "text/unicode.h"

using kalima::text::EndVowel;

namespace {

struct Known {
  const char *word, *letter, *pattern;
  EndVowel vowel;
};

}  // namespace

TEST_CASE("how words end at a stop") {
  for (const Known& one : std::initializer_list<Known>{
           {"ٱلْقَمَرُ", "ر", "ـَر", EndVowel::a},                                                    // 54:1
           {"مُّسْتَمِرٌّۭ", "ر", "ـِر", EndVowel::i},                                                    // 54:2
           {"أَحَدٌ", "د", "ـَد", EndVowel::a},                                                      // 112:1
           {"ٱلْكَوْثَرَ", "ر", "ـَر", EndVowel::a},                                                   // 108:1
           {"ٱلرَّحْمَـٰنُ", "ن", "ان", EndVowel::long_a},                                             // 55:1
           {"تُكَذِّبَانِ", "ن", "ان", EndVowel::long_a},                                              // 55:13
           {"زَكَرِيَّآ", "ا", "يا", EndVowel::long_a},                                               // 19:2
           {"خَفِيًّۭا", "ا", "يا", EndVowel::long_a},                                                // 19:3
           {"وَضُحَىٰهَا", "ا", "ها", EndVowel::long_a},                                              // 91:1
           {"يَغْشَىٰ", "ا", "شا", EndVowel::long_a},                                                // 92:1
           {"هُدًۭى", "ا", "دا", EndVowel::long_a},     {"ٱلْعَـٰلَمِينَ", "ن", "ين", EndVowel::long_i},  // 1:2
           {"يُؤْمِنُونَ", "ن", "ون", EndVowel::long_u},  {"فَٱتَّقُونِ", "ن", "ون", EndVowel::long_u},
           {"ٱلْعَصْرِ", "ر", "ـْر", EndVowel::none},                                          // 103:1
           {"خُسْرٍ", "ر", "ـْر", EndVowel::none},       {"قُرَيْشٍ", "ش", "ـَيْش", EndVowel::ay},  // 106:1
           {"خَوْفٍۭ", "ف", "ـَوْف", EndVowel::aw},                                             // 106:4
           {"ٱلْبَيِّنَةُ", "ه", "ـَه", EndVowel::a},                                            // 98:1
           {"قَيِّمَةٌۭ", "ه", "ـَه", EndVowel::a},         {"رَحْمَةًۭ", "ه", "ـَه", EndVowel::a},
           {"عَلَيْهِ", "ه", "ـَيْه", EndVowel::ay},       {"لَهُۥ", "ه", "ـَه", EndVowel::a},
           {"رَبَّهُۥ", "ه", "ـَه", EndVowel::a},  // 98:8
           {"قَالُوا۟", "و", "لو", EndVowel::long_u},   {"فِى", "ي", "في", EndVowel::long_i},
           {"كِتَـٰبِيَهْ", "ه", "ـَه", EndVowel::a},  // 69:19
           {"بَصِيرًۭا", "ا", "را", EndVowel::long_a},   {"بِنَآءًۭ", "ا", "ءا", EndVowel::long_a},
           {"ٱلسَّمَآءِ", "ء", "اء", EndVowel::long_a},  {"هُوَ", "و", "هو", EndVowel::long_u},
           {"هِىَ", "ي", "هي", EndVowel::long_i},      {"الٓمٓ", "م", "يم", EndVowel::long_i},
           {"طه", "ا", "ها", EndVowel::long_a},      {"يسٓ", "ن", "ين", EndVowel::long_i},
           {"عٓسٓقٓ", "ف", "اف", EndVowel::long_a}}) {
    const auto rhyme = kalima::text::rhyme(one.word);
    REQUIRE_MESSAGE(rhyme, one.word);
    CHECK_MESSAGE(rhyme->letter == one.letter, one.word);
    CHECK_MESSAGE(rhyme->pattern == kalima::text::nfc(one.pattern), one.word);
    CHECK_MESSAGE(rhyme->vowel == one.vowel, one.word);
  }
}

TEST_CASE("words without vowels have letters; what is not Arabic has no rhyme") {
  CHECK(kalima::text::rhyme("قلب")->pattern == "ب");
  CHECK_FALSE(kalima::text::rhyme("قلب")->vowel);
  CHECK_FALSE(kalima::text::rhyme(""));
  CHECK_FALSE(kalima::text::rhyme("noot"));
  CHECK_FALSE(kalima::text::rhyme("\u064E\u0651"));
}

TEST_CASE("abjad") {
  const auto value = [](std::u32string_view word) {
    std::uint32_t sum = 0;
    for (const char32_t c : word) sum += kalima::text::abjad(c);
    return sum;
  };
  CHECK(value(U"بسم الله الرحمن الرحيم") == 786);
  CHECK(value(U"الله") == 66);
  CHECK(value(U"محمد") == 92);
  CHECK(kalima::text::abjad(U'غ') == 1000);
  CHECK(kalima::text::abjad(U'ي') == 10);
  CHECK(kalima::text::abjad(U'ق') == 100);
  CHECK(kalima::text::abjad(U'x') == 0);
  CHECK(kalima::text::abjad(0) == 0);
}
