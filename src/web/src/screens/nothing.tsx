// What is shown where nothing was found: what is to blame, and what finds something.
import { t } from '../i18n';
import { Coloured } from '../parts/box';
import { isQuery, searchAddress } from '../text/cql';
import type { Found } from './found';

export function Nothing({ found: { failing, instead, unknown }, asQuery }: { found: Found; asQuery: boolean }) {
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
            <bdi key={word} class="quran">
              {word}{' '}
            </bdi>
          ))}
        </p>
      ) : null}
      {instead.length > 0 ? (
        <>
          <p>{t(instead.some((one) => isQuery(one.query)) ? 'nearest' : 'did_you_mean')}</p>
          <ul>
            {instead.map((one) => (
              <li key={one.query}>
                <a href={searchAddress(one.query)}>{isQuery(one.query) ? <code dir="ltr">{one.query}</code> : <bdi class="quran">{one.query}</bdi>}</a> <span class="muted">{t('hits', { n: one.count })}</span>
              </li>
            ))}
          </ul>
        </>
      ) : !asQuery ? (
        <p class="muted">{t('other_spelling')}</p>
      ) : null}
    </div>
  );
}
