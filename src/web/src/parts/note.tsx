// A note: shown, written, edited, removed, with its history. What was typed is never lost: not by a change elsewhere, not by a
// server that does not answer.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Failure } from '../api/ask';
import { createNote, getNote, historyOf, kinds, removeNote, replaceNote, undoChange, type Kind, type Note, type Written } from '../api/notes';
import { useAnswer } from '../answers';
import { t, time, type Key } from '../i18n';
import { labelled, useAttributeNames, useValueNames } from '../labels';
import { fields, hasOwnQuery, isNamed, shownField, signOf, writtenField } from '../note_fields';
import { changed, draftOf, headline, keepDraft, placeOf, revision, type Draft } from '../notes';
import { searchAddress } from '../text/cql';
import { Failed, When } from './basics';
import { useFocusBack } from './focus';

const asFailure = (error: unknown): Failure => (error instanceof Failure ? error : new Failure(0, { detail: String(error) }));

/** Says what was done, and takes it back. */
export function Done({ change, says }: { change: number | null; says: string }) {
  const [failure, fail] = useState<Failure | null>(null);
  const [undone, setUndone] = useState(false);
  async function undo() {
    try {
      await undoChange(change!);
      setUndone(true);
      changed();
    } catch (error) {
      fail(asFailure(error));
    }
  }
  return (
    <div class="note-done" role="status">
      <p>
        {undone ? t('undone') : says}{' '}
        {change === null || undone ? null : (
          <button type="button" class="plain" onClick={() => void undo()}>
            {t('undo')}
          </button>
        )}
      </p>
      {failure ? <Failed failure={failure} /> : null}
    </div>
  );
}

interface KindChoiceProps {
  readonly kind: Kind | null;
  /** What no kind in particular is called, where that may be chosen. */
  readonly any?: string;
  readonly choose: (kind: Kind | null) => void;
}

export const KindChoice = ({ kind, any, choose }: KindChoiceProps) => (
  <label>
    {t('kind')}{' '}
    <select value={kind ?? ''} onChange={(event) => choose(kinds.find((one) => one === event.currentTarget.value) ?? null)}>
      {any === undefined ? null : <option value="">{any}</option>}
      {kinds.map((one) => (
        <option key={one} value={one}>
          {t(`kind_of_note_${one}`)}
        </option>
      ))}
    </select>
  </label>
);

interface FormProps {
  /** The note that is edited; a new one is written without it. */
  readonly note?: Note | undefined;
  readonly anchor?: string;
  readonly kind?: Kind;
  readonly query?: string | undefined;
  readonly done: (written: Written | null) => void;
}

/** The document that a form makes of the note. */
function bodyOf(kind: Kind, draft: Draft, note: Note | undefined): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  if (note) for (const [name, value] of Object.entries(note)) if (!['kind', 'words', 'created', 'modified', 'version'].includes(name)) body[name] = value;
  for (const one of fields[kind]) {
    const text = draft[one.name];
    if (one.name === 'query' && hasOwnQuery(kind)) body.query = draft.query ?? note?.query;
    else if (text !== undefined && (note || text.trim() !== '')) body[one.name] = writtenField(one, text, note?.[one.name]);
  }
  if (draft.anchor !== undefined && !isNamed(kind)) body.anchor = draft.anchor.trim().replace(/\s*[,،]\s*/g, ',');
  if (draft.id !== undefined && !note && draft.id.trim() !== '') body.id = draft.id.trim();
  const query = hasOwnQuery(kind) ? '' : (draft.query?.trim() ?? '');
  const more = { ...(note?.more ?? {}) } as Record<string, unknown>;
  if (query === '') delete more.query;
  else more.query = query;
  if (Object.keys(more).length > 0 || note) body.more = more;
  return body;
}

const said = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Words that a field is given where nothing else was written, in the language of the page. */
const usual_values: Readonly<Record<string, Key>> = { hypothesis: 'usual_hypothesis', verified: 'usual_verified', rejected: 'usual_rejected', raw: 'usual_raw', todo: 'usual_todo', validated: 'usual_validated', unknown: 'usual_unknown', entity: 'usual_entity' };
const usual = (field: string, text: string): string => {
  const key = ['status', 'target_type', 'referent_type'].includes(field) ? usual_values[text] : undefined;
  return key ? t(key) : text;
};

interface FieldTextProps {
  readonly note: Note;
  readonly name: string;
  readonly text: string;
}

/** Of a saved list: its attribute and its values, as the page calls them. */
function ListText({ note, name, text }: FieldTextProps) {
  const attribute_name = useAttributeNames();
  const attribute = labelled(note.attribute);
  const label = useValueNames(attribute === null ? [] : [attribute]);
  if (name === 'attribute') return <>{attribute_name(text)}</>;
  return <>{name === 'items' ? (note.items as readonly string[]).map((item) => (attribute === null ? item : label(attribute, item))).join(t('comma')) : text}</>;
}

