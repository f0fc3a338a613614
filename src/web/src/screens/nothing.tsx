// What is shown where nothing was found: what is to blame, and what finds something.
import { t } from '../i18n';
import { Coloured } from '../parts/box';
import { hasArabic } from '../text/arabic';
import { isQuery } from '../text/cql';
import type { Found, Other } from './found';

export function Nothing({ found: { failing, instead, unknown }, asQuery }: { found: Found; asQuery: boolean }) {
  const meant = instead.filter(({ less }) => !less);
  const less = instead.filter((one) => one.less);
  return (
    <div class="nothing">
      <p>{t('no_hits')}</p>
      {failing.length > 0 ? (
        <p>
          {t('failing', { n: failing.length })}{' '}
          {failing.map((clause) => (
            <code key={clause} dir="ltr">
              <Coloured text={clause} />{' '}
            </code>
          ))}
        </p>
      ) : null}
      {unknown.length > 0 ? (
        <p>
          {t('not_in_text', { n: unknown.length })}{' '}
          {unknown.map((word) => (
            <bdi key={word} class={hasArabic(word) ? 'quran' : undefined}>
              {word}{' '}
            </bdi>
          ))}
        </p>
      ) : null}
      <Others says={t(meant.some(({ query }) => isQuery(query)) ? 'nearest' : 'did_you_mean')} list={meant} />
      <Others says={t('less_found')} list={less} />
      {instead.length === 0 && !asQuery ? <p class="muted">{t('other_spelling')}</p> : null}
    </div>
  );
}

function Others({ says, list }: { says: string; list: readonly Other[] }) {
  if (list.length === 0) return null;
  return (
    <>
      <p>{says}</p>
      <ul>
        {list.map(({ query, address, hits, less }) => (
          <li key={address}>
            <a href={address}>{isQuery(query) ? <code dir="ltr">{query}</code> : <bdi class={hasArabic(query) ? 'quran' : undefined}>{query}</bdi>}</a>{' '}
            <span class="muted">
              {less && less.kind !== 'part' && less.kind !== 'word' ? `${t(`less_${less.kind}`)}: ` : ''}
              {less?.kind === 'one_verse' ? t('verses', { n: less.verses }) : t('hits', { n: hits })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
