// Hits counted by one or two keys. Each group leads to its hits.
import type { HitGrouping } from '../api/client';
import { number, percent, t } from '../i18n';
import { useAttributeNames, useValueNames } from '../labels';
import { searchAddress } from '../text/cql';

export function Groups({ grouping }: { grouping: HitGrouping }) {
  const label = useValueNames();
  const name = useAttributeNames();
  const max = Math.max(...grouping.groups.map((group) => group.hits), 1);
  const attribute = (key: string): string => key.replace(/^[^.]*\./, '');
  return (
    <>
      <p class="muted">{t('groups', { n: grouping.total })}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('view_groups')}>
        <table class="groups">
          <thead>
            <tr>
              {grouping.keys.map((key) => (
                <th key={key} scope="col">
                  {name(attribute(key))}
                </th>
              ))}
              <th scope="col" class="number">
                {t('n_hits')}
              </th>
              <th scope="col" class="number share">
                {t('share')}
              </th>
              <th aria-hidden="true" />
              <th scope="col" class="number of-verses">
                {t('n_verses')}
              </th>
            </tr>
          </thead>
          <tbody>
            {grouping.groups.map((group, row) => (
              <tr key={row}>
                {group.values.map((value, index) => {
                  const shown = value === null ? t('without_value') : label(attribute(grouping.keys[index]!), value);
                  const text = <bdi class={value !== null && /[\u0600-\u06ff]/.test(value) ? 'quran' : undefined}>{shown}</bdi>;
                  const Cell = index === 0 ? 'th' : 'td';
                  return (
                    <Cell key={index} scope={index === 0 ? 'row' : undefined}>
                      {group.query === null || index > 0 ? text : <a href={searchAddress(group.query)}>{text}</a>}
                    </Cell>
                  );
                })}
                <td class="number">{number(group.hits)}</td>
                <td class="number muted share">{percent(group.share)}</td>
                <td class="bar-cell" aria-hidden="true">
                  <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect width={(100 * group.hits) / max} height="10" rx="1" />
                  </svg>
                </td>
                <td class="number muted of-verses">{number(group.verses)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
