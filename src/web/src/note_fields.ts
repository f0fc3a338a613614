// Which fields each kind of note has, and how a form shows them as text and takes them back.
import type { Kind } from './api/notes';
import type { Key } from './i18n';

/** How a value is written in a form. */
interface Form {
  /** Several lines of text. */
  readonly long?: boolean;
  /** In the query language. */
  readonly code?: boolean;
  readonly hint?: Key;
  /** null for what it cannot show, which stays as it is. */
  readonly shown: (value: unknown) => string | null;
  /** `before` is the value that was shown: what the form does not show of it is kept. */
  readonly written: (text: string, before: unknown) => unknown;
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const line: Form = { shown: asText, written: (text) => text };
const text: Form = { ...line, long: true };
const code: Form = { ...line, code: true };

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
const parts = (written: string, between: RegExp): readonly string[] =>
  written
    .split(between)
    .map((one) => one.trim())
    .filter((one) => one !== '');
const list: Form = { shown: (value) => (isTexts(value) ? value.join(', ') : null), written: (written) => parts(written, /[,،\n]/) };

type Entry = Readonly<Record<string, unknown>>;
const isEntries = (value: unknown): value is readonly Entry[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A list of objects, each of which is a line. */
const entries = (hint: Key, shown: (entry: Entry) => string, written: (line: string) => Entry): Form => ({
  long: true,
  hint,
  shown: (value) => (isEntries(value) ? value.map((entry) => shown(entry).trim()).join('\n') : null),
  written: (lines, before) => {
    const known = isEntries(before) ? before : [];
    return parts(lines, /\n/).map((one, index) => (known[index] && shown(known[index]).trim() === one ? known[index] : { ...known[index], ...written(one) }));
  },
});

const against = /^- */;
const referred = /^(\d+:\d+(?::\d+)?)?\s*(.*)$/s;
const counter = 'counter';
/** `2:255 what it says`, with a sign before what speaks against it. */
const evidence = entries(
  'evidence_hint',
  ({ type, verse, note }) => `${type === counter ? '- ' : ''}${said(verse)} ${said(note)}`,
  (one) => {
    const [, verse = '', note = ''] = referred.exec(one.replace(against, '')) ?? [];
    return { type: against.test(one) ? counter : 'supporting', ...(verse === '' ? {} : { verse }), note };
  },
);
/** `2:255 why` */
const verses = entries(
  'external_hint',
  ({ target, note }) => `${said(target)} ${said(note)}`,
  (one) => {
    const [, target = '', note = ''] = referred.exec(one) ?? [];
    return { ...(target === '' ? {} : { target }), note };
  },
);
const number = (value: string): string | number => (/^\d+$/.test(value) ? Number(value) : value);
/** `1-5 contrast: a remark` */
const words = entries(
  'internal_hint',
  ({ from, to, type, note }) => `${said(from)}-${said(to)} ${said(type)}${said(note) === '' ? '' : `: ${said(note)}`}`,
  (one) => {
    const [, from = '', to = '', type = '', note = ''] = /^([\w:.]*?)\s*-\s*([\w:.]*)\s*([^:]*)(?::\s*(.*))?$/s.exec(one) ?? ['', '', '', one];
    return { from: number(from), to: number(to), type: type.trim(), ...(note === '' ? {} : { note }) };
  },
);

/** For a tag: verses for and against. */
interface Sides {
  readonly supporting: readonly string[];
  readonly counter: readonly string[];
}
const isSides = (value: unknown): value is Sides => typeof value === 'object' && value !== null && isTexts((value as Partial<Sides>).supporting) && isTexts((value as Partial<Sides>).counter);
const sides: Form = {
  long: true,
  hint: 'sides_hint',
  shown: (value) => (isSides(value) ? [...value.supporting, ...value.counter.map((verse) => `- ${verse}`)].join('\n') : null),
  written: (lines, before) => {
    const all = parts(lines, /\n/);
    return { ...(isSides(before) ? before : {}), supporting: all.filter((one) => !against.test(one)), counter: all.filter((one) => against.test(one)).map((one) => one.replace(against, '')) };
  },
};

export interface NoteField {
  readonly name: string;
  readonly label: Key;
  readonly form: Form;
}
const field = (name: string, form: Form): NoteField => ({ name, form, label: `note_${name}` as Key });
const shared: readonly NoteField[] = [field('tags', list), field('author', line)];

/** What can be written in a form; other fields stay as they are. */
export const fields: Readonly<Record<Kind, readonly NoteField[]>> = {
  annotation: [field('note', text), field('type', line), field('status', line), field('refs', list), ...shared],
  hypothesis: [field('hypothesis', text), field('evidence', evidence), field('note', text), field('status', line), field('target_type', line), field('target_id', line), ...shared],
  pronoun: [field('referent', line), field('referent_type', line), field('pronoun_form', line), field('evidence', evidence), field('note', text), field('status', line), ...shared],
  connections: [field('external', verses), field('internal', words), field('note', text), ...shared],
  translation: [field('text', text), field('language', line), field('translator', line), field('source', line), field('note', text), ...shared],
  tag: [field('hypothesis', text), field('category', line), field('evidence', sides), field('note', text), field('status', line), field('author', line)],
  pattern: [field('name', line), field('description', text), field('type', line), field('note', text), ...shared],
  query: [field('query', code), field('note', text), ...shared],
  subcorpus: [field('query', code), field('note', text), ...shared],
  list: [field('items', list), field('attribute', line), field('note', text), ...shared],
};
/** Of these the user chooses the name, and they belong to no verse. */
const named: ReadonlySet<Kind> = new Set<Kind>(['tag', 'pattern', 'query', 'subcorpus', 'list']);
export const isNamed = (kind: Kind): boolean => named.has(kind);
/** These are queries themselves; to others one may be added. */
export const hasOwnQuery = (kind: Kind): boolean => kind === 'query' || kind === 'subcorpus';
/** How a query names a saved one. */
export const signOf = (kind: Kind): string => (hasOwnQuery(kind) ? '@' : kind === 'list' ? '$' : '');

/** A field as a form shows it; null for what a form cannot show. */
export const shownField = ({ form }: NoteField, value: unknown): string | null => (value === null || value === undefined ? '' : form.shown(value));

/** A field as it is written. */
export const writtenField = (one: NoteField, written: string, before: unknown): unknown => (written === shownField(one, before) ? before : one.form.written(written, before));
