// Files that are dropped here become the corpus: looked at first, then imported.
import { useEffect, useId, useState } from 'preact/hooks';
import { listImports, type ImportJob, type ImportProblem, type ImportResult } from '../api/imports';
import { useAnswer } from '../answers';
import { cancel, checkFiles, findRunning, importFiles, importing, isBusy, startAgain } from '../importing';
import { number, t, type Key } from '../i18n';
import { Failed, Said, When } from '../parts/basics';
import { go } from '../router';

export function Import() {
  useEffect(() => {
    document.title = `${t('import')} · Kalima`;
    void findRunning().catch(() => undefined);
  }, []);
  return (
    <div class="narrow import">
      <h1>{t('import')}</h1>
      <p>{t('import_says')}</p>
      <Steps />
      <DropZone />
      <Going />
    </div>
  );
}

/** How to get the whole Quran; the last step is the zone below. */
export const Steps = () => (
  <ol class="steps-list">
    <li>
      {t('step_text')} <a href="https://tanzil.net/download/">tanzil.net</a>
    </li>
    <li>
      {t('step_morphology')} <a href="https://corpus.quran.com/download/">corpus.quran.com</a>
    </li>
    <li>{t('step_drop')}</li>
  </ol>
);

/** Takes files, wherever on the page they are dropped. */
export function DropZone() {
  const answer = useAnswer('imports', () => listImports());
  if (isBusy(importing.value)) return null;
  return <When answer={answer}>{({ allowed, why_not, max_bytes }) => (allowed ? <Zone max_bytes={max_bytes} /> : <NotAllowed why={why_not} />)}</When>;
}

function NotAllowed({ why }: { why: string | null }) {
  const [detail = '', cure] = (why ?? '').split('; ');
  return (
    <div class="notice">
      <p>{t('import_not_allowed')}</p>
      {detail === '' ? null : <Said detail={detail} cure={cure} />}
    </div>
  );
}

function Zone({ max_bytes }: { max_bytes: number }) {
  const [over, setOver] = useState(false);
  const [large, setLarge] = useState(false);
  const id = useId();
  function take(list: FileList | null | undefined) {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    const too_large = files.reduce((sum, { size }) => sum + size, 0) > max_bytes;
    setLarge(too_large);
    if (too_large) return;
    checkFiles(files);
    go('/import');
  }
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const left = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', left);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <div class={over ? 'drop over' : 'drop'}>
      <p id={id}>{t('drop_here')}</p>
      <label class="choose">
        <input
          type="file"
          class="hidden-text"
          multiple
          aria-describedby={id}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {t('choose_files')}
      </label>
      <p class="muted">{t('drop_what')}</p>
      {large ? (
        <p class="notice bad" role="alert">
          {t('too_large', { n: number(Math.floor(max_bytes / 1_000_000)) })}
        </p>
      ) : null}
    </div>
  );
}

const running: ReadonlySet<string> = new Set(['checking', 'importing', 'switching']);

/** What becomes of the files. */
function Going() {
  const { sent, job, failure } = importing.value;
  return (
    <section aria-label={t('import')}>
      {sent !== null ? <Progress says={t('import_sending')} share={sent} mayEnd /> : null}
      {failure ? <Failed failure={failure} /> : null}
      {job ? <Job job={job} /> : null}
    </section>
  );
}

function Progress({ says, share, mayEnd }: { says: string; share: number; mayEnd: boolean }) {
  const id = useId();
  return (
    <div class="import-progress">
      <p id={id} role="status">
        {says}
      </p>
      <progress aria-labelledby={id} max={1} value={share} />
      {mayEnd ? (
        <button type="button" onClick={cancel}>
          {t('cancel')}
        </button>
      ) : null}
    </div>
  );
}

