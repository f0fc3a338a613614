// All that the reader wrote.
import { useEffect, useState } from 'preact/hooks';
import { kinds, listNotes, type Note } from '../api/notes';
import { useAnswer } from '../answers';
import { t } from '../i18n';
import { draftOf, revision } from '../notes';
import { When } from '../parts/basics';
import { Folded } from '../parts/folded';
import { Done, KindChoice, NoteForm, NoteView } from '../parts/note';
import { go, parameter, withParameters } from '../router';
import { useFocusBack } from '../parts/focus';
import { NotesFiles } from './notes_files';

const page_size = 50;
const set = (changes: Readonly<Record<string, string | undefined>>) => go(withParameters(changes), { replace: true });

export function Notes() {
  useEffect(() => {
    document.title = `${t('notes')} · Kalima`;
  }, []);
  const kind = kinds.find((one) => one === parameter('kind')) ?? null;
  const text = parameter('text') ?? '';
  const tag = parameter('tag') ?? '';
  const query = parameter('q') ?? undefined;
  const [writing, write] = useState(parameter('new') === 'yes');
  const opener = useFocusBack<HTMLButtonElement>(writing);
  const [done, setDone] = useState<{ change: number | null; says: string } | null>(null);
  const asked = { kinds: kind ? [kind] : kinds.filter((one) => one !== 'translation'), sort: '-modified', limit: page_size, ...(text === '' ? {} : { text }), ...(tag === '' ? {} : { tag }) };
  const answer = useAnswer(`all notes ${revision.value} ${JSON.stringify(asked)}`, () => listNotes(asked), true);
  const [more, setMore] = useState<{ of: string; notes: readonly Note[]; next: string | null } | null>(null);
  const key = `${revision.value} ${JSON.stringify(asked)}`;
  return (
    <div class="notes">
      <header class="row">
        <h1>{t('notes')}</h1>
        <NotesFiles asked={asked} />
        <button type="button" ref={opener} class="primary" data-key="KeyN" onClick={() => write(true)}>
          {t('new_note')}
        </button>
      </header>
      <Folded title={t('filter')}>
        <div class="options">
          <KindChoice kind={kind} any={t('all_kinds')} choose={(chosen) => set({ kind: chosen ?? '' })} />
          <label>
            {t('words_in_notes')} <input type="search" dir="auto" value={text} onChange={(event) => set({ text: event.currentTarget.value.trim() })} />
          </label>
          <label>
            {t('note_tags')} <input type="search" dir="auto" value={tag} onChange={(event) => set({ tag: event.currentTarget.value.trim() })} />
          </label>
        </div>
      </Folded>
      {writing ? (
        <NoteForm
          {...(query === undefined ? {} : { query })}
          {...(kind ? { kind } : {})}
          anchor={parameter('at') ?? ''}
          done={(written) => {
            write(false);
            if (written) setDone({ change: written.change, says: t('saved') });
          }}
        />
      ) : null}
      {done ? <Done key={done.change} {...done} /> : null}
      <When answer={answer}>
        {({ documents, total, next }) => {
          const further = more?.of === key ? more : null;
          const after = further ? further.next : next;
          return (
            <>
              <p class="muted">{total === 0 ? t('no_notes') : t('n_notes', { n: total })}</p>
              {[...documents, ...(further?.notes ?? [])].map((note) => (
                <NoteView key={`${note.kind} ${note.id}`} note={note} removed={(change) => setDone({ change, says: t('removed') })} />
              ))}
              {after === null ? null : (
                <button type="button" onClick={() => void listNotes({ ...asked, cursor: after }).then((page) => setMore({ of: key, notes: [...(further?.notes ?? []), ...page.documents], next: page.next }))}>
                  {t('more')}
                </button>
              )}
            </>
          );
        }}
      </When>
    </div>
  );
}

/** The notes of a verse, below its text. */
export function VerseNotes({ verse, notes, query }: { verse: string; notes: readonly Note[]; query?: string | undefined }) {
  const [writing, write] = useState(draftOf(`new ${verse}`) !== null);
  const opener = useFocusBack<HTMLButtonElement>(writing);
  const [done, setDone] = useState<{ change: number | null; says: string } | null>(null);
  return (
    <div class="verse-notes">
      {notes.map((note) => (
        <NoteView key={`${note.kind} ${note.id}`} note={note} removed={(change) => setDone({ change, says: t('removed') })} />
      ))}
      {writing ? (
        <NoteForm
          anchor={verse}
          query={query}
          done={(written) => {
            write(false);
            if (written) setDone({ change: written.change, says: t('saved') });
          }}
        />
      ) : (
        <button type="button" ref={opener} class="plain" data-key="KeyN" onClick={() => write(true)}>
          {t('new_note')}
        </button>
      )}
      {done ? <Done key={done.change} {...done} /> : null}
    </div>
  );
}
