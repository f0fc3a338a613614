// A root or a lemma: how often, in which forms, where.
import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect } from 'preact/hooks';
import { getLemma, getRoot, query, type Used } from '../api/client';
import { useAnswer } from '../answers';
import { number, t } from '../i18n';
import { useValueNames } from '../labels';
import { When } from '../parts/basics';
import { lineOf, Lines } from '../parts/lines';
import { CopyLink } from '../parts/permalink';
import { lemmaAddress, rootAddress, spaced } from '../text/arabic';
import { literally, quoted, searchAddress } from '../text/cql';
import { colourOf } from '../text/tags';

/** As many bars are shown at first. */
const first_bars = 12;

interface Entry {
  readonly arabic: string;
  readonly buckwalter: string | null;
  readonly words: number;
  readonly verses: number;
  readonly lemmas: readonly Used[];
  readonly roots: readonly Used[];
  readonly pos: readonly Used[];
  readonly forms: readonly Used[];
}

const entryOf = (kind: 'root' | 'lemma', name: string): Promise<Entry> =>
  kind === 'root'
    ? getRoot(name, { limit: 0 }).then((entry) => ({ ...entry, arabic: entry.root, roots: [] }))
    : getLemma(name, { limit: 0 }).then((entry) => ({ ...entry, arabic: entry.lemma, lemmas: [] }));

export function Lexeme({ kind, name }: { kind: 'root' | 'lemma'; name: string }) {
  const answer = useAnswer(`${kind} ${name}`, () => entryOf(kind, name));
  const arabic = answer.state === 'here' ? answer.value.arabic : name;
  useEffect(() => {
    document.title = `${kind === 'root' ? spaced(arabic) : arabic} · Kalima`;
  }, [kind, arabic]);
  if (answer.state === 'failed') {
    return (
      <div class="lexeme">
        <h1>
          {t(kind)} <bdi>{name}</bdi>
        </h1>
        <When answer={answer}>{() => null}</When>
        <a href={kind === 'root' ? '/lists/roots' : '/lists/lemmas'}>{t(kind === 'root' ? 'all_roots' : 'all_lemmas')}</a>
      </div>
    );
  }
  return <When answer={answer}>{(entry) => <About kind={kind} entry={entry} />}</When>;
}

function About({ kind, entry }: { kind: 'root' | 'lemma'; entry: Entry }) {
  const label = useValueNames(['pos', 'form']);
  const asked = `[${kind}=${literally(entry.arabic)}]`;
  return (
    <div class="lexeme">
      <header>
        <p class="muted">{t(kind)}</p>
        <h1>
          <span class="quran" lang="ar" dir="rtl">
            {kind === 'root' ? spaced(entry.arabic) : entry.arabic}
          </span>
          {entry.buckwalter ? (
            <code dir="ltr" class="muted">
              {entry.buckwalter}
            </code>
          ) : null}
        </h1>
        <p>
          {t('words', { n: entry.words })} {t('in_verses', { n: entry.verses })} · <a href={searchAddress(asked)}>{t('all_lines')}</a>
          {(['groups', 'collocates', 'spread'] as const).map((view) => (
            <Fragment key={view}>
              {' · '}
              <a href={`${searchAddress(asked)}&view=${view}${view === 'groups' ? '&by=match.word' : ''}`}>{t(`view_${view}`)}</a>
            </Fragment>
          ))}
          {' · '}
          <a href={kind === 'root' ? '/lists/roots' : '/lists/lemmas'}>{t(kind === 'root' ? 'all_roots' : 'all_lemmas')}</a>
          <CopyLink />
        </p>
      </header>
      <div class="columns">
        {entry.lemmas.length > 0 ? (
          <Bars title={t('lemmas')} list={entry.lemmas} total={entry.words} to={(one) => lemmaAddress(one.value)} arabic />
        ) : null}
        {entry.roots.length > 0 ? (
          <Bars title={t('root')} list={entry.roots} total={entry.words} to={(one) => rootAddress(one.value)} arabic show={spaced} />
        ) : null}
        <Bars
          title={t('pos')}
          list={entry.pos}
          total={entry.words}
          to={(one) => searchAddress(`[${kind}=${literally(entry.arabic)} & pos=${quoted(one.value)}]`)}
          show={(value) => label('pos', value)}
          colour={(value) => colourOf(value)}
        />
        {entry.forms.length > 0 ? (
          <Bars title={t('forms')} list={entry.forms} total={entry.words} to={(one) => searchAddress(`[${kind}=${literally(entry.arabic)} & segment=${literally(one.value)}]`)} arabic />
        ) : null}
      </div>
      <FirstLines asked={asked} />
    </div>
  );
}

interface BarsProps {
  readonly title: string;
  readonly list: readonly Used[];
  readonly total: number;
  readonly to: (one: Used) => string;
  readonly show?: (value: string) => string;
  readonly colour?: (value: string) => string;
  readonly arabic?: boolean;
}

/** Counts as bars; the table is what is read aloud. */
function Bars({ title, list, total, to, show = (value) => value, colour = () => '', arabic = false }: BarsProps) {
  const max = Math.max(...list.map((one) => one.words), 1);
  const all = useSignal(false);
  const shown = all.value ? list : list.slice(0, first_bars);
  return (
    <section class="bars">
      <h2>
        {title} <span class="muted">{list.length > 1 ? number(list.length) : ''}</span>
      </h2>
      <table>
        <caption class="hidden-text">{title}</caption>
        <thead class="hidden-text">
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t('n_words')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.value}>
              <th scope="row">
                <a href={to(one)} class={colour(one.value)}>
                  {arabic ? (
                    <span class="quran" lang="ar" dir="rtl">
                      {show(one.value)}
                    </span>
                  ) : (
                    show(one.value)
                  )}
                </a>
              </th>
              <td>
                <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * one.words) / max} height="10" rx="1" />
                </svg>
                <span title={`${((100 * one.words) / total).toFixed(1)} %`}>{number(one.words)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < list.length ? (
        <button type="button" class="plain" onClick={() => (all.value = true)}>
          {t('show_all', { n: list.length })}
        </button>
      ) : null}
    </section>
  );
}

function FirstLines({ asked }: { asked: string }) {
  const answer = useAnswer(`first ${asked}`, () => query({ q: asked, limit: 12 }));
  return (
    <section>
      <h2>{t('first_lines')}</h2>
      <When answer={answer}>
        {(found) => (
          <>
            <Lines lines={found.results.map((hit) => lineOf(hit))} title={t('first_lines')} />
            {found.hits > found.results.length ? (
              <p>
                <a href={searchAddress(asked)}>{t('all_hits', { n: found.hits })}</a>
              </p>
            ) : null}
          </>
        )}
      </When>
    </section>
  );
}
