// The reader's own notes, and drafts of them that are kept until they are saved.
import { signal } from '@preact/signals';
import { listNotes, type Note } from './api/notes';
import { useAnswer } from './answers';

/** Counts what was written here, so that lists are asked for again. */
export const revision = signal(0);
export const changed = () => void revision.value++;

/** What of a note is read first. */
export function headline(note: Note): string {
  for (const name of ['hypothesis', 'text', 'referent', 'description', 'note', 'name']) {
    const text = note[name];
    if (typeof text === 'string' && text !== '') return text;
  }
  return '';
}

const spanOf = ({ from, to }: { readonly from: string; readonly to: string }): string => (from === to ? from : `${from}-${to}`);
/** Where in the text it belongs, as it can be written: several spans have commas between them. */
export const placeOf = ({ anchor }: Note): string => (anchor === null ? '' : anchor.spans.map(spanOf).join(', '));

/** The notes of a surah, but its translations, which are a layer of their own, by verse. */
export function useSurahNotes(surah: number | null): ReadonlyMap<string, readonly Note[]> | null {
  const answer = useAnswer(surah === null ? null : `notes ${surah} ${revision.value}`, () => listNotes({ verses: String(surah), kinds: ['annotation', 'hypothesis', 'pronoun', 'connections'], limit: 1000 }), true);
  if (answer.state !== 'here') return null;
  const by_verse = new Map<string, Note[]>();
  for (const note of answer.value.documents) {
    const verse = note.anchor?.from.split(':').slice(0, 2).join(':') ?? '';
    by_verse.set(verse, [...(by_verse.get(verse) ?? []), note]);
  }
  return by_verse;
}

/** Whether the corpus has translations; false until it is known. */
export function useHasTranslations(): boolean {
  const answer = useAnswer(`has translations ${revision.value}`, () => listNotes({ kinds: ['translation'], limit: 1 }), true);
  return answer.state === 'here' && answer.value.total > 0;
}

// A draft outlives the page: a closed tab or a failed server loses nothing.
const key = (of: string): string => `kalima.draft.${of}`;
export type Draft = Readonly<Record<string, string>>;

export function draftOf(of: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(window.localStorage.getItem(key(of)) ?? 'null');
    return typeof draft === 'object' && draft !== null && Object.values(draft).every((one) => typeof one === 'string') ? (draft as Draft) : null;
  } catch {
    return null;
  }
}
export function keepDraft(of: string, draft: Draft | null): void {
  try {
    if (draft === null) window.localStorage.removeItem(key(of));
    else window.localStorage.setItem(key(of), JSON.stringify(draft));
  } catch {
    // Without storage the form alone keeps it.
  }
}
