// A list: all roots, lemmas, words and so on, with how often they occur, filtered and sorted.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../answers';
import { language } from '../settings';
import { number, t, type Key } from '../i18n';
import { useAttributeNames, useSurahs, useValueNames } from '../labels';
import { askedList, askList, counted, listFile, listFormats, lists, onlys, page_size, runAttributes, titleOf, type AskedList, type Row } from '../lists';
import { When } from '../parts/basics';
import { Folded } from '../parts/folded';
import { Menu } from '../parts/menu';
import { Pages } from '../parts/pages';
import { CopyLink } from '../parts/permalink';
import { go, withParameters, type ListName } from '../router';
import { hasArabic, lemmaAddress, rootAddress, spaced } from '../text/arabic';
import { quoted, searchAddress } from '../text/cql';
import { colourOf } from '../text/tags';

/** Changes what is shown, from the first page on. Choices are not gone back to. */
const set = (changes: Readonly<Record<string, string | undefined>>) => go(withParameters({ ...changes, page: undefined }), { replace: true });
const pause_ms = 300;

export function List({ list }: { list: ListName }) {
  const asked = askedList(list);
  const names = useNames(asked);
  const q = names === undefined ? null : counted(asked, names);
  const answer = useAnswer(q === null ? null : `list ${JSON.stringify([q, asked])}`, () => askList(asked, q!), true);
  useEffect(() => {
    document.title = `${t(titleOf(list))} · Kalima`;
  }, [list]);
  return (
    <div class="list">
      <header class="row">
        <h1>{t(titleOf(list))}</h1>
        <span class="fill" />
        <div class="row">
          <CopyLink />
          {q === null ? null : <Files asked={asked} q={q} />}
        </div>
      </header>
      <Folded title={t('filter')}>
        <Choices asked={asked} />
      </Folded>
      {names !== undefined && q === null ? (
        <p class="empty">{t('nothing_listed')}</p>
      ) : (
        <When answer={answer}>
          {({ total, rows, partial }) => (
            <>
              <p class="muted" role="status">
                {t('n_values', { n: total })}
                {partial ? ` · ${t('partial')}` : ''}
              </p>
              {rows.length === 0 ? <p class="empty">{t('nothing_listed')}</p> : <Table asked={asked} rows={rows} />}
              <Pages page={asked.page} pages={Math.ceil(total / page_size)} />
            </>
          )}
        </When>
      )}
      <p>
        <a href="/lists">{t('all_lists')}</a>
      </p>
    </div>
  );
}

/** Of a list whose values have names, those that the filter lets pass: by the value itself or by its name. null for other
 * lists; undefined until they are known. */
function useNames({ list, filter }: AskedList): readonly string[] | null | undefined {
  const of = list === 'ngrams' ? undefined : lists[list].named;
  const wanted = of !== undefined && filter !== '';
  const label = useValueNames(of === undefined ? [] : [of]);
  const answer = useAnswer(wanted ? `values ${list}` : null, () => askList({ ...askedList(list), filter: '', only: null, surah: 0, page: 1 }, lists[list as 'tags'].of('')));
  if (!wanted) return null;
  if (answer.state !== 'here') return undefined;
  const bare = filter.toLowerCase();
  return answer.value.rows.map(({ value }) => value).filter((value) => value !== '' && (value.toLowerCase().includes(bare) || label(of, value).toLowerCase().includes(bare)));
}

function Files({ asked, q }: { asked: AskedList; q: string }) {
  return (
    <Menu title={t('export')} pressedBy="KeyE">
      {(close) =>
        listFormats.map((format) => (
          <li key={format}>
            <a href={listFile(asked, q, format)} download="" onClick={close}>
              {t(`format_${format}`)}
            </a>
          </li>
        ))
      }
    </Menu>
  );
}

function Choices({ asked }: { asked: AskedList }) {
  const surahs = useSurahs();
  const name = useAttributeNames();
  const typed = useRef(0);
  const { list } = asked;
  return (
    <div class="options">
      {list === 'ngrams' ? (
        <>
          <Choice title={t('runs_of')} value={asked.attribute} options={runAttributes.map((one) => [one, name(one)])} change={(value) => set({ of: value === 'lemma' ? undefined : value })} />
          <Choice title={t('times_from')} value={asked.from} options={lengths(2).map((n) => [n, t('words', { n })])} change={(value) => set({ from: value === '2' ? undefined : value })} />
          <Choice title={t('times_to')} value={asked.to} options={lengths(asked.from).map((n) => [n, t('words', { n })])} change={(value) => set({ to: value === '5' ? undefined : value })} />
          <label class="pill">
            <input type="checkbox" checked={asked.maximal} onChange={(event) => set({ maximal: event.currentTarget.checked ? 'yes' : undefined })} />
            <span>{t('runs_maximal')}</span>
          </label>
        </>
      ) : (
        <>
          <label>
            {t('filter')}{' '}
            <input
              type="search"
              dir="auto"
              value={asked.filter}
              placeholder={list === 'roots' ? 'رح' : list === 'endings' ? 'ين' : list === 'tags' || list === 'relations' ? undefined : 'رحم'}
              onInput={(event) => {
                const text = event.currentTarget.value.trim();
                window.clearTimeout(typed.current);
                typed.current = window.setTimeout(() => set({ filter: text }), pause_ms);
              }}
            />
          </label>
          <Choice title={t('how_often')} value={asked.only ?? ''} options={[['', t('sample_any')], ...onlys.map((one): [string, string] => [one, t(`only_${one}`)])]} change={(value) => set({ only: value })} />
        </>
      )}
      <Choice
        title={t('surah')}
        value={asked.surah}
        options={[[0, t('all_surahs')], ...surahs.filter(({ present }) => present > 0).map(({ surah, name: arabic, latin }): [number, string] => [surah, `${surah}. ${language.value === 'ar' ? arabic : latin}`])]}
        change={(value) => set({ surah: value === '0' ? undefined : value })}
      />
    </div>
  );
}
const lengths = (from: number): readonly number[] => [2, 3, 4, 5, 6, 7, 8].filter((n) => n >= from);

