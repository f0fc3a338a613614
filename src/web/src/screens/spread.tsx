// How hits are spread over the surahs, in the order of the book or of revelation.
import type { HitGrouping } from '../api/client';
import { named, number, percent, t } from '../i18n';
import { useSurahs } from '../labels';
import { go, parameter, withParameters } from '../router';
import { readerAddress } from '../text/cql';

export function Spread({ grouping, q }: { grouping: HitGrouping; q: string }) {
  const surahs = useSurahs().filter((surah) => surah.present > 0);
  const revealed = parameter('order') === 'revelation';
  const hits = new Map(grouping.groups.map((group) => [Number(group.values[0]), group.hits]));
  const max = Math.max(...hits.values(), 1);
  const total = [...hits.values()].reduce((sum, n) => sum + n, 0);
  const of = (place: string): number => surahs.filter((surah) => surah.place === place).reduce((sum, surah) => sum + (hits.get(surah.surah) ?? 0), 0);
  const listed = revealed ? [...surahs].sort((a, b) => a.order - b.order) : surahs;
  return (
    <>
      <div class="options">
        <span>
          {t('meccan')}: {number(of('Meccan'))} <span class="muted">({percent(total === 0 ? 0 : of('Meccan') / total)})</span>
        </span>
        <span>
          {t('medinan')}: {number(of('Medinan'))} <span class="muted">({percent(total === 0 ? 0 : of('Medinan') / total)})</span>
        </span>
        <label class="pill">
          <input type="checkbox" checked={revealed} onChange={(event) => go(withParameters({ order: event.currentTarget.checked ? 'revelation' : undefined }), { replace: true })} />
          <span>{t('by_revelation')}</span>
        </label>
      </div>
      <table class="groups spread">
        <caption class="hidden-text">{t('view_spread')}</caption>
        <thead class="hidden-text">
          <tr>
            <th scope="col">{t('surah')}</th>
            <th scope="col">{t('n_hits')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {listed.map((surah) => {
            const count = hits.get(surah.surah) ?? 0;
            return (
              <tr key={surah.surah}>
                <th scope="row">
                  {count === 0 ? (
                    <span class="muted">{`${surah.surah}. ${named({ english: surah.latin, arabic: surah.name })}`}</span>
                  ) : (
                    <a href={readerAddress(String(surah.surah), q)}>{`${surah.surah}. ${named({ english: surah.latin, arabic: surah.name })}`}</a>
                  )}
                </th>
                <td class={count === 0 ? 'number muted' : 'number'}>{number(count)}</td>
                <td class="bar-cell" aria-hidden="true">
                  <svg class={surah.place === 'Meccan' ? 'bar' : 'bar medinan'} viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect width={(100 * count) / max} height="10" rx="1" />
                  </svg>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
