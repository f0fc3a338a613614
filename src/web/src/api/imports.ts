// Files for the corpus: sent, checked, imported.
import { base } from '../base';
import { ask, Failure, pathPart } from './ask';
import type { Problem } from './client';

export interface ImportFile {
  readonly name: string;
  readonly kind: string;
  readonly bytes: number;
}
/** What the corpus holds afterwards. */
export interface ImportResult {
  readonly replaces: boolean;
  readonly surahs: number;
  readonly verses: number;
  readonly words: number;
  readonly segments: number;
  readonly translations: number;
  readonly treebank_verses: number;
  readonly masaq_verses: number;
  /** The file in which the old database is. */
  readonly backup: string | null;
  /** What became of people's notes. */
  readonly kept: {
    readonly documents: number;
    /** Kept, though the words of their place are others now. */
    readonly marked: number;
    readonly left_out: number;
    readonly left_out_file: string | null;
    readonly list: readonly { readonly kind: string; readonly id: string; readonly reason: string }[];
  } | null;
}
export interface ImportProblem extends Partial<Problem> {
  readonly file?: string;
}
export interface ImportJob {
  readonly id: string;
  readonly state: 'checking' | 'importing' | 'switching' | 'done' | 'failed' | 'cancelled';
  readonly check: boolean;
  readonly files: readonly ImportFile[];
  readonly progress: number;
  readonly step: string;
  readonly messages: readonly string[];
  readonly error: ImportProblem | null;
  readonly result: ImportResult | null;
}
export interface Imports {
  readonly imports: readonly ImportJob[];
  readonly max_bytes: number;
  readonly allowed: boolean;
  readonly why_not: string | null;
}

const path = '/api/v1/imports';
export const listImports = (): Promise<Imports> => ask(path);
export const getImport = (id: string): Promise<ImportJob> => ask(`${path}/${pathPart(id)}`);
export const cancelImport = (id: string): Promise<ImportJob> => ask(`${path}/${pathPart(id)}`, undefined, 'DELETE');
export const isOver = ({ state }: ImportJob): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

/** Imports what a check has read. 409 if the server has it no longer. */
export const importChecked = (id: string): Promise<ImportJob> => ask(`${path}/${pathPart(id)}`, undefined, 'POST', {});

/** Sends the files; a check's are kept for importChecked(). `sent` hears which share of them is there. What fetch does not tell, XMLHttpRequest does. */
export function sendFiles(files: readonly File[], check: boolean, sent: (share: number) => void, signal: AbortSignal): Promise<ImportJob> {
  const form = new FormData();
  if (check) form.append('check', 'keep');
  for (const file of files) form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', base + path);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    request.onload = () => {
      let answer: unknown = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // The status says enough.
      }
      if (request.status < 300) resolve(answer as ImportJob);
      else reject(new Failure(request.status, answer as Partial<Problem>));
    };
    request.onerror = () => reject(new Failure(0, {}));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

const pause_ms = 1000;
/** Says how the import goes on until it is over. Where events do not come through, it asks. */
export function follow(id: string, seen: (job: ImportJob) => void): () => void {
  let over = false;
  const take = (job: ImportJob) => {
    if (over) return;
    over = isOver(job);
    if (over) events.close();
    seen(job);
  };
  const poll = () => {
    if (over) return;
    getImport(id).then(take, () => undefined);
    setTimeout(poll, pause_ms);
  };
  const events = new EventSource(`${base}${path}/${pathPart(id)}/events`);
  events.addEventListener('import', (event) => take(JSON.parse((event as MessageEvent<string>).data) as ImportJob));
  events.onerror = () => events.readyState === EventSource.CLOSED && poll();
  return () => {
    over = true;
    events.close();
  };
}
