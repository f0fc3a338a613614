import type { ComponentChildren } from 'preact';
import type { Failure } from '../api/ask';
import { t, type Key } from '../i18n';
import { saidInArabic } from '../i18n/server';
import { language } from '../settings';
import type { Answer } from '../answers';

/** Text of the corpus. */
export function Arabic({ text, big = false }: { text: string; big?: boolean }) {
  return (
    <span class={big ? 'quran big' : 'quran'} lang="ar" dir="rtl">
      {text}
    </span>
  );
}

/** A reference or a name from another script, which keeps its own direction. */
export function Ref({ text }: { text: string }) {
  return <bdi class="ref">{text}</bdi>;
}

export function Waiting() {
  return (
    <p class="waiting" role="status">
      {t('waiting')}
    </p>
  );
}

/** What the server says, in the language of the page where that is known; else its English, named as such. */
export function Said({ detail, cure, muted = false }: { detail: string; cure?: string | undefined; muted?: boolean }) {
  const arabic = language.value === 'ar' ? saidInArabic(detail, cure) : null;
  const look = muted ? 'muted' : undefined;
  if (arabic !== null) return <p class={look}>{arabic}</p>;
  return (
    <>
      {language.value === 'ar' ? <p class={look}>{t('server_says')}</p> : null}
      <p class={look} dir="ltr" lang="en">
        {detail}
        {cure ? `; ${cure}` : ''}
      </p>
    </>
  );
}

/** What went wrong, and what to do about it as far as that is the same for all that goes wrong so. */
const problems: Readonly<Record<string, Key>> = {
  bad_input: 'problem_bad_input',
  unauthorized: 'needs_token',
  forbidden: 'problem_forbidden',
  conflict: 'problem_conflict',
  stale: 'problem_stale',
  too_large: 'problem_too_large',
  unavailable: 'problem_unavailable',
  damaged: 'problem_damaged',
  io: 'problem_io',
  internal: 'problem_internal',
};

export function Failed({ failure }: { failure: Failure }) {
  const { detail, cure } = failure.problem;
  if (failure.status === 404) {
    return (
      <div class="notice" role="alert">
        {detail ? <Said detail={detail} cure={cure} /> : <p>{t('not_here')}</p>}
        <p>
          <a href="/">{t('what_is_here')}</a>
        </p>
      </div>
    );
  }
  return (
    <div class="notice bad" role="alert">
      <p>{failure.status === 0 && !detail ? t('no_server') : t(problems[failure.problem.code ?? ''] ?? 'failed')}</p>
      {detail ? <Said detail={detail} cure={cure} /> : null}
    </div>
  );
}

/** What an answer gives, once it is here. */
export function When<Value>({ answer, children }: { answer: Answer<Value>; children: (value: Value) => ComponentChildren }) {
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return <Failed failure={answer.failure} />;
  return <>{children(answer.value)}</>;
}

export function Icon({ name }: { name: 'search' | 'close' | 'tree' | 'copy' | 'link' | 'next' | 'previous' | 'word' | 'done' }) {
  const paths: Record<typeof name, string> = {
    search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20',
    close: 'M6 6l12 12M18 6 6 18',
    tree: 'M12 4v6M12 10 6 15v4M12 10l6 5v4',
    copy: 'M9 9h10v11H9zM5 15V4h10',
    link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
    next: 'M9 5l7 7-7 7',
    previous: 'M15 5l-7 7 7 7',
    word: 'M5 6h14M5 12h14M5 18h8',
    done: 'M5 13l4 4L19 7',
  };
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
