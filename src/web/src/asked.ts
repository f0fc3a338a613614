// What the address of a search asks for, beside the words or the query itself.
import { parameters } from './api/ask';
import { tokens } from './text/cql';
import { parameter } from './router';

export const views = ['lines', 'verses', 'groups', 'collocates', 'spread'] as const;
export type View = (typeof views)[number];
export const steps = ['exact', 'plain', 'partial_vowels', 'folded', 'modern_spelling', 'regional', 'no_vowels', 'split', 'joined', 'no_article', 'typing', 'sound', 'lemma', 'root', 'transliteration', 'consonants', 'gloss', 'translation'] as const;
export type Step = (typeof steps)[number];
/** How near to each other the words of a text are. */
export const nearnesses = ['phrase', 'verse'] as const;
export type Nearness = (typeof nearnesses)[number];
/** Attributes that may be shown below the words of a hit. */
export const columns = ['lemma', 'root', 'pos', 'gloss', 'transliteration'] as const;
export type Column = (typeof columns)[number];

/** How strongly words go together; each is a number of a collocation (api/client.ts). */
export const measures = ['log_dice', 'log_likelihood', 't_score', 'mi', 'mi3', 'delta_p_collocate', 'log_ratio', 'together'] as const;
export type Measure = (typeof measures)[number];
/** What is counted near the hits. */
export interface Near {
  readonly attribute: string;
  /** So many words before and after. */
  readonly span: number;
  /** Instead of a span: what a relation of the treebank joins with the hits, or ''. */
  readonly relation: string;
  readonly ends: 'dependents' | 'heads';
  readonly measure: Measure;
  readonly min: number;
}

const page_sizes: Readonly<Record<View, number>> = { lines: 50, verses: 20, groups: 50, collocates: 50, spread: 114 };
export const default_context = 5;
export const default_key = 'match.lemma';

export interface Asked {
  readonly q: string;
  readonly view: View;
  readonly page: number;
  readonly size: number;
  readonly context: number;
  /** As the server takes it; '' is the order of the text. */
  readonly sort: string;
  /** Keys by which hits are counted. */
  readonly by: readonly string[];
  /** So many hits, chosen by chance; 0 is all. */
  readonly sample: number;
  readonly seed: number;
  readonly columns: readonly Column[];
  readonly step: Step | null;
  readonly nearness: Nearness;
  readonly near: Near;
}

/** A number of the address within its limits. */
const whole = (name: string, min: number, max: number, fallback: number): number => {
  const value = Number(parameter(name) ?? '');
  return Number.isInteger(value) && value >= min && parameter(name) !== null ? Math.min(value, max) : fallback;
};
const list = (name: string): readonly string[] => (parameter(name) ?? '').split(',').filter((one) => one !== '');

export function askedHere(): Asked {
  const view = views.find((one) => one === parameter('view')) ?? 'lines';
  const by = list('by').slice(0, 2);
  return {
    q: parameter('q') ?? '',
    view,
    page: whole('page', 1, 1_000_000, 1),
    size: page_sizes[view],
    context: whole('ctx', 1, 20, default_context),
    sort: parameter('sort') ?? '',
    by: view === 'spread' ? [parameter('over') === 'juz' ? 'match.juz_n' : 'match.surah_n'] : by.length > 0 ? by : [default_key],
    sample: whole('sample', 1, 100_000, 0),
    seed: whole('seed', 0, 4294967295, 0),
    columns: columns.filter((one) => list('cols').includes(one)),
    step: steps.find((one) => one === parameter('step')) ?? null,
    nearness: nearnesses.find((one) => one === parameter('nearness')) ?? 'phrase',
    near: {
      attribute: parameter('of') ?? 'lemma',
      span: whole('span', 1, 50, 5),
      relation: parameter('rel') ?? '',
      ends: parameter('ends') === 'heads' ? 'heads' : 'dependents',
      measure: measures.find((one) => one === parameter('measure')) ?? 'log_dice',
      min: whole('min', 1, 1000, 3),
    },
  };
}

/** Hits are counted instead of listed. */
export const isCounted = (view: View): boolean => view === 'groups' || view === 'collocates' || view === 'spread';

/** As the server takes it. */
export const nearParameters = ({ attribute, span, relation, ends, measure, min }: Near) => ({
  attribute,
  ...(relation === '' ? { left: span, right: span } : { relation, ends }),
  sort: measure,
  min,
});

/** Names that the query gives to its parts. */
export const labelsOf = (q: string): readonly string[] => [...new Set(tokens(q).flatMap((token) => (token.kind === 'label' ? [token.text] : [])))];

export const formats = ['csv', 'tsv', 'jsonl', 'arrow', 'conllu'] as const;
/** Where all hits, or groups, that are on screen can be had as a file. */
export const exportAddress = ({ q, view, sort, by, sample, seed, columns: shown, context, near }: Asked, format: (typeof formats)[number]): string =>
  view === 'collocates'
    ? `/api/v1/statistics/collocations${parameters({ q, ...nearParameters(near), format })}`
    : `/api/v1/query${parameters({
    q,
    ...(isCounted(view)
      ? { group: by.join() }
      : {
          context,
          ...(sort === '' ? {} : { sort }),
          ...(shown.length === 0 ? {} : { columns: shown.join() }),
          ...(sample === 0 ? {} : { sample, seed }),
        }),
    format,
  })}`;
