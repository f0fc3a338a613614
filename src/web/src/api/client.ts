// Made by tools/client.mjs from the OpenAPI description of /api/v1; do not edit.
import { ask, parameters, pathPart } from './ask';

export interface Attribute {
  readonly name: string;
  /** further names */
  readonly aliases: readonly string[];
  /** of what it is an attribute */
  readonly level: 'segment' | 'word' | 'region' | 'node';
  /** only of an attribute of regions: of which */
  readonly region?: string;
  readonly type: 'enumerated' | 'dictionary' | 'number' | 'flag';
  /** who supplies it */
  readonly source: 'text' | 'morphology' | 'treebank' | 'masaq' | 'divisions' | 'derived';
  readonly english: string;
  readonly arabic: string;
  readonly meaning: string;
  /** a query */
  readonly example: string;
  /** how many values it has */
  readonly values: number;
  /** only of an attribute of regions */
  readonly regions?: number;
  /** only of an attribute of nodes */
  readonly nodes?: number;
  /** how many have a value */
  readonly segments: number;
  /** a word counts if one segment of it does */
  readonly words: number;
  /** likewise */
  readonly verses: number;
}

export interface AttributeValue {
  readonly value: string;
  /** only of a closed set, as the next two */
  readonly english?: string | null;
  readonly arabic?: string | null;
  /** its name in Universal Dependencies */
  readonly ud?: string | null;
  /** only of an attribute of regions */
  readonly regions?: number;
  /** only of an attribute of nodes */
  readonly nodes?: number;
  readonly segments: number;
  /** a word counts if one segment of it does */
  readonly words: number;
  /** likewise */
  readonly verses: number;
}

export interface Attributes {
  /** all; only without `name` */
  readonly attributes?: readonly Attribute[];
  /** only with `name`, as the next three */
  readonly attribute?: Attribute;
  /** of a closed set all in their own order, else those that occur, by their bare letters */
  readonly values?: readonly AttributeValue[];
  /** what has no value */
  readonly missing?: Counts;
  /** how many values there are in all */
  readonly total?: number;
}

export interface Capture {
  /** SURAH:AYAH:WORD:SEGMENT; for a hidden node SURAH:AYAH:hidden */
  readonly start: string;
  /** the last segment */
  readonly end: string;
}

export interface Collocation {
  /** of each key; null where one is missing */
  readonly values: readonly (string | null)[];
  /** O11: how often the value occurs in the windows, or at such edges */
  readonly together: number | null;
  /** of these before the hit; of edges missing */
  readonly left: number | null;
  /** of these after the hit; of edges missing */
  readonly right: number | null;
  /** C1: how often the value occurs in the text, or at such edges anywhere */
  readonly frequency: number | null;
  /** E11 = R1 C1 / N */
  readonly expected: number | null;
  /** 14 + log2(2 O11 / (R1 + C1)) */
  readonly log_dice: number | null;
  /** log2(O11 / E11) */
  readonly mi: number | null;
  /** log2(O11^3 / E11) */
  readonly mi3: number | null;
  /** MI ln(O11 + 1) */
  readonly mi_log_f: number | null;
  /** O11 MI */
  readonly local_mi: number | null;
  /** (O11 - E11) / sqrt(O11) */
  readonly t_score: number | null;
  /** (O11 - E11) / sqrt(E11) */
  readonly z_score: number | null;
  /** 2 sum over four cells of O ln(O / E); negative if O11 < E11 */
  readonly log_likelihood: number | null;
  /** 2 (O11 ln(O11 / E11) - (O11 - E11)); negative if O11 < E11 */
  readonly simple_ll: number | null;
  /** 2 O11 / (R1 + C1) */
  readonly dice: number | null;
  /** min(O11 / R1, O11 / C1) */
  readonly min_sensitivity: number | null;
  /** O11 / R1 - (C1 - O11) / (N - R1) */
  readonly delta_p_collocate: number | null;
  /** O11 / C1 - (R1 - O11) / (N - C1) */
  readonly delta_p_node: number | null;
  /** log2((O11 / R1) / ((C1 - O11) / (N - R1))), 0.5 for a count of 0 */
  readonly log_ratio: number | null;
  /** finds what was counted; null where no query does */
  readonly query: string | null;
}

export interface Collocations {
  readonly query: string;
  readonly within: string | null;
  /** what total counts */
  readonly unit: string;
  /** of all rows, and of what is left out of them */
  readonly total: number;
  /** the text that was searched */
  readonly scope: Extent;
  /** what is not counted or not listed, and why */
  readonly left_out: readonly LeftOut[];
  /** what to know about how the query was read */
  readonly notes: readonly string[];
  /** time or memory ran out: the numbers are those found until then */
  readonly partial: boolean;
  /** of the query */
  readonly hits: number | null;
  /** R1: words around the hits; with convention=hits the hits; of a relation the hits' edges */
  readonly node_total: number | null;
  /** N: words of the text; of a relation all its edges */
  readonly text_total: number | null;
  /** how many different values occur together with the hits */
  readonly kinds: number | null;
  /** what the values of a row are */
  readonly keys: readonly string[];
  /** how many rows there are */
  readonly rows_total: number;
  readonly offset: number;
  readonly limit: number;
  readonly rows: readonly Collocation[];
  /** how long it took */
  readonly ms: number;
}