interface ChoiceProps {
  readonly title: string;
  readonly value: string | number;
  readonly options: readonly (readonly [string | number, string])[];
  readonly change: (value: string) => void;
}
const Choice = ({ title, value, options, change }: ChoiceProps) => (
  <label>
    {title}{' '}
    <select value={value} onChange={(event) => change(event.currentTarget.value)}>
      {options.map(([one, says]) => (
        <option key={one} value={one}>
          {says}
        </option>
      ))}
    </select>
  </label>
);

/** A heading that sorts by its column. */
function Sorting({ by, asked, kind = '', children }: { by: AskedList['sort']; asked: AskedList; kind?: string; children: ComponentChildren }) {
  const now = asked.sort === by;
  return (
    <th scope="col" class={kind} aria-sort={now ? (by === 'value' ? 'ascending' : 'descending') : undefined}>
      {now ? (
        <span class="sorted">{children}</span>
      ) : (
        <a href={withParameters({ sort: by === 'hits' ? undefined : by, page: undefined })} data-keep="" title={t('sort_by_this')}>
          {children}
        </a>
      )}
    </th>
  );
}

/** What one entry of a list is. */
const headings: Readonly<Record<ListName, Key>> = { roots: 'root', lemmas: 'lemma', words: 'word', tags: 'pos', relations: 'relation', ngrams: 'run', endings: 'list_ending' };

function Table({ asked, rows }: { asked: AskedList; rows: readonly Row[] }) {
  const { list } = asked;
  const label = useValueNames(['pos', 'relation']);
  const max = Math.max(...rows.map((row) => row.hits), 1);
  const runs = list === 'ngrams';
  const title = t(headings[list]);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t(titleOf(list))}>
      <table class={runs ? 'groups listed runs' : 'groups listed'}>
        <thead>
          <tr>
            <th scope="col" class="number share">
              {t('node')}
            </th>
            {runs ? <th scope="col">{title}</th> : <Sorting by="value" asked={asked}>{title}</Sorting>}
            {runs ? (
              <Sorting by="n" asked={asked} kind="number">
                {t('n_words')}
              </Sorting>
            ) : null}
            <Sorting by="hits" asked={asked} kind="number">
              {t('occurrences')}
            </Sorting>
            <th class="bar-cell" aria-hidden="true" />
            <Sorting by="verses" asked={asked} kind="number of-verses">
              {t('n_verses')}
            </Sorting>
            <Sorting by="surahs" asked={asked} kind="number of-verses">
              {t('surahs')}
            </Sorting>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td class="number muted share">{number((asked.page - 1) * page_size + index + 1)}</td>
              <th scope="row">
                <Value list={list} of={asked.attribute} row={row} label={label} />
              </th>
              {runs ? <td class="number muted">{number(row.n)}</td> : null}
              <td class="number">{number(row.hits)}</td>
              <td class="bar-cell" aria-hidden="true">
                <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect width={(100 * row.hits) / max} height="10" rx="1" />
                </svg>
              </td>
              <td class="number muted of-verses">{number(row.verses)}</td>
              <td class="number muted of-verses">{number(row.surahs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where a value leads: to its own page, or to its hits. */
function addressOf(list: ListName, { value, query }: Row): string | null {
  switch (list) {
    case 'roots':
      return rootAddress(value);
    case 'lemmas':
      return lemmaAddress(value);
    case 'words':
      return searchAddress(`[word==${quoted(value)}]`);
    case 'tags':
    case 'relations':
      return searchAddress(`{${lists[list].attribute}==${quoted(value)}}`);
    default:
      return query === null ? null : searchAddress(query);
  }
}

function Value({ list, of, row, label }: { list: ListName; of: AskedList['attribute']; row: Row; label: (attribute: string, value: string) => string }) {
  const { value } = row;
  const to = addressOf(list, row);
  const named = list === 'tags' ? 'pos' : list === 'relations' ? 'relation' : null;
  const tags = list === 'ngrams' && of === 'pos';
  const shown = named ? label(named, value) : tags ? value.split(' ').map((one) => label('pos', one)).join(t('comma')) : list === 'roots' ? spaced(value) : value;
  const text = (
    <bdi class={!named && !tags && hasArabic(value) ? 'quran' : undefined} lang={!named && !tags && hasArabic(value) ? 'ar' : undefined}>
      {shown}
    </bdi>
  );
  return (
    <>
      {to === null ? (
        text
      ) : (
        <a href={to} class={list === 'tags' ? colourOf(value) : undefined}>
          {text}
        </a>
      )}
      {named && shown !== value ? ' ' : null}
      {named && shown !== value ? (
        <code dir="ltr" class="muted">
          {value}
        </code>
      ) : null}
    </>
  );
}
