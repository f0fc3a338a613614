// How hits are shown: as lines, verses or groups, in which order, how many of them, and as which file.
import type { ComponentChildren } from 'preact';
import { listAttributes } from '../api/client';
import { useAnswer } from '../answers';
import { columns, default_context, default_key, exportAddress, formats, isCounted, labelsOf, nearnesses, steps, views, type Asked, type View } from '../asked';
import { named, number, t } from '../i18n';
import { useAttributeNames } from '../labels';
import { Folded } from '../parts/folded';
import { Menu } from '../parts/menu';
import { go, withParameters } from '../router';
import { asWords, searchAddress } from '../text/cql';
import { NearChoice } from './collocates';
import { SpreadChoice } from './spread';

const sort_attributes = ['word', 'lemma', 'root', 'pos'] as const;
/** Attributes of regions by which hits are counted. */
const regions: ReadonlySet<string> = new Set(['surah_n', 'surah_place', 'juz_n', 'hizb_n', 'page_n', 'phrase_kind']);
const samples = [20, 50, 100, 500] as const;

/** Changes what is shown, from the first page on. Choices are not gone back to. */
const set = (changes: Readonly<Record<string, string | undefined>>) => go(withParameters({ ...changes, page: undefined }), { replace: true });

interface ToolsProps {
  readonly asked: Asked;
  readonly view: View;
  readonly asQuery: boolean;
  /** Further choices. */
  readonly children?: ComponentChildren;
}

export function SearchTools({ asked, view, asQuery, children }: ToolsProps) {
  return (
    <>
      <div class="tabs">
        <nav aria-label={t('views')}>
          {views
            .filter((one) => asQuery || !isCounted(one))
            .map((one) => (
              <a key={one} href={withParameters({ view: one === 'lines' ? undefined : one, page: undefined })} aria-current={one === view ? 'page' : undefined}>
                {t(`view_${one}`)}
              </a>
            ))}
        </nav>
        {asQuery ? null : <a href={searchAddress(asWords(asked.q))}>{t('as_query')}</a>}
      </div>
      <Folded title={t('options')}>
        <div class="options">
          {asQuery ? null : <StepChoice asked={asked} />}
          {asQuery ? null : <NearnessChoice asked={asked} />}
          {view === 'collocates' ? <NearChoice asked={asked} /> : view === 'groups' ? <Keys asked={asked} /> : view === 'spread' ? <SpreadChoice /> : null}
          {asQuery && !isCounted(view) ? <SortChoice asked={asked} /> : null}
          {asQuery && !isCounted(view) ? <SampleChoice asked={asked} /> : null}
          {view === 'lines' ? <ContextChoice asked={asked} /> : null}
          {asQuery && view === 'lines' ? <Columns asked={asked} /> : null}
          {children}
        </div>
      </Folded>
    </>
  );
}

const StepChoice = ({ asked: { step } }: { asked: Asked }) => (
  <label>
    {t('loosest')}{' '}
    <select value={step ?? ''} onChange={(event) => set({ step: event.currentTarget.value })}>
      <option value="">{t('step_any')}</option>
      {steps.map((one) => (
        <option key={one} value={one}>
          {t(`step_${one}`)}
        </option>
      ))}
    </select>
  </label>
);

const NearnessChoice = ({ asked: { nearness } }: { asked: Asked }) => (
  <label>
    {t('nearness')}{' '}
    <select value={nearness} onChange={(event) => set({ nearness: event.currentTarget.value === 'phrase' ? undefined : event.currentTarget.value })}>
      {nearnesses.map((one) => (
        <option key={one} value={one}>
          {t(`nearness_${one}`)}
        </option>
      ))}
    </select>
  </label>
);

const ContextChoice = ({ asked: { context } }: { asked: Asked }) => (
  <label>
    {t('context')}{' '}
    <select value={context} data-key="KeyX" onChange={(event) => set({ ctx: Number(event.currentTarget.value) === default_context ? undefined : event.currentTarget.value })}>
      {[...new Set([2, 3, 5, 8, 12, 20, context])]
        .sort((a, b) => a - b)
        .map((words) => (
          <option key={words} value={words}>
            {number(words)}
          </option>
        ))}
    </select>
  </label>
);

/** The places that a key may be of, as the server names them. */
const placesOf = (q: string): readonly (readonly [string, string])[] => [
  ['match', t('place_match')],
  ['before', t('place_before')],
  ['after', t('place_after')],
  ...labelsOf(q).map((label) => [label, label] as const),
];