export interface Corpus {
  /** of the database: another import gives another one */
  readonly identity: string;
  /** of the text and its analyses: the same corpus has the same */
  readonly hash: string;
  /** the surahs that come with the program */
  readonly starter: boolean;
  readonly counts: {
    readonly surahs: number;
    readonly verses: number;
    readonly words: number;
    readonly segments: number;
    readonly roots: number;
    readonly lemmas: number;
    readonly sentences: number;
    readonly nodes: number;
  };
  readonly sources: readonly Source[];
  readonly missing: {
    /** of the 6,236 verses of the Quran */
    readonly verses: number;
    /** numbers of surahs of which verses are missing */
    readonly surahs: readonly string[];
    /** names of attributes that nothing has a value of */
    readonly attributes: readonly string[];
  };
}

export interface Counts {
  /** only of an attribute of regions */
  readonly regions?: number;
  /** only of an attribute of nodes */
  readonly nodes?: number;
  readonly segments: number;
  /** a word counts if one segment of it does */
  readonly words: number;
  /** likewise */
  readonly verses: number;
}

export interface Extent {
  readonly words: number;
  readonly verses: number;
  readonly surahs: number;
}

export interface FoundTranslation {
  readonly language: string;
  /** of the translation; may be empty */
  readonly id: string;
  /** who made it, or its source; may be empty */
  readonly by: string;
  readonly text: string;
  /** of the words that match */
  readonly places: readonly PlaceInTranslation[];
}

export interface FoundVerse {
  readonly surah: number;
  readonly ayah: number;
  /** of the verse in the corpus, from 0 */
  readonly index: number;
  readonly text: string;
  readonly hits: readonly TextHit[];
  /** in which `q` was found; missing if none */
  readonly translations?: readonly FoundTranslation[];
}

export interface FoundWord {
  /** from 1, as the morphology counts; null outside its words */
  readonly word: number | null;
  /** where the match begins in `text`, in code points, from 0 */
  readonly from: number;
  /** the code point after the last */
  readonly to: number;
  readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation';
  /** what is before it in the same word: particles, or at the step no_article the article too; may be empty */
  readonly proclitic: string;
}

export interface Frequencies {
  readonly query: string;
  readonly within: string | null;
  /** what total counts */
  readonly unit: string;
  /** of all rows, and of what is left out of them */
  readonly total: number;
  /** the text that was searched */
  readonly scope: Extent;
  /** what is not counted or not listed, and why */
  readonly left_out: readonly LeftOut[];
  /** what to know about how the query was read */
  readonly notes: readonly string[];
  /** time or memory ran out: the numbers are those found until then */
  readonly partial: boolean;
  /** how many different values, or combinations of values, occur */
  readonly kinds: number | null;
  /** how many of these have one hit (hapax legomena, if the query is all words) */
  readonly once: number | null;
  /** how many of these have hits in one surah only */
  readonly in_one_surah: number | null;
  /** what the values of a row are */
  readonly keys: readonly string[];
  /** how many rows there are */
  readonly rows_total: number;
  readonly offset: number;
  readonly limit: number;
  readonly rows: readonly FrequencyRow[];
  /** how long it took */
  readonly ms: number;
}

export interface FrequencyRow {
  /** of each key; null where one is missing */
  readonly values: readonly (string | null)[];
  /** hits with these values */
  readonly hits: number | null;
  /** hits for each 10,000 words of the scope */
  readonly per_10000: number | null;
  /** of all hits, from 0 to 1 */
  readonly share: number | null;
  /** verses with a word of such a hit */
  readonly verses: number | null;
  /** surahs with such a hit */
  readonly surahs: number | null;
  /** finds what was counted; null where no query does */
  readonly query: string | null;
}

export interface HitGroup {
  /** of each key; null where one is missing */
  readonly values: readonly (string | null)[];
  readonly hits: number;
  /** verses with a word of these hits */
  readonly verses: number;
  /** of all hits, from 0 to 1 */
  readonly share: number;
  /** finds exactly these hits; null unless the reading is all, and for a tag alone */
  readonly query: string | null;
}

export interface HitGrouping {
  readonly keys: readonly string[];
  /** how many groups there are */
  readonly total: number;
  /** the most frequent first */
  readonly groups: readonly HitGroup[];
}

export interface JuzCount {
  readonly juz: number;
  readonly verses: number;
  readonly hits: number;
}

export interface LeftOut {
  readonly what: string;
  readonly count: number;
}

export interface LemmaEntry {
  readonly lemma: string;
  readonly buckwalter: string | null;
  /** how many have it, as the next two */
  readonly segments: number;
  readonly words: number;
  readonly verses: number;
  /** its roots, most frequent first */
  readonly roots: readonly Used[];
  /** parts of speech, likewise */
  readonly pos: readonly Used[];
  /** the stems as they are written, likewise */
  readonly forms: readonly Used[];
  /** SURAH:AYAH:WORD, in the order of the corpus */
  readonly places: readonly string[];
  /** how many places there are */
  readonly total: number;
}

