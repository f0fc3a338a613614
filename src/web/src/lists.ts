// The lists of what the corpus has: what an address asks of them, and what is asked of the server for it.
import { frequencies, repeatedRuns, type Attribute } from './api/client';
import { parameters } from './api/ask';
import type { Key } from './i18n';
import type { Labelled } from './labels';
import { parameter, type ListName } from './router';
import { loosely } from './text/arabic';
import { quoted } from './text/cql';

interface Listed {
  /** Whose values are listed. */
  readonly attribute: string;
  /** The query for what is counted, with a test of it. */
  readonly of: (test: string) => string;
  /** Its values have names, of which a few hundred are known at once. */
  readonly named?: Labelled;
}

const word = (test: string): string => `[${test}]`;
const segment = (test: string): string => `{${test}}`;
const lastWord = (test: string): string => `[${test}] </verse>`;

export const lists: Readonly<Record<Exclude<ListName, 'ngrams'>, Listed>> = {
  roots: { attribute: 'root', of: word },
  lemmas: { attribute: 'lemma', of: word },
  words: { attribute: 'word', of: word },
  tags: { attribute: 'pos', of: segment, named: 'pos' },
  relations: { attribute: 'relation', of: segment, named: 'relation' },
  endings: { attribute: 'rhyme', of: lastWord },
};
export const titleOf = (list: ListName): Key => `list_${list}`;

/** Attributes of which runs are counted. */
export const runAttributes = ['word', 'lemma', 'root', 'pos'] as const;
export const sorts = ['hits', 'verses', 'surahs', 'value'] as const;
export type Sort = (typeof sorts)[number];
export const onlys = ['once', 'surah'] as const;
export const page_size = 100;
const max_run = 8;

export interface AskedList {
  readonly list: ListName;
  readonly filter: string;
  readonly sort: Sort | 'n';
  /** What occurs once in the corpus, or in one surah alone. */
  readonly only: (typeof onlys)[number] | null;
  /** The number of a surah, or 0: all of them. */
  readonly surah: number;
  readonly page: number;
  /** Of runs. */
  readonly attribute: (typeof runAttributes)[number];
  readonly from: number;
  readonly to: number;
  readonly maximal: boolean;
}

const whole = (name: string, min: number, max: number, fallback: number): number => {
  const value = Number(parameter(name) ?? '');
  return Number.isInteger(value) && value >= min && value <= max ? value : fallback;
};

export function askedList(list: ListName): AskedList {
  const from = whole('from', 2, max_run, 2);
  const sort = parameter('sort');
  return {
    list,
    filter: (parameter('filter') ?? '').trim(),
    sort: list === 'ngrams' ? (sort === 'n' || sort === 'verses' || sort === 'surahs' ? sort : 'hits') : (sorts.find((one) => one === sort) ?? 'hits'),
    only: onlys.find((one) => one === parameter('only')) ?? null,
    surah: whole('surah', 1, 114, 0),
    page: whole('page', 1, 100_000, 1),
    attribute: runAttributes.find((one) => one === parameter('of')) ?? 'lemma',
    from,
    to: Math.max(from, whole('to', 2, max_run, 5)),
    maximal: parameter('maximal') === 'yes',
  };
}

/** The query whose hits are counted; null where the filter leaves nothing. `names` of a list with names: its values that the
 * filter lets pass. */
export function counted({ list, filter }: AskedList, names: readonly string[] | null): string | null {
  if (list === 'ngrams') return '[]';
  const { attribute, of } = lists[list];
  if (filter === '') return of('');
  if (names === null) return of(`${attribute}="${loosely(filter)}"`);
  return names.length === 0 ? null : of(names.map((value) => `${attribute}==${quoted(value)}`).join(' | '));
}

// As the server takes it.
const within = ({ surah }: AskedList) => (surah === 0 ? {} : { within: `<surah n="${surah}"/>` });
const ofRuns = (of: AskedList) => ({ attribute: of.attribute, min_n: of.from, max_n: of.to, ...(of.maximal ? { maximal: 'yes' as const } : {}), ...within(of), ...(of.sort === 'value' ? {} : { sort: of.sort }) });
const ofValues = (list: Exclude<ListName, 'ngrams'>, of: AskedList, q: string) => ({
  q,
  by: lists[list].attribute,
  ...within(of),
  ...(of.only === 'once' ? { max: 1 } : of.only === 'surah' ? { max_surahs: 1 } : {}),
  ...(of.sort === 'n' ? {} : { sort: of.sort }),
});

export interface Row {
  /** What is counted: one value, or those of a run. */
  readonly value: string;
  readonly n: number;
  readonly hits: number;
  readonly verses: number;
  readonly surahs: number;
  readonly query: string | null;
}
export interface Page {
  readonly total: number;
  readonly rows: readonly Row[];
  readonly partial: boolean;
}

export async function askList(of: AskedList, q: string): Promise<Page> {
  const part = { offset: (of.page - 1) * page_size, limit: page_size, timeout_ms: 10_000 };
  const answer = await (of.list === 'ngrams' ? repeatedRuns({ ...ofRuns(of), ...part }) : frequencies({ ...ofValues(of.list, of, q), ...part }));
  return {
    total: answer.rows_total,
    partial: answer.partial,
    rows: answer.rows.map((row) => ({
      value: row.values[0] ?? '',
      n: 'n' in row ? (row.n ?? 0) : 1,
      hits: row.hits ?? 0,
      verses: row.verses ?? 0,
      surahs: row.surahs ?? 0,
      query: row.query,
    })),
  };
}

export const listFormats = ['csv', 'tsv', 'jsonl', 'arrow'] as const;
/** Where all rows of the list can be had as a file. */
export const listFile = (of: AskedList, q: string, format: (typeof listFormats)[number]): string =>
  of.list === 'ngrams' ? `/api/v1/statistics/ngrams${parameters({ ...ofRuns(of), format })}` : `/api/v1/statistics/frequencies${parameters({ ...ofValues(of.list, of, q), format })}`;

/** Lists of which the corpus has something, and how many different ones it has. */
export const listsHere = (attributes: readonly Attribute[]): readonly { readonly list: ListName; readonly values: number | null }[] =>
  [...(Object.keys(lists) as Exclude<ListName, 'ngrams'>[])]
    .flatMap((list): { list: ListName; values: number | null }[] => {
      const attribute = attributes.find((one) => one.name === lists[list].attribute);
      // Of endings the attribute has those of all words, not of verses alone.
      return attribute && attribute.values > 0 ? [{ list, values: list === 'endings' ? null : attribute.values }] : [];
    })
    .concat({ list: 'ngrams', values: null });
