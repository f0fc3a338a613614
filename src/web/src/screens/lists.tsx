// Which lists there are.
import { useEffect } from 'preact/hooks';
import { listAttributes } from '../api/client';
import { useAnswer } from '../answers';
import { number, t } from '../i18n';
import { listsHere, titleOf } from '../lists';
import { When } from '../parts/basics';

export function Lists() {
  useEffect(() => {
    document.title = `${t('lists')} · Kalima`;
  }, []);
  return (
    <div class="narrow">
      <h1>{t('lists')}</h1>
      <p>
        {t('lists_say')} <a href="/notes?kind=list">{t('saved_lists')}</a>
      </p>
      <ListLinks />
    </div>
  );
}

/** Links to all lists. */
export function ListLinks() {
  const answer = useAnswer('attributes', () => listAttributes());
  return (
    <When answer={answer}>
      {({ attributes = [] }) => (
        <ul class="list-links">
          {listsHere(attributes).map(({ list, values }) => (
            <li key={list}>
              <a href={`/lists/${list}`}>
                {t(titleOf(list))} {values === null ? null : <span class="muted">{number(values)}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
    </When>
  );
}