export interface NearQuery {
  /** clauses of the query */
  readonly left_out: readonly string[];
  /** the query without them */
  readonly query: string;
  /** that it has */
  readonly hits: number;
}

export interface NearnessCount {
  readonly nearness: 'phrase' | 'together' | 'verse';
  readonly verses: number;
  readonly hits: number;
}

export interface NextVerse {
  readonly surah: number;
  readonly ayah: number;
  readonly text: string;
  /** in this verse */
  readonly words: readonly FoundWord[];
}

export interface Node {
  /** its number in the treebank, from 1 */
  readonly id: number;
  /** the id of the node on which it depends */
  readonly head: number | null;
  /** the segment that it is, SURAH:AYAH:WORD:SEGMENT; null if it is not spoken */
  readonly place: string | null;
  /** what is written, or what the treebank supplies */
  readonly form: string | null;
  readonly pos: string | null;
  /** the relation of a node to its head */
  readonly relation?: string;
  /** not spoken: an implied pronoun or an ellipsis */
  readonly hidden?: boolean;
  /** edges from the top of the tree, 0 for the top; missing on a cycle */
  readonly depth?: number;
}

export interface Notes {
  readonly annotations: readonly unknown[];
  /** an object; null if there are none */
  readonly connections: unknown;
  readonly pronoun_references: readonly unknown[];
  readonly structure_hypotheses: readonly unknown[];
}

export interface Phrase {
  readonly kind: string | null;
  /** the id of the node that represents it */
  readonly node: number;
  /** the id of its first node */
  readonly first: number;
  /** the id of its last node */
  readonly last: number;
}

export interface PlaceCount {
  readonly place: 'meccan' | 'medinan';
  readonly verses: number;
  readonly hits: number;
}

export interface PlaceInTranslation {
  /** where the match begins in the translation, in code points, from 0 */
  readonly from: number;
  /** the code point after the last */
  readonly to: number;
}

export interface Problem {
  /** urn:kalima:problem: and the code */
  readonly type: string;
  /** the same for all problems of a code */
  readonly title: string;
  readonly status: number;
  /** for programs: it never changes */
  readonly code: string;
  /** what is wrong */
  readonly detail: string;
  /** what to do about it */
  readonly cure?: string;
  /** which one is wrong */
  readonly parameter?: string;
  /** where in the parameter or the body, from 1 */
  readonly line?: number;
  /** likewise */
  readonly column?: number;
  /** the present one of what the client saw an older one of */
  readonly version?: string;
}

export interface QueryAnswer {
  readonly query: string;
  /** which of the spans are hits */
  readonly reading: 'all' | 'shortest' | 'standard' | 'longest';
  /** different spans and captures */
  readonly hits: number;
  /** different spans */
  readonly spans: number;
  /** words that lie in a hit, in whole or in part */
  readonly words: number;
  /** verses with such a word */
  readonly verses: number;
  /** further matches whose first node is not spoken */
  readonly without_span: number;
  readonly verses_searched: number;
  readonly verses_with_tree: number;
  /** the step of spelling at which each word of the query was found */
  readonly steps: readonly ({
    readonly value: string;
    readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels';
  })[];
  /** what to know about how the query was read */
  readonly notes: readonly string[];
  /** time or memory ran out: counts and results are those found until then */
  readonly partial: boolean;
  readonly offset: number;
  readonly limit: number;
  /** this address with the hash of the corpus; null if it would be too long */
  readonly permalink: string | null;
  /** how long it took */
  readonly ms: number;
  /** if it was asked for */
  readonly explain?: QueryExplained;
  /** if there are no hits */
  readonly relaxed?: RelaxedQuery;
  /** if groups were asked for */
  readonly grouping?: HitGrouping;
  /** none if groups were asked for */
  readonly results: readonly QueryHit[];
}

export interface QueryExplained {
  /** how the query was read and what was done, for people */
  readonly plan: string;
  /** what could be left out of the query */
  readonly clauses: readonly ({
    readonly clause: string;
    /** of the clause alone; null where it means nothing alone */
    readonly hits: number | null;
  })[];
  /** how long each took */
  readonly stages: readonly {
    readonly stage: string;
    readonly ms: number;
  }[];
}

export interface QueryHit {
  /** SURAH:AYAH:WORD:SEGMENT, from 1 */
  readonly start: string;
  /** the last segment */
  readonly end: string;
  /** what the labels of the query name */
  readonly captures: Readonly<Record<string, Capture>>;
  /** the words before, in the order of the text */
  readonly before: readonly string[];
  /** the words of the hit */
  readonly match: readonly string[];
  /** the words after */
  readonly after: readonly string[];
  /** of each word of the hit, which part of it is the hit; null for all of it. Only where a hit begins or ends within a word */
  readonly parts?: readonly (WordPart | null)[];
  /** of each word, by the attributes asked for; of the hit those of its segment */
  readonly columns?: Readonly<Record<string, {
    readonly before: readonly (string | null)[];
    readonly match: readonly (string | null)[];
    readonly after: readonly (string | null)[];
  }>>;
}

