// The hits of a query or of words within a surah, as the reader marks them.
import { query, search } from './api/client';
import { useAnswer } from './answers';
import { isQuery } from './text/cql';

export interface SurahHits {
  /** All hits in the surah, even those that are not marked. */
  readonly count: number;
  /** Numbers of the words that are in a hit, by verse. */
  readonly words: ReadonlyMap<string, ReadonlySet<number>>;
  /** Where each marked hit begins, SURAH:AYAH:WORD, in the order of the text. */
  readonly places: readonly string[];
}

const max_marked = 1000;
const max_marked_verses = 300;

/** Marks the words from `start` to `end`, both SURAH:AYAH:WORD. */
function mark(words: Map<string, Set<number>>, start: readonly number[], end: readonly number[]) {
  const [surah, ayah, first] = start as [number, number, number];
  const [, last_ayah, last] = end as [number, number, number];
  for (let at = ayah; at <= last_ayah; at++) {
    const verse = `${surah}:${at}`;
    const set = words.get(verse) ?? new Set<number>();
    words.set(verse, set);
    const from = at === ayah ? first : 1;
    // No verse has this many words.
    const to = at === last_ayah ? last : 200;
    for (let n = from; n <= to; n++) set.add(n);
  }
}

const numbers = (place: string): readonly number[] => place.split(':').slice(0, 3).map(Number);

async function hitsOf(q: string, surah: number): Promise<SurahHits> {
  const words = new Map<string, Set<number>>();
  const places: string[] = [];
  if (isQuery(q)) {
    const answer = await query({ q, within: `<surah n="${surah}"/>`, limit: max_marked, context: 0 });
    for (const hit of answer.results) {
      mark(words, numbers(hit.start), numbers(hit.end));
      places.push(hit.start.split(':').slice(0, 3).join(':'));
    }
    return { count: answer.hits, words, places: [...new Set(places)] };
  }
  const answer = await search({ q, surah: String(surah), limit: max_marked_verses });
  for (const verse of answer.results) {
    for (const hit of verse.hits) {
      if (hit.first_word === null) continue;
      mark(words, [verse.surah, verse.ayah, hit.first_word], [verse.surah, verse.ayah, hit.last_word ?? hit.first_word]);
      places.push(`${verse.surah}:${verse.ayah}:${hit.first_word}`);
    }
  }
  return { count: answer.hits, words, places: [...new Set(places)] };
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
