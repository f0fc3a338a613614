// The import that is going on. It outlives the screen that shows it.
import { signal } from '@preact/signals';
import { Failure } from './api/ask';
import { cancelImport, follow, getImport, importChecked, isOver, listImports, sendFiles, type ImportJob } from './api/imports';
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
/** While the server has not answered yet which import it begins: whether that one is to be cancelled. */
let beginning: { cancelled: boolean } | null = null;

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

const cure_of_gone = 'send the files again';
/** As the server says it. */
const gone = () => new Failure(409, { code: 'conflict', detail: 'what this import has checked is not kept any longer', cure: cure_of_gone });
const isGone = ({ status, problem }: Failure): boolean => status === 404 || (status === 409 && problem.cure === cure_of_gone);

/** Whether the server still knows this check. Its ids begin anew when it starts: another import may have this one now. */
async function isKnown({ id, files }: ImportJob): Promise<boolean> {
  const known = await getImport(id);
  const told = (list: ImportJob['files']) => JSON.stringify(list.map(({ name, kind, bytes }) => [name, kind, bytes]));
  return known.check && told(known.files) === told(files);
}

/** Imports what was checked. The server has read it already; where it was kept no longer, the files are sent again. */
export async function importFiles(): Promise<void> {
  const { files, job } = importing.value;
  if (isBusy(importing.value)) return;
  if (job === null) return send(files, false);
  leave();
  // Busy from the click on.
  importing.value = { ...nothing, files, job: { ...job, state: 'importing', check: false, progress: 0, result: null } };
  const mine = (beginning = { cancelled: false });
  try {
    if (!(await isKnown(job))) throw gone();
    // Cancelled before anything was begun: what was checked can still be imported.
    if (mine.cancelled) return void (importing.value = { ...nothing, files, job });
    const begun = await importChecked(job.id);
    beginning = null;
    importing.value = { ...nothing, files };
    watch(begun);
    if (mine.cancelled) cancel();
  } catch (error) {
    importing.value = { ...nothing, files, job };
    if (mine.cancelled) return;
    if (!(error instanceof Failure)) throw error;
    if (isGone(error) && files.length > 0) return send(files, false);
    change({ failure: isGone(error) ? gone() : error });
  } finally {
    beginning = null;
  }
}

const giveUp = async (job: ImportJob) => void ((await isKnown(job)) && (await cancelImport(job.id)));

/** Forgets the import that is over. What a check has read is not wanted any more: the server need not keep it. */
export function startAgain(): void {
  const { job } = importing.value;
  if (isBusy(importing.value)) return;
  leave();
  importing.value = nothing;
  if (job?.check && job.state === 'done') void giveUp(job).catch(() => undefined);
}

export function cancel(): void {
  const { sent, job } = importing.value;
  if (sent !== null) abort.abort();
  else if (beginning) beginning.cancelled = true;
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