export interface RelaxedQuery {
  /** clauses that have no hits alone, or the fewest whose absence gives some */
  readonly failing: readonly string[];
  /** queries with hits that leave out the fewest clauses, the fewest hits first */
  readonly nearest: readonly NearQuery[];
}

export interface RepeatedRun {
  /** of each key; null where one is missing */
  readonly values: readonly (string | null)[];
  /** words */
  readonly n: number | null;
  /** places where it begins */
  readonly hits: number | null;
  /** hits for each 10,000 words of the scope */
  readonly per_10000: number | null;
  /** verses in which it begins */
  readonly verses: number | null;
  /** surahs in which it begins */
  readonly surahs: number | null;
  /** finds what was counted; null where no query does */
  readonly query: string | null;
}

export interface RepeatedRuns {
  readonly query: string;
  readonly within: string | null;
  /** what total counts */
  readonly unit: string;
  /** of all rows, and of what is left out of them */
  readonly total: number;
  /** the text that was searched */
  readonly scope: Extent;
  /** what is not counted or not listed, and why */
  readonly left_out: readonly LeftOut[];
  /** what to know about how the query was read */
  readonly notes: readonly string[];
  /** time or memory ran out: the numbers are those found until then */
  readonly partial: boolean;
  /** how many different ones have enough hits, of all lengths asked for, maximal or not */
  readonly kinds: number | null;
  /** what the values of a row are */
  readonly keys: readonly string[];
  /** how many rows there are */
  readonly rows_total: number;
  readonly offset: number;
  readonly limit: number;
  readonly rows: readonly RepeatedRun[];
  /** how long it took */
  readonly ms: number;
}

export interface Resolution {
  readonly query: string;
  /** the most likely first; may be empty */
  readonly matches: readonly Resolved[];
}

export interface Resolved {
  readonly kind: 'verse' | 'verses' | 'surah' | 'part' | 'word';
  /** as the routes that read take it */
  readonly reference: string;
  /** null for a part that is not in one surah */
  readonly surah: number | null;
  /** of that surah, in Arabic */
  readonly name: string | null;
  readonly latin: string | null;
  readonly english: string | null;
  /** the corpus has it, or some of its verses */
  readonly present: boolean;
}

export interface Root {
  /** as it is stored, in Buckwalter transliteration */
  readonly root: string;
  readonly arabic: string | null;
  /** that contain it */
  readonly verses: number;
  /** likewise */
  readonly words: number;
  /** only with `q`: how what was typed means this root */
  readonly match?: 'exact' | 'arabic' | 'folded' | 'latin';
}

export interface RootEntry {
  readonly root: string;
  readonly buckwalter: string | null;
  /** how many have it, as the next two */
  readonly segments: number;
  readonly words: number;
  readonly verses: number;
  /** its lemmas, most frequent first */
  readonly lemmas: readonly Used[];
  /** parts of speech, likewise */
  readonly pos: readonly Used[];
  /** the stems as they are written, likewise */
  readonly forms: readonly Used[];
  /** SURAH:AYAH:WORD, in the order of the corpus */
  readonly places: readonly string[];
  /** how many places there are */
  readonly total: number;
}

export interface Roots {
  /** nearest first; without `q` all, by code point */
  readonly roots: readonly Root[];
  readonly total: number;
}

export interface SearchedTexts {
  readonly what: 'glosses' | 'translations';
  readonly language: string;
  /** how many there are: verses with glosses, or translations of verses */
  readonly texts: number;
}

