// Nodes of the treebank as they are shown: with what is written of them, which the treebank itself does not have.
import type { Node, Segment, Sentence, Verse, Word } from '../api/client';
import { glossShown } from '../text/gloss';

export interface Shown {
  readonly node: Node;
  readonly text: string;
  readonly gloss: string | undefined;
  /** In another verse of the sentence. */
  readonly elsewhere: boolean;
}

/** What a prefix is written like, for a corpus whose morphology does not spell segments. */
const prefixes: Readonly<Record<string, string>> = { 'Al+': 'ٱلْ', 'bi+': 'بِ', 'ka+': 'كَ', 'ta+': 'تَ', 'sa+': 'سَ', 'ya+': 'يَا', 'ha+': 'هَا' };
const written_prefix = (clitic: string | undefined): string | undefined =>
  clitic === undefined ? undefined : (prefixes[clitic] ?? { w: 'وَ', f: 'فَ', l: 'لِ', A: 'أَ' }[/^([wflA]):/.exec(clitic)?.[1] ?? '']);

function writtenSegment(word: Word | undefined, segment: Segment | undefined): string | undefined {
  if (!word || !segment) return undefined;
  if (word.segments?.length === 1) return word.word;
  if (segment.segment) return segment.segment;
  // The stem is shown as the whole word.
  return segment.type === 'stem' ? word.word : segment.type === 'prefix' ? written_prefix(segment.clitic) : undefined;
}

/** The nodes of a sentence, with the words of its verses as far as they are known. */
export function shownNodes(verse: string, sentence: Sentence, verses: readonly Verse[]): readonly Shown[] {
  const word_of = new Map<string, Word>(verses.flatMap((one) => (one.words ?? []).map((word) => [`${one.verse}:${word.n}`, word] as const)));
  const glossed = new Set<string>();
  return sentence.nodes.map((node) => {
    const [surah, ayah, n, segment] = node.place?.split(':') ?? [];
    const place = `${surah}:${ayah}:${n}`;
    const word = node.place ? word_of.get(place) : undefined;
    const written = node.form ?? writtenSegment(word, word?.segments?.[Number(segment) - 1]) ?? (node.place ? 'ـ' : '…');
    const text = node.hidden && !/^[(*]/.test(written) ? `(${written})` : written;
    const gloss = glossed.has(place) || word?.gloss === undefined ? undefined : glossShown(word.gloss);
    if (gloss !== undefined) glossed.add(place);
    return { node, text: /^[\u064b-\u065f\u0670]/.test(text) ? `\u0640${text}` : text, gloss, elsewhere: node.place !== null && `${surah}:${ayah}` !== verse };
  });
}
