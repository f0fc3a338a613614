// The one table of attributes. It determines the columns of the core file and all names of attributes and
// values that users see; nothing repeats it.
//
// Adding an attribute: an enumerator and a row here, and the function that computes its value in
// corpus/columns/ (it does not compile without that function).
//
// Names: `word` and `segment` are surfaces, `form` is the verb form, `pos` the tag of the morphology file.
// What that file leaves unmarked because it is the usual case is part of the value: form I, active voice,
// indicative mood (corpus/features.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "attributes/attribute.h"
#include "attributes/morphology_values.h"
#include "attributes/region_values.h"
#include "attributes/sound_values.h"
#include "attributes/syntax_values.h"

namespace kalima::attributes {

namespace detail {
inline constexpr std::span<const Value> none;

constexpr Definition of_segment(Attribute attribute, std::string_view name, std::string_view aliases,
                                Type type, std::span<const Value> values, std::string_view english,
                                std::string_view arabic, std::string_view meaning, std::string_view example,
                                Source source = Source::morphology, Column column = Column::analysis) {
  return {attribute, Level::segment, Region::word, name,    aliases, type,  values,
          english,   arabic,         meaning,      example, source,  column};
}
constexpr Definition of_masaq(Attribute attribute, std::string_view name, std::string_view english,
                              std::string_view arabic, std::string_view meaning, std::string_view example) {
  return {attribute,        Level::segment, Region::word,   name,   "",
          Type::dictionary, none,           english,        arabic, meaning,
          example,          Source::masaq,  Column::segment};
}
constexpr Definition of_word(Attribute attribute, std::string_view name, std::string_view aliases, Type type,
                             std::span<const Value> values, std::string_view english, std::string_view arabic,
                             std::string_view meaning, std::string_view example, Source source,
                             Column column) {
  return {attribute, Level::word, Region::word, name,    aliases, type,  values,
          english,   arabic,      meaning,      example, source,  column};
}
constexpr Definition of_region(Attribute attribute, Region region, std::string_view name,
                               std::string_view aliases, Type type, std::span<const Value> values,
                               std::string_view english, std::string_view arabic, std::string_view meaning,
                               std::string_view example, Source source = Source::divisions,
                               Column column = Column::region) {
  return {attribute, Level::region, region,  name,    aliases, type,  values,
          english,   arabic,        meaning, example, source,  column};
}
constexpr Definition of_node(Attribute attribute, std::string_view name, std::string_view aliases, Type type,
                             std::span<const Value> values, std::string_view english, std::string_view arabic,
                             std::string_view meaning, std::string_view example) {
  return {attribute, Level::node, Region::word, name,    aliases,          type,        values,
          english,   arabic,      meaning,      example, Source::treebank, Column::node};
}
}  // namespace detail

// In the order of the enumeration.
inline constexpr auto table = [] {
  using namespace detail;
  using enum Type;
  return std::to_array<Definition>({
      of_segment(Attribute::segment, "segment", "seg", dictionary, none, "segment", "مقطع",
                 "the written segment", R"({segment="نَا"})"),
      of_segment(Attribute::type, "type", "segment_type", enumerated, segment_types, "segment type",
                 "نوع المقطع", "prefix, stem or suffix", R"({type="suffix"})"),
      of_segment(Attribute::pos, "pos", "tag xpos part_of_speech", dictionary, parts_of_speech,
                 "part of speech", "قسم الكلام", "the tag of the Quranic Arabic Corpus", R"([pos="V"])"),
      of_segment(Attribute::root, "root", "", dictionary, none, "root", "الجذر",
                 "the letters of the root, in Arabic", R"([root="رحم"])"),
      of_segment(Attribute::lemma, "lemma", "lem", dictionary, none, "lemma", "المدخل المعجمي",
                 "the dictionary form, in Arabic", R"([lemma="قَالَ"])"),
      of_segment(Attribute::form, "form", "verb_form", enumerated, verb_forms, "verb form", "وزن الفعل",
                 "the pattern of a verb, participle or verbal noun, I to XII", R"([form="IV"])"),
      of_segment(Attribute::aspect, "aspect", "tense", enumerated, aspects, "aspect", "زمن الفعل",
                 "perfect, imperfect or imperative", R"([aspect="IMPV"])"),
      of_segment(Attribute::voice, "voice", "", enumerated, voices, "voice", "البناء",
                 "active or passive, of verbs", R"([voice="PASS"])"),
      of_segment(Attribute::mood, "mood", "", enumerated, moods, "mood", "إعراب المضارع",
                 "mood of an imperfect verb", R"([mood="JUS"])"),
      of_segment(Attribute::person, "person", "", enumerated, persons, "person", "الضمير",
                 "of verbs and pronouns", R"([person="2"])"),
      of_segment(Attribute::gender, "gender", "", enumerated, genders, "gender", "الجنس",
                 "masculine or feminine", R"([gender="F"])"),
      of_segment(Attribute::number, "number", "num", enumerated, numbers, "number", "العدد",
                 "singular, dual or plural", R"([number="D"])"),
      of_segment(Attribute::case_, "case", "", enumerated, cases, "case", "الإعراب", "of nominals",
                 R"([case="GEN"])"),
      of_segment(Attribute::state, "state", "", enumerated, states, "state", "التعريف والتنكير",
                 "marked as indefinite (or definite)", R"([state="INDEF"])"),
      of_segment(Attribute::derivation, "derivation", "", enumerated, derivations, "derivation", "الاشتقاق",
                 "participle or verbal noun", R"([derivation="ACTPCPL"])"),
      of_segment(Attribute::clitic, "clitic", "", enumerated, clitics, "clitic", "الأداة المتصلة",
                 "which particle or pronoun a prefix or suffix is", R"({clitic="bi+"})"),
      of_segment(Attribute::group, "group", "special_group sp", enumerated, special_groups,
                 "group of governing words", "النواسخ", "sisters of kāna, kāda, inna", R"([group="inna"])"),
      of_segment(Attribute::wazn, "wazn", "measure", dictionary, none, "measure", "الوزن",
                 "the pattern of the dictionary form, with ف ع ل for the letters of the root",
                 R"([wazn="فَعِيل"])", Source::derived),
      of_masaq(Attribute::masaq_tag, "masaq_tag", "MASAQ: part of speech", "مساق: الوسم", "column Morph_tag",
               R"({masaq_tag="PREP"})"),
      of_masaq(Attribute::masaq_type, "masaq_type", "MASAQ: segment type", "مساق: نوع المقطع",
               "column Morph_type", R"({masaq_type="Stem"})"),
      of_masaq(Attribute::masaq_punctuation, "masaq_punctuation", "MASAQ: punctuation", "مساق: علامة الوقف",
               "column Punctuation_Mark", R"({masaq_punctuation!=""})"),
      of_masaq(Attribute::masaq_declension, "masaq_declension", "MASAQ: declension", "مساق: البناء والإعراب",
               "column Invariable_Declinable", R"({masaq_declension="DECLN"})"),
      of_masaq(Attribute::masaq_role, "masaq_role", "MASAQ: syntactic role", "مساق: الوظيفة النحوية",
               "column Syntactic_Role", R"({masaq_role="SUBJ"})"),
      of_masaq(Attribute::masaq_construct, "masaq_construct", "MASAQ: possessive construct", "مساق: الإضافة",
               "column Possessive_Construct", R"({masaq_construct!=""})"),
      of_masaq(Attribute::masaq_case, "masaq_case", "MASAQ: case or mood", "مساق: الحالة الإعرابية",
               "column Case_Mood", R"({masaq_case="GENITIVE"})"),
      of_masaq(Attribute::masaq_marker, "masaq_marker", "MASAQ: marker of case or mood",
               "مساق: علامة الإعراب", "column Case_Mood_Marker", R"({masaq_marker!=""})"),
      of_masaq(Attribute::masaq_phrase, "masaq_phrase", "MASAQ: phrase", "مساق: الجملة", "column Phrase",
               R"({masaq_phrase!=""})"),
      of_masaq(Attribute::masaq_function, "masaq_function", "MASAQ: function of the phrase",
               "مساق: محل الجملة", "column Phrasal_Function", R"({masaq_function!=""})"),
      of_masaq(Attribute::masaq_note, "masaq_note", "MASAQ: notes", "مساق: ملاحظات", "column Notes",
               R"({masaq_note!=""})"),

      of_word(Attribute::word, "word", "", dictionary, none, "word", "الكلمة", "the written word",
              R"([word="ٱللَّهِ"])", Source::text, Column::word),
      of_word(Attribute::plain, "plain", "bare", dictionary, none, "plain letters", "الرسم",
              "the letters without marks and tatweel, alif wasla as alif", R"([plain=".*ون"])",
              Source::derived, Column::word),
      of_word(Attribute::letters, "letters", "length", number, none, "number of letters", "عدد الحروف",
              "how many letters the word is written with, without marks and small letters",
              R"([letters="1"])", Source::derived, Column::word),
      of_word(Attribute::abjad, "abjad", "gematria", number, none, "abjad value", "حساب الجمل",
              "the sum of the numbers of its letters, without marks", R"([abjad="66"])", Source::derived,
              Column::word),
      of_word(Attribute::rhyme, "rhyme", "fasila ending", dictionary, none, "rhyme", "الفاصلة",
              "how the word ends at a stop: the last vowel and consonant", R"([rhyme="ين"] </verse>)",
              Source::derived, Column::word),
      of_word(Attribute::rhyme_letter, "rhyme_letter", "rawi", dictionary, none, "letter of the rhyme",
              "حرف الروي", "the last letter that is heard at a stop", R"([rhyme_letter="د"] </verse>)",
              Source::derived, Column::word),
      of_word(Attribute::rhyme_vowel, "rhyme_vowel", "", enumerated, end_vowels, "vowel of the rhyme",
              "حركة الروي", "the vowel before that letter, or the long vowel that it is",
              R"([rhyme_vowel="aa"] </verse>)", Source::derived, Column::word),
      of_word(Attribute::sound, "sound", "", dictionary, none, "sound", "الجرس",
              "the letters, with those that sound alike as one: ذ ز ظ ض د, س ص ث, ت ط, ه ح, ق ك, ا ع",
              R"(a:[] b:[] :: a.sound = b.sound)", Source::derived, Column::word),
      of_word(
          Attribute::repetition, "repetition", "repeated", number, none, "repetition", "التكرار",
          "how many words the longest run has that holds the word and occurs elsewhere with the same lemmas",
          R"([repetition>=10])", Source::derived, Column::word),
      of_word(Attribute::position, "n", "position", number, none, "number in the verse", "رقم الكلمة",
              "1 for the first word of a verse", R"([n="1"])", Source::text, Column::implied),
      of_word(Attribute::stem_root, "stem_root", "", dictionary, none, "root of the stem", "جذر الكلمة",
              "the root of the word's stem", R"(a:[] b:[] :: a.stem_root = b.stem_root)", Source::derived,
              Column::word_analysis),
      of_word(Attribute::stem_lemma, "stem_lemma", "", dictionary, none, "lemma of the stem", "مدخل الكلمة",
              "the lemma of the word's stem", R"([stem_lemma="رَبّ"])", Source::derived, Column::word_analysis),
      of_word(Attribute::stem_pos, "stem_pos", "", dictionary, parts_of_speech, "part of speech of the stem",
              "قسم الكلمة", "the tag of the word's stem", R"([stem_pos="N"])", Source::derived,
              Column::word_analysis),
      of_word(Attribute::gloss, "gloss", "english", dictionary, none, "gloss", "ترجمة الكلمة",
              "English translation of the word", R"([gloss=".*mercy.*"])", Source::treebank, Column::word),
      of_word(Attribute::transliteration, "transliteration", "phonetic translit", dictionary, none,
              "transliteration", "النقل الصوتي", "the word in Latin letters", R"([transliteration="min"])",
              Source::treebank, Column::word),

      of_region(Attribute::verse_n, Region::verse, "verse_n", "ayah", number, none, "verse", "رقم الآية",
                "number of the verse in its surah", R"([] within <verse n="1"/>)", Source::text,
                Column::implied),
      of_region(Attribute::verse_sajda, Region::verse, "verse_sajda", "sajda", flag, none, "prostration",
                "سجدة", "a verse of prostration", R"([] within <verse sajda="yes"/>)"),
      of_region(Attribute::verse_similarity, Region::verse, "verse_similarity", "similarity", number, none,
                "similarity of the verse", "تشابه الآية",
                "how similar the most similar other verse is by its lemmas, in percent",
                R"(<verse similarity>=90/>)", Source::derived),
      of_region(Attribute::surah_n, Region::surah, "surah_n", "surah", number, none, "surah", "رقم السورة",
                "number of the surah, 1 to 114", R"([] within <surah n="112"/>)", Source::text,
                Column::implied),
      of_region(Attribute::surah_name, Region::surah, "surah_name", "", dictionary, none, "name of the surah",
                "اسم السورة", "Arabic name, without marks", R"([] within <surah name="الإخلاص"/>)"),
      of_region(Attribute::surah_place, Region::surah, "surah_place", "place", enumerated, places,
                "place of revelation", "مكان النزول", "Meccan or Medinan by the Egyptian standard edition",
                R"([] within <surah place="Meccan"/>)"),
      of_region(Attribute::surah_order, Region::surah, "surah_order", "order", number, none,
                "order of revelation", "ترتيب النزول", "1 to 114 by the Egyptian standard edition",
                R"([] within <surah order="1"/>)"),
      of_region(Attribute::juz_n, Region::juz, "juz_n", "juz", number, none, "juz", "رقم الجزء", "1 to 30",
                R"([] within <juz n="30"/>)", Source::divisions, Column::implied),
      of_region(Attribute::hizb_n, Region::hizb, "hizb_n", "hizb", number, none, "hizb", "رقم الحزب",
                "1 to 60", R"([] within <hizb n="60"/>)", Source::divisions, Column::implied),
      of_region(Attribute::quarter_n, Region::quarter, "quarter_n", "quarter", number, none,
                "quarter of a hizb", "رقم الربع", "1 to 240", R"([] within <quarter n="240"/>)",
                Source::divisions, Column::implied),
      of_region(Attribute::manzil_n, Region::manzil, "manzil_n", "manzil", number, none, "manzil",
                "رقم المنزل", "1 to 7", R"([] within <manzil n="7"/>)", Source::divisions, Column::implied),
      of_region(Attribute::ruku_n, Region::ruku, "ruku_n", "ruku", number, none, "rukuʿ", "رقم الركوع",
                "1 to 556", R"([] within <ruku n="556"/>)", Source::divisions, Column::implied),
      of_region(Attribute::page_n, Region::page, "page_n", "page", number, none, "page", "رقم الصفحة",
                "1 to 604", R"([] within <page n="604"/>)", Source::divisions, Column::implied),
      of_region(Attribute::sentence_n, Region::sentence, "s_n", "sentence", number, none, "sentence",
                "رقم الجملة", "number of the sentence in the treebank", R"([] within <s n="1"/>)",
                Source::treebank, Column::implied),
      of_region(Attribute::phrase_kind, Region::phrase, "phrase_kind", "", dictionary, phrase_kinds,
                "kind of phrase", "نوع المركب", "what a phrase of the treebank is",
                R"([] within <phrase kind="PP"/>)", Source::treebank),

      of_node(Attribute::relation, "relation", "rel deprel rel_label", dictionary, relations, "relation",
              "العلاقة", "the relation of a node to its head", R"({relation="Subj"})"),
      of_node(Attribute::hidden, "hidden", "", flag, none, "hidden", "مستتر",
              "not spoken: an implied pronoun or an ellipsis", R"({pos="V"} -Subj-> {hidden="yes"})"),
      of_node(Attribute::depth, "depth", "", number, none, "depth", "العمق",
              "edges from the top of the tree, 0 for the top; missing on a cycle", R"(a:{} :: depth(a) = 0)"),
  });
}();
inline constexpr std::size_t attribute_count = table.size();
static_assert(
    [] {
      for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].attribute) != i) return false;
      }
      return true;
    }(),
    "a row is not at the index of its enumerator");

constexpr const Definition& definition(Attribute attribute) {
  return table[static_cast<std::size_t>(attribute)];
}

// The attribute of this name or alias, whatever the case of its Latin letters. With `region`, also by the
// part after the region's name: `n` in <juz n="30"/>.
std::optional<Attribute> find(std::string_view name);
std::optional<Attribute> find(Region region, std::string_view name);
// The region of this name or alias.
std::optional<Region> find_region(std::string_view name);
// The index in `values` of the value with this name, English or Arabic label, name in Universal Dependencies
// or alias; the name wins.
std::optional<std::size_t> find_value(std::span<const Value> values, std::string_view name);

// Changes with every change to the table that a stored column depends on: names, types, values, columns.
std::uint64_t table_hash();

}  // namespace kalima::attributes
