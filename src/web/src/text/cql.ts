// The query language as far as its colours need it. The server alone decides what a query means.

export type Kind = 'bracket' | 'string' | 'name' | 'operator' | 'number' | 'label' | 'word' | 'space' | 'edge' | 'tag';
export interface Token {
  readonly text: string;
  readonly kind: Kind;
}

const rules: readonly (readonly [Kind, RegExp])[] = [
  ['space', /\s+/y],
  ['string', /[lb]?"(?:[^"\\]|\\.)*"?(?:%[cdl]+)?|'(?:[^'\\]|\\.)*'?(?:%[cdl]+)?/y],
  ['edge', /\^?-(?:[\w|.*]|"[^"]*")*->>?|<<?-(?:[\w|.*]|"[^"]*")*-/y],
  ['tag', /<\/?[A-Za-z_]+/y],
  ['label', /[A-Za-z_]\w*(?=:(?!:))/y],
  ['name', /[A-Za-z_][\w.]*(?=\s*(?:!?={1,2}|[<>]=?|not\b|contains\b|matches\b))/y],
  ['operator', /\b(?:within|containing|overlap|contains|matches|not|meet|union|MU)\b|::|!==?|==?|<=|>=|->|[|&!?*+<>@]/y],
  ['number', /\d+/y],
  ['bracket', /[[\](){};,]/y],
  ['word', /[^\s[\](){}"'|&!?*+<>=@:;,-]+|./suy],
];

export function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < query.length; ) {
    for (const [kind, rule] of rules) {
      rule.lastIndex = at;
      const text = rule.exec(query)?.[0];
      if (text) {
        found.push({ text, kind });
        at += text.length;
        break;
      }
    }
  }
  return found;
}

/** What was typed is a query, not words of the text. */
export const isQuery = (text: string): boolean => /[[\]{}"<>=|&]|^\s*\(\?|^\s*@\w|^\s*[a-z_]+\(|->|\bwithin\b/.test(text);

/** As a value in a query, with nothing that is special there. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;
export const literally = (value: string): string => `l${quoted(value)}`;
export const searchAddress = (query: string): string => `/search?q=${encodeURIComponent(query).replace(/%20/g, '+')}`;
/** The name of a relation in an edge; some have more than letters. */
export const edgeName = (relation: string): string => (/^\w+$/.test(relation) ? relation : quoted(relation));
/** Words as a query of written words in any spelling. */
export const asWords = (text: string): string => text.trim().split(/\s+/).map(quoted).join(' ');
/** A verse or a word in the reader, with the hits of a query marked. */
export const readerAddress = (place: string, query: string): string => searchAddress(query).replace('/search', `/${place}`);
/** The tree of one of a verse's sentences, counted from 0. */
export const sentenceAddress = (verse: string, index: number): string => `/tree/${verse}${index === 0 ? '' : `?sentence=${index + 1}`}`;
/** Hits may begin and end within words. */
export const ofSegments = (query: string): boolean => tokens(query).some(({ kind, text }, index, all) => kind === 'bracket' && text === '{' && !/^\d/.test(all[index + 1]?.text ?? ''));

/** Where a clause is in a query: where it begins and ends, in UTF-16 units. The server writes it with blanks of its own, and a
 * condition of a word as a word by itself. */
export function clauseIn(query: string, clause: string): { readonly from: number; readonly to: number } | null {
  const bare = clause.replace(/\s+/g, '');
  for (const wanted of [bare, bare.replace(/^[[{]([^]*)[\]}]$/, '$1')]) {
    const places = [...query.matchAll(/\S/g)];
    const found = places.map(([sign]) => sign).join('').indexOf(wanted);
    if (found >= 0 && wanted !== '') return { from: places[found]!.index, to: places[found + wanted.length - 1]!.index + 1 };
  }
  return null;
}
