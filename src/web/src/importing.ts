// The import that is going on. It outlives the screen that shows it.
import { signal } from '@preact/signals';
import { Failure } from './api/ask';
import { cancelImport, follow, importChecked, isOver, listImports, sendFiles, type ImportJob } from './api/imports';
import { forget } from './answers';

export interface Importing {
  readonly files: readonly File[];
  /** Which share of the files is at the server; null while none is sent. */
  readonly sent: number | null;
  readonly job: ImportJob | null;
  readonly failure: Failure | null;
}
const nothing: Importing = { files: [], sent: null, job: null, failure: null };
export const importing = signal<Importing>(nothing);
export const isBusy = ({ sent, job }: Importing): boolean => sent !== null || (job !== null && !isOver(job));
/** Counts the corpora that were here: what is on screen is asked for again when another one comes. */
export const corpora = signal(0);

let abort = new AbortController();
let leave = () => undefined as void;

const change = (changes: Partial<Importing>) => void (importing.value = { ...importing.value, ...changes });

function take(job: ImportJob) {
  const known = importing.value.job;
  // An answer on its way when the import ended knows less.
  if (known?.id === job.id && isOver(known)) return;
  change({ job });
  if (job.state !== 'done' || job.check) return;
  forget();
  corpora.value++;
}

function watch(job: ImportJob) {
  change({ sent: null });
  take(job);
  if (!isOver(job)) leave = follow(job.id, take);
}

async function send(files: readonly File[], check: boolean) {
  if (isBusy(importing.value)) return;
  leave();
  abort = new AbortController();
  importing.value = { ...nothing, files, sent: 0 };
  try {
    watch(await sendFiles(files, check, (sent) => change({ sent }), abort.signal));
  } catch (error) {
    change({ sent: null, failure: error instanceof Failure ? error : null });
  }
}

/** Asks the server what the files are, and what importing them would do. */
export const checkFiles = (files: readonly File[]): void => void (files.length > 0 && send(files, true));
/** Imports what was checked. The server has read it already; where it was kept no longer, the files are sent again. */
export async function importFiles(): Promise<void> {
  const { files, job } = importing.value;
  if (isBusy(importing.value)) return;
  if (job === null) return send(files, false);
  leave();
  // Busy from the click on.
  importing.value = { ...nothing, files, job: { ...job, state: 'importing', check: false, progress: 0, result: null } };
  try {
    const begun = await importChecked(job.id);
    importing.value = { ...nothing, files };
    watch(begun);
  } catch (error) {
    importing.value = { ...nothing, files, job };
    if (error instanceof Failure && (error.status === 404 || error.status === 409)) return send(files, false);
    change({ failure: error instanceof Failure ? error : null });
  }
}
export const startAgain = (): void => void (isBusy(importing.value) || (leave(), (importing.value = nothing)));

export function cancel(): void {
  const { sent, job } = importing.value;
  if (sent !== null) abort.abort();
  else if (job) cancelImport(job.id).then(take, (error: unknown) => change({ failure: error instanceof Failure ? error : null }));
}

/** An import that another page began, or this one before it was loaded again. */
export async function findRunning(): Promise<void> {
  if (importing.value !== nothing) return;
  const { imports } = await listImports();
  const job = imports.find((one) => !isOver(one));
  if (!job || importing.value !== nothing) return;
  take(job);
  leave = follow(job.id, take);
}