export interface Segment {
  /** its number in the word, from 1 */
  readonly n: number;
  /** the written segment */
  readonly segment?: string;
  /** prefix, stem or suffix */
  readonly type?: 'prefix' | 'stem' | 'suffix';
  /** the tag of the Quranic Arabic Corpus */
  readonly pos?: string;
  /** the letters of the root, in Arabic */
  readonly root?: string;
  /** the dictionary form, in Arabic */
  readonly lemma?: string;
  /** the pattern of a verb, participle or verbal noun, I to XII */
  readonly form?: 'I' | 'II' | 'III' | 'IV' | 'V' | 'VI' | 'VII' | 'VIII' | 'IX' | 'X' | 'XI' | 'XII';
  /** perfect, imperfect or imperative */
  readonly aspect?: 'PERF' | 'IMPF' | 'IMPV';
  /** active or passive, of verbs */
  readonly voice?: 'ACT' | 'PASS';
  /** mood of an imperfect verb */
  readonly mood?: 'IND' | 'SUBJ' | 'JUS' | 'ENG';
  /** of verbs and pronouns */
  readonly person?: '1' | '2' | '3';
  /** masculine or feminine */
  readonly gender?: 'M' | 'F';
  /** singular, dual or plural */
  readonly number?: 'S' | 'D' | 'P';
  /** of nominals */
  readonly case?: 'NOM' | 'ACC' | 'GEN';
  /** marked as indefinite (or definite) */
  readonly state?: 'DEF' | 'INDEF';
  /** participle or verbal noun */
  readonly derivation?: 'ACTPCPL' | 'PASSPCPL' | 'VN';
  /** which particle or pronoun a prefix or suffix is */
  readonly clitic?: 'Al+' | 'bi+' | 'ka+' | 'ta+' | 'w:P+' | 'l:P+' | 'sa+' | 'ya+' | 'ha+' | 'A:INTG+' | 'A:EQ+' | 'w:CONJ+' | 'w:REM+' | 'w:CIRC+' | 'w:SUP+' | 'w:COM+' | 'f:CONJ+' | 'f:REM+' | 'f:RSLT+' | 'f:SUP+' | 'f:CAUS+' | 'l:EMPH+' | 'l:PRP+' | 'l:IMPV+' | '+VOC' | '+n:EMPH' | 'PRON';
  /** sisters of kāna, kāda, inna */
  readonly group?: 'kaAn' | 'kaAd' | '<in~';
  /** the pattern of the dictionary form, with ف ع ل for the letters of the root */
  readonly wazn?: string;
  /** column Morph_tag */
  readonly masaq_tag?: string;
  /** column Morph_type */
  readonly masaq_type?: string;
  /** column Punctuation_Mark */
  readonly masaq_punctuation?: string;
  /** column Invariable_Declinable */
  readonly masaq_declension?: string;
  /** column Syntactic_Role */
  readonly masaq_role?: string;
  /** column Possessive_Construct */
  readonly masaq_construct?: string;
  /** column Case_Mood */
  readonly masaq_case?: string;
  /** column Case_Mood_Marker */
  readonly masaq_marker?: string;
  /** column Phrase */
  readonly masaq_phrase?: string;
  /** column Phrasal_Function */
  readonly masaq_function?: string;
  /** column Notes */
  readonly masaq_note?: string;
}

export interface Sentence {
  /** its number in the treebank, from 1 */
  readonly sentence: number;
  /** the verses that it is in */
  readonly verses: readonly string[];
  /** all, also those in other verses, in their order */
  readonly nodes: readonly Node[];
  /** the phrases in it, by where they begin */
  readonly phrases: readonly Phrase[];
}

export interface Source {
  readonly source: 'text' | 'morphology' | 'treebank' | 'masaq';
  readonly title: string;
  /** of the published file; the starter corpus has the licence of the program */
  readonly licence: string;
  readonly address: string | null;
  /** the corpus has values from it */
  readonly present: boolean;
}

export interface Spread {
  readonly query: string;
  readonly within: string | null;
  /** what total counts */
  readonly unit: string;
  /** of all rows, and of what is left out of them */
  readonly total: number;
  /** the text that was searched */
  readonly scope: Extent;
  /** what is not counted or not listed, and why */
  readonly left_out: readonly LeftOut[];
  /** what to know about how the query was read */
  readonly notes: readonly string[];
  /** time or memory ran out: the numbers are those found until then */
  readonly partial: boolean;
  /** parts of the text that have words in the scope */
  readonly parts: number | null;
  /** parts with a hit / parts */
  readonly range: number | null;
  /** 1 - V / sqrt(n - 1), V the population standard deviation of the parts' relative frequencies / their mean */
  readonly juilland_d: number | null;
  /** half the sum of |v - s|, v a part's share of the hits, s its share of the words */
  readonly dp: number | null;
  /** DP / (1 - min s) */
  readonly dp_norm: number | null;
  /** sum of v log2(v / s) */
  readonly kld: number | null;
  /** sum of min(d, v) / v, v = words / hits, d the distances between hits, the last one round to the first */
  readonly arf: number | null;
  /** what the values of a row are */
  readonly keys: readonly string[];
  /** how many rows there are */
  readonly rows_total: number;
  readonly offset: number;
  readonly limit: number;
  readonly rows: readonly SpreadPart[];
  /** how long it took */
  readonly ms: number;
}

export interface SpreadPart {
  /** of each key; null where one is missing */
  readonly values: readonly (string | null)[];
  /** of the part, in the scope */
  readonly words: number | null;
  /** that begin in the part */
  readonly hits: number | null;
  /** hits for each 10,000 words of the part */
  readonly per_10000: number | null;
  /** of this row and those before it, of this page or not */
  readonly hits_so_far: number | null;
  /** likewise */
  readonly words_so_far: number | null;
  /** of revelation; of surahs only */
  readonly order: number | null;
  /** finds what was counted; null where no query does */
  readonly query: string | null;
}

export interface StepCount {
  readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation';
  readonly verses: number;
  readonly hits: number;
}

export interface Suggestion {
  readonly kind: 'attribute' | 'value' | 'word' | 'root' | 'lemma' | 'surah' | 'region' | 'label' | 'list' | 'query';
  /** as people know it */
  readonly text: string;
  /** instead of what was typed */
  readonly insert: string;
  readonly english: string | null;
  readonly arabic: string | null;
  /** in how many words it occurs */
  readonly words: number | null;
  /** nothing begins with what was typed; this is near to it */
  readonly corrected: boolean;
}

