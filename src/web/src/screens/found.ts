// What a search finds: hits of a query, or of words.
import { parameters } from '../api/ask';
import { query, search, type HitGrouping, type OtherSearch, type QueryAnswer, type TextSearch } from '../api/client';
import { isCounted, type Asked } from '../asked';
import { lineOf, type Line } from '../parts/lines';
import { ofSegments, searchAddress } from '../text/cql';
import { marked, type Piece } from '../text/marks';

/** A translation of a verse, cut where its hits begin and end. */
export interface Translated {
  readonly verse: string;
  readonly language: string;
  readonly by: string | null;
  readonly pieces: readonly Piece[];
}

/** What finds something where what was asked for does not. */
export interface Other {
  readonly query: string;
  readonly address: string;
  readonly hits: number;
  /** Of words that were typed: what is asked differently. */
  readonly less?: OtherSearch;
}

export interface Found {
  readonly hits: number;
  readonly verses: number;
  readonly partial: boolean;
  readonly notes: readonly string[];
  readonly steps: readonly { readonly value: string; readonly step: string }[];
  readonly lines: readonly Line[];
  /** Translations in which the words were found. */
  readonly translated: readonly Translated[];
  /** Clauses of a query without hits that are to blame. */
  readonly failing: readonly string[];
  /** What may have been meant, or what of it finds something. */
  readonly instead: readonly Other[];
  /** Words that the text does not have. */
  readonly unknown: readonly string[];
  readonly pages: number;
  readonly ms: number;
  readonly grouping: HitGrouping | null;
}

const ofQuery = (answer: QueryAnswer, asked: Asked): Found => ({
  hits: answer.hits,
  verses: answer.verses,
  partial: answer.partial,
  notes: answer.notes,
  steps: answer.steps,
  pages: Math.ceil((answer.grouping?.total ?? (asked.sample === 0 ? answer.hits : Math.min(asked.sample, answer.hits))) / asked.size),
  lines: answer.results.map((hit) => lineOf(hit, asked.columns, ofSegments(asked.q))),
  translated: [],
  unknown: [],
  failing: answer.relaxed?.failing ?? [],
  instead: (answer.relaxed?.nearest ?? []).map(({ query, hits }) => ({ query, address: searchAddress(query), hits })),
  ms: answer.ms,
  grouping: answer.grouping ?? null,
});

export const askQuery = (asked: Asked): Promise<Found> =>
  query({
    q: asked.q,
    offset: (asked.page - 1) * asked.size,
    // Beside collocates only the count is shown.
    limit: asked.view === 'collocates' ? 0 : asked.size,
    ...(asked.view === 'collocates' ? {} : isCounted(asked.view) ? { group: asked.by.join() } : { context: asked.context }),
    ...(asked.sample === 0 || isCounted(asked.view) ? {} : { sample: asked.sample, seed: asked.seed }),
    ...(asked.sort === '' || isCounted(asked.view) ? {} : { sort: asked.sort }),
    ...(asked.columns.length === 0 || isCounted(asked.view) ? {} : { columns: asked.columns.join() }),
  }).then((answer) => ofQuery(answer, asked));

export const askText = ({ q, page, size, step, nearness, context }: Asked): Promise<Found> =>
  search({ q, offset: (page - 1) * size, limit: size, ...(step === null ? {} : { step }), ...(nearness === 'phrase' ? {} : { nearness }) }).then((found) => ofText(found, context));

/** Hits in texts, whose places are counted in code points. A hit is shown with the whole words that it is in: letters
 * before it, such as a particle, are joined to it. */
function ofText(answer: TextSearch, context: number): Found {
  const lines = answer.results.flatMap((found) => {
    const points = [...found.text];
    const cut = (from: number, to: number): string => points.slice(from, to).join('').trim();
    return found.hits.map((hit): Line => {
      let from = hit.words[0]?.from ?? 0;
      let to = hit.words.at(-1)?.to ?? points.length;
      while (from > 0 && points[from - 1] !== ' ') from--;
      while (to < points.length && points[to] !== ' ') to++;
      const verse = `${found.surah}:${found.ayah}`;
      return {
        place: hit.first_word === null ? verse : `${verse}:${hit.first_word}`,
        verse,
        from: hit.first_word === null ? [found.surah, found.ayah] : [found.surah, found.ayah, hit.first_word],
        to: [found.surah, found.ayah, hit.last_word ?? hit.first_word ?? 0],
        before: cut(0, from).split(' ').slice(-context).join(' '),
        match: [{ text: cut(from, to) }],
        after: cut(to, points.length).split(' ').slice(0, context).join(' '),
      };
    });
  });
  const translated = answer.results.flatMap(({ surah, ayah, translations = [] }) => translations.map((one): Translated => ({ verse: `${surah}:${ayah}`, language: one.language, by: one.by, pieces: marked(one.text, one.places) })));
  return { hits: answer.hits, verses: answer.verses, partial: answer.partial, notes: [], lines, translated, pages: Math.ceil(answer.verses / answer.limit), ms: answer.ms, grouping: null,
    steps: answer.steps.map(({ step }) => ({ value: answer.query, step })),
    failing: [],
    unknown: answer.unknown.map(({ word }) => word),
    instead: [...answer.unknown.flatMap((unknown) => unknown.suggestions.slice(0, 4).map((one) => meant(answer.query.replace(unknown.word, one.word), one.uses))), ...(answer.instead ?? []).map(lessOf)],
  };
}

const meant = (query: string, hits: number): Other => ({ query, address: searchAddress(query), hits });
const lessOf = (less: OtherSearch): Other => ({ query: less.parameters['q'] ?? '', address: `/search${parameters(less.parameters)}`, hits: less.hits, less });
