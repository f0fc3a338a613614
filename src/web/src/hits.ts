// The hits of a query or of words within a surah, as the reader marks them.
import { query, search } from './api/client';
import { useAnswer } from './answers';
import { isQuery, ofSegments } from './text/cql';

/** Words that are in a hit, with the segments that are; null is the whole word. */
export type HitWords = ReadonlyMap<number, ReadonlySet<number> | null>;

export interface SurahHits {
  /** All hits in the surah, even those that are not marked. */
  readonly count: number;
  /** By verse. */
  readonly words: ReadonlyMap<string, HitWords>;
  /** Hits may begin and end within words. */
  readonly segmented: boolean;
  /** Where each marked hit begins, SURAH:AYAH:WORD, in the order of the text. */
  readonly places: readonly string[];
}

const max_marked = 1000;
const max_marked_verses = 300;

// No verse has more words, and no word more segments.
const max_words = 200;
const max_segments = 9;

/** Marks the words from `start` to `end`, both SURAH:AYAH:WORD, or SURAH:AYAH:WORD:SEGMENT where a part of a word is marked. */
export function mark(words: Map<string, Map<number, Set<number> | null>>, start: readonly number[], end: readonly number[]) {
  const [surah, ayah, first, first_segment = 1] = start as [number, number, number, number?];
  const [, last_ayah, last, last_segment = max_segments] = end as [number, number, number, number?];
  for (let at = ayah; at <= last_ayah; at++) {
    const verse = `${surah}:${at}`;
    const marked = words.get(verse) ?? new Map<number, Set<number> | null>();
    words.set(verse, marked);
    const from = at === ayah ? first : 1;
    const to = at === last_ayah ? last : max_words;
    for (let n = from; n <= to; n++) {
      const begins = at === ayah && n === first && first_segment > 1;
      const ends = at === last_ayah && n === last && last_segment < max_segments;
      const known = marked.get(n);
      if (known === null) continue;
      if (!begins && !ends) {
        marked.set(n, null);
        continue;
      }
      const segments = known ?? new Set<number>();
      for (let k = begins ? first_segment : 1; k <= (ends ? last_segment : max_segments); k++) segments.add(k);
      marked.set(n, segments);
    }
  }
}

const numbers = (place: string, parts = 3): readonly number[] => place.split(':').slice(0, parts).map(Number);

async function hitsOf(q: string, surah: number): Promise<SurahHits> {
  const words = new Map<string, Map<number, Set<number> | null>>();
  const segmented = ofSegments(q);
  const places: string[] = [];
  if (isQuery(q)) {
    const answer = await query({ q, within: `<surah n="${surah}"/>`, limit: max_marked, context: 0 });
    for (const hit of answer.results) {
      mark(words, numbers(hit.start, segmented ? 4 : 3), numbers(hit.end, segmented ? 4 : 3));
      places.push(hit.start.split(':').slice(0, 3).join(':'));
    }
    return { count: answer.hits, words, segmented, places: [...new Set(places)] };
  }
  const answer = await search({ q, surah: String(surah), limit: max_marked_verses });
  for (const verse of answer.results) {
    for (const hit of verse.hits) {
      if (hit.first_word === null) continue;
      mark(words, [verse.surah, verse.ayah, hit.first_word], [verse.surah, verse.ayah, hit.last_word ?? hit.first_word]);
      places.push(`${verse.surah}:${verse.ayah}:${hit.first_word}`);
    }
  }
  return { count: answer.hits, words, segmented, places: [...new Set(places)] };
}

/** null while nothing is searched for, or nothing is known yet. */
export function useSurahHits(q: string | null, surah: number | null): SurahHits | null {
  const answer = useAnswer(q === null || surah === null ? null : `hits in ${surah} ${q}`, () => hitsOf(q!, surah!));
  return answer.state === 'here' ? answer.value : null;
}

/** Compares two places in the order of the text. */
export function comparePlaces(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  return x[0]! - y[0]! || x[1]! - y[1]! || (x[2] ?? 0) - (y[2] ?? 0);
}