function SortChoice({ asked: { q, sort } }: { asked: Asked }) {
  const name = useAttributeNames();
  const descending = sort.startsWith('-');
  const key = sort.replace(/^-/, '');
  const known = placesOf(q).flatMap(([place]) => sort_attributes.map((attribute) => `${place}.${attribute}`));
  return (
    <>
      <label>
        {t('sort')}{' '}
        <select value={key} onChange={(event) => set({ sort: event.currentTarget.value })}>
          <option value="">{t('sort_text')}</option>
          {key !== '' && !known.includes(key) ? <option value={key}>{key}</option> : null}
          {placesOf(q).map(([place, title]) => (
            <optgroup key={place} label={title}>
              {sort_attributes.map((attribute) => (
                <option key={attribute} value={`${place}.${attribute}`}>
                  {`${title}: ${name(attribute)}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {key === '' ? null : (
        <label class="pill">
          <input type="checkbox" checked={descending} onChange={(event) => set({ sort: `${event.currentTarget.checked ? '-' : ''}${key}` })} />
          <span>{t('descending')}</span>
        </label>
      )}
    </>
  );
}

function SampleChoice({ asked: { sample, seed } }: { asked: Asked }) {
  return (
    <>
      <label>
        {t('sample')}{' '}
        <select value={sample} onChange={(event) => set({ sample: event.currentTarget.value === '0' ? undefined : event.currentTarget.value, seed: undefined })}>
          <option value={0}>{t('sample_all')}</option>
          {[...new Set([...samples, ...(sample === 0 ? [] : [sample])])].map((n) => (
            <option key={n} value={n}>
              {t('sample_of', { n })}
            </option>
          ))}
        </select>
      </label>
      {sample === 0 ? null : (
        <button type="button" onClick={() => set({ seed: String(seed + 1) })}>
          {t('another_sample')}
        </button>
      )}
    </>
  );
}

function Columns({ asked }: { asked: Asked }) {
  const name = useAttributeNames();
  return (
    <Menu title={t('columns')}>
      {() =>
        columns.map((one) => (
          <li key={one}>
            <label class="choice">
              <input
                type="checkbox"
                checked={asked.columns.includes(one)}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  go(withParameters({ cols: columns.filter((other) => (other === one ? on : asked.columns.includes(other))).join() }), { replace: true });
                }}
              />{' '}
              {name(one)}
            </label>
          </li>
        ))
      }
    </Menu>
  );
}

export function Exports({ asked, view }: { asked: Asked; view: View }) {
  return (
    <Menu title={t('export')} pressedBy="KeyE">
      {(close) =>
        formats
          .filter((format) => !isCounted(view) || format !== 'conllu')
          .map((format) => (
            <li key={format}>
              <a href={exportAddress({ ...asked, view }, format)} download="" onClick={close}>
                {t(`format_${format}`)}
              </a>
            </li>
          ))
      }
    </Menu>
  );
}

/** One or two keys to count by. */
function Keys({ asked: { q, by } }: { asked: Asked }) {
  const answer = useAnswer('attributes', () => listAttributes());
  const all = (answer.state === 'here' ? (answer.value.attributes ?? []) : []).filter((one) => (one.level === 'segment' || one.level === 'word' || regions.has(one.name)) && one.words > 0);
  const change = (index: number, key: string) => {
    const next = [...by];
    if (key === '') next.splice(index);
    else next[index] = key;
    set({ by: next.join() === default_key ? undefined : next.join() });
  };
  return (
    <>
      {[0, 1].map((index) => {
        const [place = '', attribute = ''] = (by[index] ?? '').split('.');
        if (index > by.length) return null;
        return (
          <span key={index} class="key">
            <label>
              {t(index === 0 ? 'group_by' : 'and_by')}{' '}
              <select value={place} onChange={(event) => change(index, event.currentTarget.value === '' ? '' : `${event.currentTarget.value}.${attribute || 'pos'}`)}>
                {index === 0 ? null : <option value="">{t('nothing_more')}</option>}
                {placesOf(q).map(([one, title]) => (
                  <option key={one} value={one}>
                    {title}
                  </option>
                ))}
              </select>
            </label>
            {place === '' ? null : (
              <select aria-label={t('attribute')} value={attribute} onChange={(event) => change(index, `${place}.${event.currentTarget.value}`)}>
                {all.some((one) => one.name === attribute) ? null : <option value={attribute}>{attribute}</option>}
                {all.map((one) => (
                  <option key={one.name} value={one.name}>
                    {named(one)}
                  </option>
                ))}
              </select>
            )}
          </span>
        );
      })}
    </>
  );
}