const FieldText = (props: FieldTextProps) => (props.note.kind === 'list' ? <ListText {...props} /> : <>{usual(props.name, props.text)}</>);

export function NoteForm({ note, anchor = '', kind: first = 'annotation', query = '', done }: FormProps) {
  const of = note ? `${note.kind} ${note.id}` : `new ${anchor}`;
  const [kind, setKind] = useState<Kind>(note?.kind ?? (draftOf(of)?.kind as Kind | undefined) ?? first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(of) ?? {});
  const [base, setBase] = useState(note);
  const [theirs, setTheirs] = useState<Note | null>(null);
  const [failure, fail] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);

  const type = (name: string, text: string) => {
    const next = { ...draft, kind, [name]: text };
    setDraft(next);
    keepDraft(of, next);
  };
  const shown = (name: 'query' | 'anchor'): string => draft[name] ?? (name === 'query' ? said(base?.query ?? base?.more.query ?? query) : name === 'anchor' ? (base ? placeOf(base) : anchor) : '');

  async function save(event: Event | null, over: Note | undefined = base) {
    event?.preventDefault();
    setBusy(true);
    fail(null);
    const written_query = { query: shown('query') ?? '' };
    const sent: Draft = over ? { ...draft, ...written_query } : { anchor: shown('anchor') ?? '', ...draft, ...written_query };
    try {
      const written = over ? await replaceNote(over, bodyOf(kind, sent, over)) : await createNote(kind, bodyOf(kind, sent, undefined));
      keepDraft(of, null);
      changed();
      done(written);
    } catch (error) {
      const failed = asFailure(error);
      if (failed.status === 412 && over) setTheirs(await getNote(over).catch(() => null));
      fail(failed);
    } finally {
      setBusy(false);
    }
  }
  const stale = failure?.status === 412;
  return (
    <form class="note-form" onSubmit={(event) => void save(event)}>
      {note ? null : (
        <KindChoice kind={kind} choose={(chosen) => chosen && setKind(chosen)} />
      )}
      {isNamed(kind) ? (
        note ? null : (
          <label>
            {t('name')} <input type="text" required value={draft.id ?? ''} onInput={(event) => type('id', event.currentTarget.value)} />
          </label>
        )
      ) : (
        <label>
          {t('note_anchor')} <input type="text" dir="ltr" required readOnly={note?.kind === 'connections'} value={shown('anchor') ?? ''} placeholder="2:255:1-2:255:3, 2:257" onInput={(event) => type('anchor', event.currentTarget.value)} />
        </label>
      )}
      {fields[kind].map((one, index) => {
        const text = one.name === 'query' ? shown('query') : (draft[one.name] ?? shownField(one, base?.[one.name]));
        if (text === null) return null;
        const common = { id: `${id}-${one.name}`, value: text, dir: one.form.code ? ('ltr' as const) : ('auto' as const), onInput: (event: { currentTarget: { value: string } }) => type(one.name, event.currentTarget.value), ...(index === 0 ? { ref: field } : {}) };
        return (
          <label key={`${kind} ${one.name}`} class={one.form.long || one.form.code ? 'wide' : undefined}>
            {t(one.label)} {one.form.hint ? <span class="muted">{t(one.form.hint)}</span> : null}
            {one.form.long ? <textarea rows={index > 0 ? 2 : 4} {...common} /> : <input type="text" class={one.form.code ? 'where' : undefined} required={one.form.code ?? false} {...common} />}
          </label>
        );
      })}
      {hasOwnQuery(kind) ? null : (
        <label class="wide">
          {t('note_query')} <input type="text" dir="ltr" class="where" value={shown('query')} onInput={(event) => type('query', event.currentTarget.value)} />
        </label>
      )}
      {stale ? (
        <div class="notice bad" role="alert">
          <p>{t('note_conflict')}</p>
          {theirs ? (
            <blockquote dir="auto">{headline(theirs)}</blockquote>
          ) : (
            <p>{t('note_gone')}</p>
          )}
          <div class="row">
            {theirs ? (
              <>
                <button type="button" onClick={() => void save(null, theirs)}>
                  {t('keep_mine')}
                </button>
                <button
                  type="button"
                  onClick={() => {
                    setBase(theirs);
                    setDraft({});
                    keepDraft(of, null);
                    setTheirs(null);
                    fail(null);
                  }}
                >
                  {t('take_theirs')}
                </button>
              </>
            ) : null}
          </div>
        </div>
      ) : failure ? (
        <>
          <Failed failure={failure} />
          {failure.status === 401 ? <p>{t('needs_token')}</p> : null}
          <p class="muted">{t('draft_kept')}</p>
        </>
      ) : null}
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {t('save')}
        </button>
        <button
          type="button"
          onClick={() => {
            keepDraft(of, null);
            done(null);
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function History({ note }: { note: Note }) {
  const answer = useAnswer(`history ${note.kind} ${note.id} ${revision.value}`, () => historyOf(note));
  const [failure, fail] = useState<Failure | null>(null);
  const undo = (change: number) =>
    undoChange(change).then(changed, (error: unknown) => fail(asFailure(error)));
  return (
    <When answer={answer}>
      {({ history }) => (
        <ol class="note-history">
          {history.map((entry) => (
            <li key={entry.id}>
              <span class="muted">{time(entry.at)}</span>{' '}
              <span>{t(entry.undoes !== null ? 'did_undo' : entry.changes.every((one) => one.before === null) ? 'did_write' : entry.changes.every((one) => one.after === null) ? 'did_remove' : 'did_change')}</span>{' '}
              {entry.undone_by !== null ? (
                <span class="muted">{t('was_undone')}</span>
              ) : (
                <button type="button" class="plain" onClick={() => void undo(entry.id)}>
                  {t('undo')}
                </button>
              )}
            </li>
          ))}
          {failure ? (
            <li>
              <Failed failure={failure} />
            </li>
          ) : null}
        </ol>
      )}
    </When>
  );
}

export function NoteView({ note, removed }: { note: Note; removed: (change: number) => void }) {
  const [editing, edit] = useState(draftOf(`${note.kind} ${note.id}`) !== null);
  const editor = useFocusBack<HTMLButtonElement>(editing);
  const [written, setWritten] = useState<Written | null>(null);
  const [showing, show] = useState(false);
  const [failure, fail] = useState<Failure | null>(null);
  async function remove() {
    fail(null);
    try {
      const { change } = await removeNote(note);
      removed(change);
      changed();
    } catch (error) {
      fail(asFailure(error));
    }
  }
  const query = note.query ?? note.more.query;
  const place = placeOf(note);
  const main = headline(note);
  const rest = fields[note.kind].filter(({ name }) => !['tags', 'author', 'query'].includes(name)).flatMap((one) => {
    const text = shownField(one, note[one.name]);
    return text === null || text === '' || text === main ? [] : [{ name: one.name, label: one.label, text }];
  });
  return (
    <article class="note" data-note={note.id}>
      <header>
        <span class="kind">{t(`kind_of_note_${note.kind}`)}</span>
        {place === '' ? (
          <bdi dir="ltr">{signOf(note.kind) + note.id}</bdi>
        ) : (
          <a class="ref" href={`/${note.anchor!.from}`}>
            <bdi>{place}</bdi>
          </a>
        )}
        {place.split(':').length > 2 && note.words ? <span class="quran small" lang="ar" dir="rtl">{note.words}</span> : null}
        <span class="muted">{note.modified ?? note.created ? time((note.modified ?? note.created)!) : ''}</span>
      </header>
      {editing ? (
        <NoteForm
          note={note}
          done={(result) => {
            setWritten(result);
            edit(false);
          }}
        />
      ) : (
        <>
          <p class="note-text">
            <span>{main}</span>
          </p>
          {rest.length === 0 ? null : (
            <dl class="grid">
              {rest.map(({ name, label, text }) => (
                <div key={name}>
                  <dt>{t(label)}</dt>
                  <dd class="note-text">
                    <span>
                      <FieldText note={note} name={name} text={text} />
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {typeof query === 'string' ? (
            <p>
              <a href={searchAddress(query)}>
                <code dir="ltr">{query}</code>
              </a>
            </p>
          ) : null}
          <p class="muted">
            {((note.tags ?? []) as readonly string[]).map((tag) => (
              <span key={tag}>
                <bdi>{`#${tag}`}</bdi>{' '}
              </span>
            ))}
            {typeof note.author === 'string' ? <bdi>{note.author}</bdi> : null}
          </p>
          <div class="row">
            <button type="button" ref={editor} class="plain" onClick={() => edit(true)}>
              {t('edit')}
            </button>
            <button type="button" class="plain" onClick={() => void remove()}>
              {t('remove')}
            </button>
            <button type="button" class="plain" aria-expanded={showing} onClick={() => show(!showing)}>
              {t('history')}
            </button>
          </div>
          {failure ? failure.status === 412 ? <p class="notice bad" role="alert">{t('note_changed_elsewhere')}</p> : <Failed failure={failure} /> : null}
          {written ? <Done change={written.change} says={t('saved')} /> : null}
          {showing ? <History note={note} /> : null}
        </>
      )}
    </article>
  );
}
