// How hits are spread over the surahs, in the order of the book or of revelation, or over the juz.
import { spread, type HitGrouping, type Surah } from '../api/client';
import { useAnswer } from '../answers';
import { named, number, percent, t } from '../i18n';
import { useSurahs } from '../labels';
import { go, parameter, withParameters } from '../router';
import { language } from '../settings';
import { readerAddress } from '../text/cql';

const isOverJuz = (): boolean => parameter('over') === 'juz';
const isRevealed = (): boolean => !isOverJuz() && parameter('order') === 'revelation';

/** Over what, and in which order. */
export function SpreadChoice() {
  return (
    <>
      <label>
        {t('spread_over')}{' '}
        <select value={isOverJuz() ? 'juz' : 'surahs'} onChange={(event) => go(withParameters({ over: event.currentTarget.value === 'juz' ? 'juz' : undefined }), { replace: true })}>
          <option value="surahs">{t('surahs')}</option>
          <option value="juz">{t('ajza')}</option>
        </select>
      </label>
      {isOverJuz() ? null : (
        <label class="pill">
          <input type="checkbox" checked={isRevealed()} onChange={(event) => go(withParameters({ order: event.currentTarget.checked ? 'revelation' : undefined }), { replace: true })} />
          <span>{t('by_revelation')}</span>
        </label>
      )}
    </>
  );
}

export function Spread({ grouping, q }: { grouping: HitGrouping; q: string }) {
  const surahs = useSurahs().filter((surah) => surah.present > 0);
  const over_juz = isOverJuz();
  const revealed = isRevealed();
  const hits = new Map(grouping.groups.map((group) => [Number(group.values[0]), group.hits]));
  return (
    <>
      {over_juz ? null : <Places surahs={surahs} hits={hits} />}
      <Curve q={q} revealed={revealed} />
      <Bars title={t(over_juz ? 'juz' : 'surah')} rows={over_juz ? juzRows(hits) : surahRows(surahs, hits, revealed)} q={q} />
    </>
  );
}

/** How many hits are in Meccan and in Medinan surahs, in the colours of the bars. */
function Places({ surahs, hits }: { surahs: readonly Surah[]; hits: ReadonlyMap<number, number> }) {
  const total = [...hits.values()].reduce((sum, n) => sum + n, 0);
  const of = (place: string): number => surahs.filter((surah) => surah.place === place).reduce((sum, surah) => sum + (hits.get(surah.surah) ?? 0), 0);
  return (
    <p class="places">
      {(['Meccan', 'Medinan'] as const).map((place) => (
        <span key={place}>
          <svg class={place === 'Meccan' ? 'bar swatch' : 'bar medinan swatch'} viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" rx="2" />
          </svg>{' '}
          {t(place === 'Meccan' ? 'meccan' : 'medinan')}: {number(of(place))} <span class="muted">({percent(total === 0 ? 0 : of(place) / total)})</span>
        </span>
      ))}
    </p>
  );
}

interface Row {
  readonly name: string;
  readonly to: string;
  readonly count: number;
  readonly medinan: boolean;
}

const surahRows = (surahs: readonly Surah[], hits: ReadonlyMap<number, number>, revealed: boolean): readonly Row[] =>
  (revealed ? [...surahs].sort((a, b) => a.order - b.order) : surahs).map((surah) => ({
    name: `${surah.surah}. ${named({ english: surah.latin, arabic: surah.name })}`,
    to: String(surah.surah),
    count: hits.get(surah.surah) ?? 0,
    medinan: surah.place !== 'Meccan',
  }));

const juzRows = (hits: ReadonlyMap<number, number>): readonly Row[] =>
  Array.from({ length: 30 }, (_, index) => ({ name: t('part_juz', { number: index + 1 }), to: `juz:${index + 1}`, count: hits.get(index + 1) ?? 0, medinan: false }));

function Bars({ title, rows, q }: { title: string; rows: readonly Row[]; q: string }) {
  const max = Math.max(...rows.map((row) => row.count), 1);
  return (
    <table class="groups spread">
      <caption class="hidden-text">{t('view_spread')}</caption>
      <thead class="hidden-text">
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('n_hits')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, to, count, medinan }) => (
          <tr key={to}>
            <th scope="row">{count === 0 ? <span class="muted">{name}</span> : <a href={readerAddress(to, q)}>{name}</a>}</th>
            <td class={count === 0 ? 'number muted' : 'number'}>{number(count)}</td>
            <td class="bar-cell" aria-hidden="true">
              <svg class={medinan ? 'bar medinan' : 'bar'} viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect width={(100 * count) / max} height="10" rx="1" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const curve_width = 640;
const curve_height = 180;

/** How the hits gather while one reads on, against hits that were spread evenly. */
function Curve({ q, revealed }: { q: string; revealed: boolean }) {
  const answer = useAnswer(`curve ${q} ${String(revealed)}`, () => spread({ q, limit: 114, order: revealed ? 'revelation' : 'mushaf' }), true);
  if (answer.state !== 'here' || answer.value.total === 0) return null;
  const { rows, dp, juilland_d: juilland } = answer.value;
  const last = rows.at(-1);
  const [all_words, all_hits] = [last?.words_so_far ?? 0, last?.hits_so_far ?? 0];
  if (all_words === 0 || all_hits === 0) return null;
  // It runs as the page is read.
  const x = (words: number): string => (curve_width * (language.value === 'ar' ? 1 - words / all_words : words / all_words)).toFixed(1);
  const y = (hits: number): string => (curve_height * (1 - hits / all_hits)).toFixed(1);
  const line = rows.map((row) => `L${x(row.words_so_far ?? 0)} ${y(row.hits_so_far ?? 0)}`).join('');
  return (
    <figure class="curve">
      <svg viewBox={`-8 -8 ${curve_width + 16} ${curve_height + 16}`} role="img" aria-label={t('curve')}>
        <path class="curve-ground" d={`M0 0V${curve_height}H${curve_width}V0`} />
        <path class="curve-even" d={`M${x(0)} ${curve_height}L${x(all_words)} 0`} />
        <path class="curve-line" d={`M${x(0)} ${curve_height}${line}`} />
      </svg>
      <figcaption class="muted">
        {t('curve')} {typeof dp === 'number' ? `DP ${dp.toFixed(3)}` : null}
        {typeof juilland === 'number' ? ` · Juilland D ${juilland.toFixed(3)}` : null}
      </figcaption>
    </figure>
  );
}
