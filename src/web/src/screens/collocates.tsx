// What occurs near the hits, or is joined with them in the treebank, and how strongly.
import { collocations, listAttributes, type Collocation } from '../api/client';
import { useAnswer } from '../answers';
import { measures, nearParameters, type Asked, type Measure } from '../asked';
import { number, t } from '../i18n';
import { useAttributeNames, useValueNames } from '../labels';
import { When } from '../parts/basics';
import { Pages } from '../parts/pages';
import { withParameters, go } from '../router';
import { searchAddress } from '../text/cql';

const attributes = ['lemma', 'root', 'pos', 'plain', 'gloss'] as const;
const spans = [1, 2, 3, 5, 8, 10, 20] as const;
const least = [1, 2, 3, 5, 10, 20] as const;

const set = (changes: Readonly<Record<string, string | undefined>>) => go(withParameters({ ...changes, page: undefined }), { replace: true });

/** What counts as near, and what is counted. */
export function NearChoice({ asked: { near } }: { asked: Asked }) {
  const name = useAttributeNames();
  const label = useValueNames(['relation']);
  const answer = useAnswer('attribute relation', () => listAttributes({ name: 'relation', limit: 500 }));
  const relations = (answer.state === 'here' ? (answer.value.values ?? []) : []).filter((one) => one.words > 0 && one.value !== 'NonRel');
  return (
    <>
      <label>
        {t('attribute')}{' '}
        <select value={near.attribute} onChange={(event) => set({ of: event.currentTarget.value })}>
          {[...new Set([...attributes, near.attribute])].map((one) => (
            <option key={one} value={one}>
              {name(one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('near')}{' '}
        <select value={near.relation === '' ? near.span : near.relation} onChange={(event) => (/^\d+$/.test(event.currentTarget.value) ? set({ span: event.currentTarget.value, rel: undefined }) : set({ rel: event.currentTarget.value, span: undefined }))}>
          <optgroup label={t('near_words')}>
            {[...new Set([...spans, near.span])]
              .sort((a, b) => a - b)
              .map((words) => (
                <option key={words} value={words}>
                  {t('within_words', { n: words })}
                </option>
              ))}
          </optgroup>
          {relations.length === 0 ? null : (
            <optgroup label={t('near_relation')}>
              <option value=".*">{t('any_relation')}</option>
              {relations.map((one) => (
                <option key={one.value} value={one.value}>
                  {label('relation', one.value)}
                </option>
              ))}
              {near.relation !== '' && near.relation !== '.*' && !relations.some((one) => one.value === near.relation) ? <option value={near.relation}>{near.relation}</option> : null}
            </optgroup>
          )}
        </select>
      </label>
      {near.relation === '' ? null : (
        <label class="pill">
          <input type="checkbox" checked={near.ends === 'heads'} onChange={(event) => set({ ends: event.currentTarget.checked ? 'heads' : undefined })} />
          <span>{t('near_heads')}</span>
        </label>
      )}
      <label>
        {t('measure')}{' '}
        <select value={near.measure} onChange={(event) => set({ measure: event.currentTarget.value })}>
          {measures.map((one) => (
            <option key={one} value={one}>
              {t(`measure_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('at_least')}{' '}
        <select value={near.min} onChange={(event) => set({ min: event.currentTarget.value })}>
          {[...new Set([...least, near.min])]
            .sort((a, b) => a - b)
            .map((times) => (
              <option key={times} value={times}>
                {t('times_together', { n: times })}
              </option>
            ))}
        </select>
      </label>
    </>
  );
}

const amount = (row: Collocation, measure: Measure): number => row[measure] ?? 0;

export function Collocates({ asked }: { asked: Asked }) {
  const { q, page, size, near } = asked;
  const answer = useAnswer(`near ${JSON.stringify([q, page, near])}`, () => collocations({ q, ...nearParameters(near), offset: (page - 1) * size, limit: size }));
  const label = useValueNames();
  return (
    <When answer={answer}>
      {({ rows, rows_total }) => {
        const max = Math.max(...rows.map((row) => amount(row, near.measure)), 0);
        return rows.length === 0 ? (
          <p class="empty">{t('no_collocates')}</p>
        ) : (
          <>
            <p class="muted">{t('collocates', { n: rows_total })}</p>
            <div class="scroll" tabIndex={0} role="region" aria-label={t('view_collocates')}>
              <table class="groups collocates">
                <thead>
                  <tr>
                    <th scope="col">{t('view_collocates')}</th>
                    <th scope="col" class="number">
                      {t('together')}
                    </th>
                    {near.relation === '' ? (
                      <>
                        <th scope="col" class="number share">
                          {t('before')}
                        </th>
                        <th scope="col" class="number share">
                          {t('after')}
                        </th>
                      </>
                    ) : null}
                    <th scope="col" class="number of-verses">
                      {t('in_all')}
                    </th>
                    <th scope="col" class="number">
                      {near.measure === 'together' ? t('expected') : t(`measure_${near.measure}`)}
                    </th>
                    <th aria-hidden="true" />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, index) => (
                    <tr key={index}>
                      <th scope="row">
                        <Value value={row.values[0] ?? null} shown={row.values[0] === null || row.values[0] === undefined ? t('without_value') : label(near.attribute, row.values[0])} query={row.query ?? null} />
                      </th>
                      <td class="number">{number(row.together ?? 0)}</td>
                      {near.relation === '' ? (
                        <>
                          <td class="number muted share">{number(row.left ?? 0)}</td>
                          <td class="number muted share">{number(row.right ?? 0)}</td>
                        </>
                      ) : null}
                      <td class="number muted of-verses">{number(row.frequency ?? 0)}</td>
                      <td class="number">{((near.measure === 'together' ? row.expected : row[near.measure]) ?? 0).toFixed(2)}</td>
                      <td class="bar-cell" aria-hidden="true">
                        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
                          <rect width={max > 0 ? Math.max(0, (100 * amount(row, near.measure)) / max) : 0} height="10" rx="1" />
                        </svg>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Pages page={page} pages={Math.ceil(rows_total / size)} />
          </>
        );
      }}
    </When>
  );
}

function Value({ value, shown, query }: { value: string | null; shown: string; query: string | null }) {
  const text = <bdi class={value !== null && shown === value && /[\u0600-\u06ff]/.test(value) ? 'quran' : undefined}>{shown}</bdi>;
  return query === null ? text : <a href={searchAddress(query)}>{text}</a>;
}
