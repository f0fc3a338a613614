import { useEffect } from 'preact/hooks';
import { t } from '../i18n';

export function Missing() {
  useEffect(() => {
    document.title = `${t('missing')} · Kalima`;
  }, []);
  return (
    <div class="narrow">
      <h1>{t('missing')}</h1>
      <p>{t('missing_more')}</p>
      <p>
        <a href="/">{t('start')}</a>
      </p>
    </div>
  );
}