export interface Suggestions {
  readonly q: string;
  /** what can come at the end of the text */
  readonly expects: 'start' | 'attribute' | 'value' | 'region' | 'list' | 'query' | 'nothing';
  /** of a value */
  readonly attribute: string | null;
  /** the code point of q, from 0, where what is being typed begins */
  readonly from: number;
  /** of each kind those that match best, then the most frequent first */
  readonly suggestions: readonly Suggestion[];
}

export interface Surah {
  readonly surah: number;
  /** in Arabic, without marks */
  readonly name: string;
  /** in Latin letters */
  readonly latin: string;
  /** its meaning */
  readonly english: string;
  /** how many it has */
  readonly verses: number;
  /** of revelation, by the Egyptian standard edition */
  readonly place: 'Meccan' | 'Medinan';
  /** of revelation, 1 to 114 */
  readonly order: number;
  /** how many of its verses this corpus has */
  readonly present: number;
}

export interface SurahCount {
  readonly surah: number;
  readonly verses: number;
  readonly hits: number;
}

export interface Surahs {
  readonly surahs: readonly Surah[];
}

export interface TextCounts {
  readonly surah?: readonly SurahCount[];
  readonly juz?: readonly JuzCount[];
  readonly place?: readonly PlaceCount[];
}

export interface TextHit {
  readonly first_word: number | null;
  /** of this verse */
  readonly last_word: number | null;
  /** the loosest one that it needs */
  readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation';
  /** of this verse */
  readonly words: readonly FoundWord[];
  /** the next verses that it reaches into; missing if none */
  readonly continues?: readonly NextVerse[];
}

export interface TextSearch {
  readonly query: string;
  readonly mode: 'text';
  /** text: `q` was sought as it is written; reference: the results are the verses that it names; root: they have the root that its letters are; transliteration: it was sought in Latin letters; meaning: in glosses and translations */
  readonly read_as: 'text' | 'reference' | 'root' | 'transliteration' | 'meaning';
  /** the verses, surah or part that `q` names, if it may */
  readonly references: readonly Resolved[];
  /** the loosest one that was used */
  readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation';
  /** all verses with a match */
  readonly verses: number;
  /** all matches */
  readonly hits: number;
  /** matches with a particle before the first word that was not typed */
  readonly particles_before: number;
  /** matches with such a particle between the words */
  readonly particles_between: number;
  /** of the matches, the strictest first */
  readonly steps: readonly StepCount[];
  /** what looser steps would find beside them, if they were tried */
  readonly further: readonly StepCount[];
  /** words that are not in the text as they were typed, and what they may mean */
  readonly unknown: readonly UnknownWord[];
  /** of the first words of `q` that are in the text, and what root: and lemma: name */
  readonly lexemes: readonly WordLexemes[];
  /** of a search by meaning: where `q` was sought */
  readonly searched: readonly SearchedTexts[];
  /** of a search by meaning: how near to each other the words of `q` are. The results are those of the first */
  readonly nearness: readonly NearnessCount[];
  /** those that were asked for, where there are matches */
  readonly counts: TextCounts;
  readonly offset: number;
  readonly limit: number;
  /** the time was over before all was searched: the counts are too small */
  readonly partial: boolean;
  /** how long the search took */
  readonly ms: number;
  /** in the order that was asked for */
  readonly results: readonly FoundVerse[];
}

export interface Trees {
  readonly verse: string;
  /** that are in the verse; empty without a treebank */
  readonly sentences: readonly Sentence[];
}

export interface UnknownWord {
  readonly word: string;
  /** words of the text, the likeliest first */
  readonly suggestions: readonly WordSuggestion[];
}

export interface Used {
  readonly value: string;
  readonly words: number;
}

export interface Verse {
  /** SURAH:AYAH */
  readonly verse: string;
  readonly surah: number;
  readonly ayah: number;
  readonly text: string;
  readonly juz: number;
  readonly hizb: number;
  /** of a hizb */
  readonly quarter: number;
  readonly manzil: number;
  readonly ruku: number;
  readonly page: number;
  /** a verse of prostration */
  readonly sajda: boolean;
  /** with the layers `words`, `segments`, `gloss`, `transliteration`, `masaq` */
  readonly words?: readonly Word[];
  /** with the layer `tree`: the nodes of the treebank that are in the verse */
  readonly tree?: readonly Node[];
  /** with the layer `translations` */
  readonly translations?: readonly unknown[];
  /** with the layer `notes` */
  readonly notes?: Notes;
  /** how many translations and notes are left out because the database is damaged */
  readonly unreadable?: number;
}

export interface Verses {
  /** as it was asked for */
  readonly range: string;
  /** how many verses there are */
  readonly total: number;
  /** in the order of their numbers */
  readonly verses: readonly Verse[];
}

