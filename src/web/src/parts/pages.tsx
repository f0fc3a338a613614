import { t } from '../i18n';
import { withParameters } from '../router';
import { Icon } from './basics';

/** Links to the pages of a long list. */
export function Pages({ page, pages }: { page: number; pages: number }) {
  if (pages <= 1) return null;
  const to = (n: number): string => withParameters({ page: n === 1 ? undefined : String(n) });
  return (
    <nav class="pages" aria-label={t('pages')}>
      {page > 1 ? (
        <a href={to(page - 1)} rel="prev">
          <Icon name="previous" /> {t('previous')}
        </a>
      ) : (
        <span />
      )}
      <span class="muted">{t('page_of', { page, pages })}</span>
      {page < pages ? (
        <a href={to(page + 1)} rel="next">
          {t('next')} <Icon name="next" />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
