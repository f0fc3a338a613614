// Links that say which corpus they were made with, and what is said where it is another one.
import { useSignal } from '@preact/signals';
import { getCorpus, type Corpus } from '../api/client';
import { answerTo, useAnswer } from '../answers';
import { base } from '../base';
import { t } from '../i18n';
import { address, parameter, withParameters } from '../router';
import { Icon } from './basics';

/** So many digits of the corpus' hash are in a link. */
const digits = 8;
const corpus = (): Promise<Corpus> => answerTo('corpus', () => getCorpus());

export async function permalink(path: string): Promise<string> {
  const url = new URL(base + path, window.location.origin);
  url.searchParams.set('c', (await corpus()).hash.slice(0, digits));
  return url.href.replace(/%3A/g, ':').replace(/%2C/g, ',');
}

/** Copies the address of what is on screen. `path` says more than the address bar where something on screen is only a setting
 * of this browser. */
export function CopyLink({ path = () => address.value.pathname + address.value.search }: { path?: () => string }) {
  const done = useSignal(false);
  async function copy() {
    await navigator.clipboard.writeText(await permalink(path()));
    done.value = true;
    setTimeout(() => (done.value = false), 1500);
  }
  return (
    <button type="button" class="plain" data-key="KeyL" onClick={() => void copy()}>
      <Icon name={done.value ? 'done' : 'link'} /> {done.value ? t('copied') : t('copy_link')}
    </button>
  );
}

export function OtherCorpus() {
  const made_with = parameter('c');
  const answer = useAnswer(made_with === null ? null : 'corpus', () => getCorpus());
  if (made_with === null || answer.state !== 'here' || answer.value.hash.startsWith(made_with)) return null;
  return (
    <p class="notice" role="status">
      {t('other_corpus')} <a href={withParameters({ c: undefined })}>{t('show_anyway')}</a>
    </p>
  );
}