function Job({ job }: { job: ImportJob }) {
  const { state, check, result, error } = job;
  return (
    <>
      <Files job={job} />
      {running.has(state) ? <Progress says={t(`import_${state}` as Key)} share={job.progress} mayEnd={state !== 'switching'} /> : null}
      {state === 'cancelled' ? <p role="status">{t('import_cancelled')}</p> : null}
      {state === 'failed' && error ? <Wrong error={error} /> : null}
      {state === 'done' && result ? (
        <>
          <h2>{t(check ? 'import_would' : 'import_done')}</h2>
          <Result result={result} check={check} />
          {check ? (
            <div class="row">
              <button type="button" class="primary" onClick={() => void importFiles()}>
                {t('import_now')}
              </button>
              <button type="button" onClick={startAgain}>
                {t('cancel')}
              </button>
            </div>
          ) : (
            <p role="status">
              <a class="button primary" href="/">
                {t('import_read')}
              </a>
            </p>
          )}
        </>
      ) : null}
      {job.messages.length > 0 ? (
        <details>
          <summary>{t('import_messages')}</summary>
          <ul dir="ltr" lang="en">
            {job.messages.map((message, index) => (
              <li key={index}>{message}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

const kinds: ReadonlySet<string> = new Set(['text', 'morphology', 'treebank', 'masaq', 'translation', 'conllu']);

const sizeOf = (bytes: number): string => (bytes < 100_000 ? t('kilobytes', { size: Math.ceil(bytes / 1000) }) : t('megabytes', { size: (bytes / 1_000_000).toFixed(1) }));

const Files = ({ job }: { job: ImportJob }) => (
  <ul class="import-files">
    {job.files.map(({ name, kind, bytes }) => (
      <li key={name}>
        <bdi dir="ltr">{name}</bdi> <span class="muted">{kinds.has(kind) ? t(`file_${kind}` as Key) : kind}</span> <span class="muted">{sizeOf(bytes)}</span>
      </li>
    ))}
  </ul>
);

/** What is wrong, and where. */
const Wrong = ({ error }: { error: ImportProblem }) => (
  <div class="notice bad" role="alert">
    <p>{t('import_failed')}</p>
    {error.file ? (
      <p>
        {t('import_where')}{' '}
        <code dir="ltr">{[error.file, error.line, error.column].filter((part) => part !== undefined).join(':')}</code>
      </p>
    ) : null}
    {error.detail ? <Said detail={error.detail} cure={error.cure} /> : null}
  </div>
);

function Result({ result, check }: { result: ImportResult; check: boolean }) {
  const counts: readonly (readonly [Key, number])[] = [
    ['surahs', result.surahs],
    ['n_verses', result.verses],
    ['n_words', result.words],
    ['n_segments', result.segments],
    ['n_translations', result.translations],
    ['n_treebank', result.treebank_verses],
    ['n_masaq', result.masaq_verses],
  ];
  const { kept } = result;
  return (
    <>
      <dl class="counts">
        {counts.map(([key, n]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{number(n)}</dd>
          </div>
        ))}
      </dl>
      {check && result.replaces ? <p>{t('import_replaces')}</p> : null}
      {!check && result.backup ? (
        <p>
          {t('import_backup')} <code dir="ltr">{result.backup}</code>
        </p>
      ) : null}
      {kept && kept.documents > 0 ? <Kept kept={kept} /> : null}
    </>
  );
}

function Kept({ kept }: { kept: NonNullable<ImportResult['kept']> }) {
  return (
    <>
      <p>
        {t('import_kept', { n: kept.documents })}
        {kept.marked > 0 ? ` ${t('import_marked', { n: kept.marked })}` : ''}
        {kept.left_out > 0 ? ` ${t('import_left_out', { n: kept.left_out })}` : ''}
        {kept.left_out_file ? (
          <>
            {' '}
            <code dir="ltr">{kept.left_out_file}</code>
          </>
        ) : null}
      </p>
      {kept.list.length > 0 ? (
        <details>
          <summary>{t('import_which')}</summary>
          <ul dir="ltr" lang="en">
            {kept.list.map(({ kind, id, reason }) => (
              <li key={`${kind} ${id}`}>
                {kind} <bdi>{id}</bdi>: {reason}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

/** Says on every other screen that an import is going on. */
export function ImportRunning() {
  const now = importing.value;
  if (!isBusy(now)) return null;
  return (
    <p class="notice" role="status">
      {t(now.sent !== null ? 'import_sending' : (`import_${now.job!.state}` as Key))} <a href="/import">{t('more')}</a>
    </p>
  );
}