export interface Word {
  /** its number in the verse, from 1 */
  readonly n: number;
  /** the written word */
  readonly word?: string;
  /** the letters without marks and tatweel, alif wasla as alif */
  readonly plain?: string;
  /** how many letters the word is written with, without marks and small letters */
  readonly letters?: number;
  /** the sum of the numbers of its letters, without marks */
  readonly abjad?: number;
  /** how the word ends at a stop: the last vowel and consonant */
  readonly rhyme?: string;
  /** the last letter that is heard at a stop */
  readonly rhyme_letter?: string;
  /** the vowel before that letter, or the long vowel that it is */
  readonly rhyme_vowel?: 'a' | 'i' | 'u' | 'aa' | 'ii' | 'uu' | 'ay' | 'aw' | 'none';
  /** the letters, with those that sound alike as one: ذ ز ظ ض د, س ص ث, ت ط, ه ح, ق ك, ا ع */
  readonly sound?: string;
  /** how many words the longest run has that holds the word and occurs elsewhere with the same lemmas */
  readonly repetition?: number;
  /** the root of the word's stem */
  readonly stem_root?: string;
  /** the lemma of the word's stem */
  readonly stem_lemma?: string;
  /** the tag of the word's stem */
  readonly stem_pos?: string;
  /** English translation of the word */
  readonly gloss?: string;
  /** the word in Latin letters */
  readonly transliteration?: string;
  /** with the layers `segments` and `masaq` */
  readonly segments?: readonly Segment[];
}

export interface WordInVerse {
  /** SURAH:AYAH:WORD */
  readonly place: string;
  readonly verse: string;
  /** with all layers of words */
  readonly word: Word;
}

export interface WordLexeme {
  /** in Arabic; root: or lemma: before it finds its words */
  readonly value: string;
  readonly buckwalter: string | null;
  /** that have it */
  readonly words: number;
  /** likewise */
  readonly verses: number;
}

export interface WordLexemes {
  /** of `q` */
  readonly word: string;
  /** most frequent first */
  readonly lemmas: readonly WordLexeme[];
  /** likewise */
  readonly roots: readonly WordLexeme[];
}

export interface WordPart {
  /** a code point of the word, from 0 */
  readonly from: number;
  /** the code point after the last */
  readonly to: number;
}

export interface WordSuggestion {
  readonly word: string;
  /** at which it matches: typing or sound */
  readonly step: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation';
  /** neighbour, doubled, missing, swapped, wrong or added; null for a sound */
  readonly mistake: string | null;
  /** how often it is in the text */
  readonly uses: number;
}

/** The 114 surahs: names, number of verses, place and order of revelation */
export const listSurahs = (signal?: AbortSignal): Promise<Surahs> =>
  ask(`/api/v1/surahs`, signal);

/** Verses, with the layers that are asked for */
export const getVerses = (range: string, asked: { layers?: readonly ('words' | 'segments' | 'gloss' | 'transliteration' | 'tree' | 'masaq' | 'translations' | 'notes')[] } = {}, signal?: AbortSignal): Promise<Verses> =>
  ask(`/api/v1/verses/${pathPart(range)}${parameters(asked)}`, signal);

/** A word with its segments and all that is known of them */
export const getWord = (word: string, signal?: AbortSignal): Promise<WordInVerse> =>
  ask(`/api/v1/words/${pathPart(word)}`, signal);

/** The sentences of the treebank that are in a verse */
export const getTrees = (verse: string, signal?: AbortSignal): Promise<Trees> =>
  ask(`/api/v1/trees/${pathPart(verse)}`, signal);

/** Which verses a reference or the name of a surah means */
export const resolve = (asked: { q: string }, signal?: AbortSignal): Promise<Resolution> =>
  ask(`/api/v1/resolve${parameters(asked)}`, signal);

/** Words, segments, sequences and trees in the query language */
export const query = (asked: { q: string; reading?: 'all' | 'shortest' | 'standard' | 'longest'; sensitive?: 'yes' | 'no'; within?: string; offset?: number; limit?: number; context?: number; sort?: string; columns?: string; group?: string; sample?: number; seed?: number; timeout_ms?: number; explain?: 'yes' | 'no'; format?: 'json' | 'csv' | 'tsv' | 'jsonl' | 'conllu'; corpus?: string; names?: string }, signal?: AbortSignal): Promise<QueryAnswer> =>
  ask(`/api/v1/query${parameters(asked)}`, signal);

/** How often values of one to three attributes occur: word lists, hapax legomena, words of one surah */
export const frequencies = (asked: { q?: string; by?: string; within?: string; reading?: 'all' | 'shortest' | 'standard' | 'longest'; sensitive?: 'yes' | 'no'; sort?: 'hits' | 'verses' | 'surahs' | 'value'; min?: number; max?: number; max_surahs?: number; missing?: 'yes' | 'no'; offset?: number; limit?: number; timeout_ms?: number; format?: 'json' | 'csv' | 'tsv' | 'jsonl' } = {}, signal?: AbortSignal): Promise<Frequencies> =>
  ask(`/api/v1/statistics/frequencies${parameters(asked)}`, signal);

