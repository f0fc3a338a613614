// What people write: the routes of all kinds of documents, which are alike.
import { ask, parameters, pathPart } from './ask';

export const kinds = ['annotation', 'hypothesis', 'pronoun', 'connections', 'translation', 'tag', 'pattern', 'query', 'subcorpus', 'list'] as const;
export type Kind = (typeof kinds)[number];

export interface Note {
  readonly id: string;
  readonly kind: Kind;
  readonly anchor: { readonly from: string; readonly to: string; readonly spans: readonly { readonly from: string; readonly to: string }[] } | null;
  readonly words: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly version: string;
  readonly more: Readonly<Record<string, unknown>>;
  /** The fields of its kind. */
  readonly [field: string]: unknown;
}

export interface NoteList {
  readonly total: number;
  readonly documents: readonly Note[];
  readonly next: string | null;
}

export interface Written {
  /** The entry of the history, or null where nothing was changed. */
  readonly change: number | null;
  readonly document: Note;
}

export interface HistoryEntry {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly undoes: number | null;
  readonly undone_by: number | null;
  readonly changes: readonly { readonly before: unknown; readonly after: unknown }[];
}

const plurals: Readonly<Record<Kind, string>> = { annotation: 'annotations', hypothesis: 'hypotheses', pronoun: 'pronouns', connections: 'connections', translation: 'translations', tag: 'tags', pattern: 'patterns', query: 'queries', subcorpus: 'subcorpora', list: 'lists' };
const addressOf = (note: Note): string => `/api/v1/${plurals[note.kind]}/${pathPart(note.id)}`;

export type NotesAsked = { readonly kinds?: readonly string[]; readonly verses?: string; readonly text?: string; readonly tag?: string; readonly sort?: string; readonly limit?: number; readonly cursor?: string };
export const listNotes = (asked: NotesAsked): Promise<NoteList> => ask(`/api/v1/notes${parameters(asked)}`);
export const getNote = (note: Note): Promise<Note> => ask(addressOf(note));
export const createNote = (kind: Kind, body: unknown): Promise<Written> => ask(`/api/v1/${plurals[kind]}`, undefined, 'POST', body);
/** Refused with 412 if the document has another version by now. */
export const replaceNote = (note: Note, body: unknown): Promise<Written> => ask(addressOf(note), undefined, 'PUT', body, { 'If-Match': `"${note.version}"` });
export const removeNote = (note: Note): Promise<{ readonly change: number }> => ask(addressOf(note), undefined, 'DELETE', undefined, { 'If-Match': `"${note.version}"` });
export const historyOf = (note: Note): Promise<{ readonly history: readonly HistoryEntry[] }> => ask(`${addressOf(note)}/history`);
export const undoChange = (change: number): Promise<{ readonly id: number }> => ask(`/api/v1/history/${change}/undo`, undefined, 'POST', {});
