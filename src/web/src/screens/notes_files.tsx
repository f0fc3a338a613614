// Notes as files: all of those that the filters of the screen leave.
import { useState } from 'preact/hooks';
import { Failure } from '../api/ask';
import { listNotes, type Note, type NotesAsked } from '../api/notes';
import { t } from '../i18n';
import { headline, placeOf } from '../notes';
import { Failed } from '../parts/basics';
import { Menu } from '../parts/menu';
import { save } from '../save';

async function allNotes(asked: NotesAsked): Promise<readonly Note[]> {
  const notes: Note[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listNotes({ ...asked, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    notes.push(...page.documents);
    cursor = page.next;
  }
  return notes;
}

const texts = (value: unknown): string => (Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : typeof value === 'string' ? value : '');

const columns: Readonly<Record<string, (note: Note) => string>> = {
  kind: (note) => note.kind,
  id: (note) => note.id,
  place: placeOf,
  words: (note) => note.words ?? '',
  says: headline,
  note: (note) => (texts(note.note) === headline(note) ? '' : texts(note.note)),
  query: (note) => texts(note.query ?? note.more.query),
  items: (note) => texts(note.items),
  tags: (note) => texts(note.tags),
  status: (note) => texts(note.status),
  author: (note) => texts(note.author),
  modified: (note) => note.modified ?? note.created ?? '',
};

/** A line each; what a note says in several lines is put into one. */
export const asTable = (notes: readonly Note[]): string =>
  [Object.keys(columns), ...notes.map((note) => Object.values(columns).map((column) => column(note)))].map((row) => `${row.map((cell) => cell.replace(/\s+/g, ' ').trim()).join('\t')}\n`).join('');

export const asLines = (notes: readonly Note[]): string => notes.map((note) => `${JSON.stringify(note)}\n`).join('');

export function NotesFiles({ asked }: { asked: NotesAsked }) {
  const [failure, fail] = useState<Failure | null>(null);
  async function write(name: string, type: string, text: (notes: readonly Note[]) => string) {
    try {
      save(name, new Blob([text(await allNotes(asked))], { type }));
      fail(null);
    } catch (error) {
      fail(error instanceof Failure ? error : new Failure(0, { detail: String(error) }));
    }
  }
  const files = [
    ['format_tsv', () => write('notes.tsv', 'text/tab-separated-values', asTable)],
    ['format_jsonl', () => write('notes.jsonl', 'application/x-ndjson', asLines)],
  ] as const;
  return (
    <>
      <Menu title={t('export')} pressedBy="KeyE">
        {(close) =>
          files.map(([name, make]) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => {
                  close();
                  void make();
                }}
              >
                {t(name)}
              </button>
            </li>
          ))
        }
      </Menu>
      {failure ? <Failed failure={failure} /> : null}
    </>
  );
}