/** What occurs near the hits of a query, or joined with them by a relation, and how strongly */
export const collocations = (asked: { q: string; attribute?: string; unit?: 'word' | 'segment'; left?: number; right?: number; convention?: 'surface' | 'hits'; relation?: string; ends?: 'dependents' | 'heads'; min?: number; min_frequency?: number; within?: string; reading?: 'all' | 'shortest' | 'standard' | 'longest'; sensitive?: 'yes' | 'no'; sort?: 'together' | 'left' | 'right' | 'frequency' | 'expected' | 'log_dice' | 'mi' | 'mi3' | 'mi_log_f' | 'local_mi' | 't_score' | 'z_score' | 'log_likelihood' | 'simple_ll' | 'dice' | 'min_sensitivity' | 'delta_p_collocate' | 'delta_p_node' | 'log_ratio' | 'value'; offset?: number; limit?: number; timeout_ms?: number; format?: 'json' | 'csv' | 'tsv' | 'jsonl' }, signal?: AbortSignal): Promise<Collocations> =>
  ask(`/api/v1/statistics/collocations${parameters(asked)}`, signal);

/** How evenly the hits of a query are spread over the text */
export const spread = (asked: { q: string; parts?: 'surah' | 'juz' | 'hizb' | 'quarter' | 'manzil' | 'ruku' | 'page'; order?: 'mushaf' | 'revelation' | 'density'; within?: string; reading?: 'all' | 'shortest' | 'standard' | 'longest'; sensitive?: 'yes' | 'no'; offset?: number; limit?: number; timeout_ms?: number; format?: 'json' | 'csv' | 'tsv' | 'jsonl' }, signal?: AbortSignal): Promise<Spread> =>
  ask(`/api/v1/statistics/spread${parameters(asked)}`, signal);

/** Runs of words that occur again, by any attribute */
export const repeatedRuns = (asked: { q?: string; attribute?: string; min_n?: number; max_n?: number; min?: number; min_surahs?: number; maximal?: 'yes' | 'no'; over_verses?: 'yes' | 'no'; within?: string; reading?: 'all' | 'shortest' | 'standard' | 'longest'; sensitive?: 'yes' | 'no'; sort?: 'hits' | 'n' | 'verses' | 'surahs'; offset?: number; limit?: number; timeout_ms?: number; format?: 'json' | 'csv' | 'tsv' | 'jsonl' } = {}, signal?: AbortSignal): Promise<RepeatedRuns> =>
  ask(`/api/v1/statistics/ngrams${parameters(asked)}`, signal);

/** What could be typed next in a query, with counts */
export const suggest = (asked: { q?: string; attribute?: string; limit?: number } = {}, signal?: AbortSignal): Promise<Suggestions> =>
  ask(`/api/v1/suggest${parameters(asked)}`, signal);

/** Words and phrases in any spelling */
export const search = (asked: { q: string; mode?: 'text'; step?: 'exact' | 'plain' | 'partial_vowels' | 'folded' | 'modern_spelling' | 'regional' | 'no_vowels' | 'split' | 'joined' | 'no_article' | 'typing' | 'sound' | 'lemma' | 'root' | 'transliteration' | 'consonants' | 'gloss' | 'translation'; lang?: string; proclitics?: 'yes' | 'no' | 'first'; surah?: string; juz?: string; place?: 'meccan' | 'medinan'; counts?: readonly ('surah' | 'juz' | 'place')[]; sort?: 'mushaf' | 'relevance'; offset?: number; limit?: number; timeout_ms?: number }, signal?: AbortSignal): Promise<TextSearch> =>
  ask(`/api/v1/search${parameters(asked)}`, signal);

/** The attributes of the corpus, or with `name` one attribute with its values and how often each occurs */
export const listAttributes = (asked: { name?: string; limit?: number; offset?: number } = {}, signal?: AbortSignal): Promise<Attributes> =>
  ask(`/api/v1/attributes${parameters(asked)}`, signal);

/** What is in the corpus, from whom, under which licence, and what is missing */
export const getCorpus = (signal?: AbortSignal): Promise<Corpus> =>
  ask(`/api/v1/corpus`, signal);

/** All roots, or with `q` those that it may mean */
export const listRoots = (asked: { q?: string; limit?: number; offset?: number } = {}, signal?: AbortSignal): Promise<Roots> =>
  ask(`/api/v1/roots${parameters(asked)}`, signal);

/** A root: its lemmas and forms, how often it occurs, and where */
export const getRoot = (root: string, asked: { limit?: number; offset?: number } = {}, signal?: AbortSignal): Promise<RootEntry> =>
  ask(`/api/v1/roots/${pathPart(root)}${parameters(asked)}`, signal);

/** A lemma: its roots and forms, how often it occurs, and where */
export const getLemma = (lemma: string, asked: { limit?: number; offset?: number } = {}, signal?: AbortSignal): Promise<LemmaEntry> =>
  ask(`/api/v1/lemmas/${pathPart(lemma)}${parameters(asked)}`, signal);
