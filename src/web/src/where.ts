// Where what someone types into the box leads: to all that it may mean, the likeliest first.
import { listRoots, query, resolve, search } from './api/client';
import { answerTo } from './answers';
import { language } from './settings';
import { hasArabic, rootAddress, spaced } from './text/arabic';
import { isQuery, searchAddress } from './text/cql';

export interface Destination {
  readonly kind: 'verse' | 'surah' | 'root' | 'text' | 'query' | 'gloss';
  readonly to: string;
  /** What is shown of it: a reference, a name, a root. */
  readonly title: string;
  readonly arabic?: string;
  /** A surah's English name. */
  readonly detail?: string;
  /** How many hits it has, or the words of a root. */
  readonly count?: number;
  /** Of a root: it was named, not only something like it. */
  readonly certain?: boolean;
}

const nothing = <Value>(value: Value) => () => value;
/** A word that occurs more often than this is rather searched for than the name of a surah. */
const rather_a_word = 20;
/** Of surahs whose names begin so, as many are offered: "al" begins most of them. */
const max_names = 6;

export const destinationsOf = (text: string): Promise<readonly Destination[]> => answerTo(`where ${language.value} ${text}`, () => find(text));

const parts: Readonly<Record<string, string>> = { جزء: 'juz', حزب: 'hizb', صفحة: 'page', ركوع: 'ruku', منزل: 'manzil' };
/** "juz 30" and "surah 2" as references are written. */
const asReference = (q: string): string =>
  q.replace(/^(?:surah|sura|سورة) +(?=\S)/i, '').replace(/^(?:ال)?(\p{L}+) *:? *(\d+)$/u, (whole, name: string, n: string) => {
    const part = parts[name] ?? Object.values(parts).find((one) => one === name.toLowerCase());
    return part ? `${part}:${n}` : whole;
  });

async function find(text: string): Promise<readonly Destination[]> {
  const q = text.trim();
  if (q === '') return [];
  if (isQuery(q)) {
    // What is not a query yet leads nowhere.
    const count = await query({ q, limit: 0, timeout_ms: 1000 }).then((answer) => answer.hits, nothing(null));
    return count === null ? [] : [{ kind: 'query', to: searchAddress(q), title: q, count }];
  }
  const latin = !hasArabic(q);
  const glossed = `[gloss=".*\\b${q.replace(/[^\p{L}\p{N} '-]/gu, '.')}\\b.*"]`;
  const [meant, roots, found, glosses] = await Promise.all([
    q.length <= 100 ? resolve({ q: asReference(q) }).then((answer) => answer.matches, nothing([])) : [],
    /\d/.test(q) || q.length > 12 ? [] : listRoots({ q, limit: 3 }).then((answer) => answer.roots, nothing([])),
    latin || q.length > 400 ? 0 : search({ q, limit: 0 }).then((answer) => (answer.read_as === 'text' ? answer.hits : 0), nothing(0)),
    latin && /^[a-z][a-z' -]{2,30}$/i.test(q) ? query({ q: glossed, limit: 0, timeout_ms: 1000 }).then((answer) => answer.hits, nothing(0)) : 0,
  ]);
  const references: Destination[] = [];
  const names: Destination[] = [];
  for (const one of meant) {
    if (!one.present) continue;
    const surah = one.kind === 'surah';
    const place: Destination = {
      kind: surah ? 'surah' : 'verse',
      to: `/${one.reference}`,
      title: !surah ? one.reference : language.value === 'ar' ? `(${one.reference})` : `${one.reference}. ${one.latin ?? ''}`,
      ...(one.name === null ? {} : { arabic: one.name }),
      ...(language.value === 'ar' ? {} : surah && one.english ? { detail: one.english } : one.latin ? { detail: one.latin } : {}),
    };
    if (!surah || /\d/.test(q)) references.push(place);
    else if (names.length < max_names) names.push(place);
  }
  const rooted = roots.map(
    (root): Destination => ({ kind: 'root', to: rootAddress(root.arabic ?? root.root), title: root.root, arabic: spaced(root.arabic ?? ''), count: root.words, certain: root.match === 'exact' || root.match === 'arabic' }),
  );
  const texts: Destination[] = found > 0 ? [{ kind: 'text', to: searchAddress(q), title: q, count: found }] : [];
  const glossary: Destination[] = glosses > 0 ? [{ kind: 'gloss', to: searchAddress(glossed), title: q, count: glosses }] : [];
  // Three or four bare letters are a root before they are a word.
  const certain = rooted.some((one) => one.certain);
  const list =
    found > rather_a_word && !certain
      ? [...references, ...texts, ...names, ...rooted]
      : certain
        ? [...references, ...rooted, ...names, ...texts]
        : [...references, ...names, ...(latin ? [] : texts), ...rooted];
  return [...list, ...glossary];
}

/** The address to open: what is likeliest, or a search that says that nothing was found. */
export const leadTo = async (text: string): Promise<string> => (await destinationsOf(text))[0]?.to ?? searchAddress(text.trim());
