import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getCorpus, query, search, type Corpus, type Surah } from '../api/client';
import { useAnswer } from '../answers';
import { number, t, type Key } from '../i18n';
import { useAttributeNames, useSurahs } from '../labels';
import { Arabic, When } from '../parts/basics';
import { Box, Coloured } from '../parts/box';
import { Tries } from '../parts/tries';
import { ListLinks } from './lists';
import { DropZone, Steps } from './import';
import { narrow } from '../narrow';
import { language, lastQueries } from '../settings';
import { isQuery, searchAddress } from '../text/cql';

interface Example {
  readonly says: Key;
  readonly query: string;
  /** Needs the treebank. */
  readonly tree?: boolean;
}

const examples: readonly Example[] = [
  { says: 'example_root', query: '[root="رحم"]' },
  { says: 'example_word', query: 'الحمد' },
  { says: 'example_passive', query: '[pos="V" & form="IV" & voice="PASS"]' },
  { says: 'example_verb', query: '[pos="V" & form="IV"]' },
  { says: 'example_sequence', query: '[pos="P"] [pos="PN"]' },
  { says: 'example_imperative', query: '[aspect="IMPV"] []{0,2} [lemma="رَبّ"]' },
  { says: 'example_segment', query: '{pos="P"} {pos="PRON" & person="1"}' },
  { says: 'example_subject', query: '[pos="V"] -Subj-> [pos="PN"]', tree: true },
];
const shown_examples = 6;

export function Start() {
  const corpus = useAnswer('corpus', () => getCorpus());
  useEffect(() => {
    document.title = 'Kalima';
  }, []);
  return (
    <div class="start">
      <h1>
        <span class="quran" lang="ar" dir="rtl">
          كلمة
        </span>
        <span>{t('tagline')}</span>
      </h1>
      <Box large />
      <Tries />
      {corpus.state === 'here' ? <Incomplete about={corpus.value} /> : null}
      <p class="build">
        <a href="/search?build=yes" data-key="KeyB">{t('builder_open')}</a>
      </p>
      {lastQueries.value.length > 0 ? (
        <p class="last">
          <span class="muted">{t('last_queries')}</span>
          {lastQueries.value.slice(0, 5).map((one) => (
            <a key={one} href={searchAddress(one)}>
              <bdi>{one}</bdi>
            </a>
          ))}
        </p>
      ) : null}
      <When answer={corpus}>
        {(about) => (
          <>
            <Examples about={about} />
            <Missing about={about} />
            <Surahs />
            <section aria-labelledby="lists">
              <h2 id="lists">{t('lists')}</h2>
              <ListLinks />
            </section>
            <Holdings about={about} />
          </>
        )}
      </When>
    </div>
  );
}

function Examples({ about }: { about: Corpus }) {
  const treebank = about.counts.nodes > 0;
  const list = examples.filter((one) => !one.tree || treebank);
  // With a treebank its example comes in place of the last one without.
  const chosen = treebank ? [...list.slice(0, shown_examples - 1), list.at(-1)!] : list.slice(0, shown_examples);
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">{t('examples')}</h2>
      <ul class="cards">
        {chosen.map((one) => (
          <ExampleCard key={one.query} example={one} />
        ))}
      </ul>
    </section>
  );
}

function ExampleCard({ example }: { example: Example }) {
  const asked = isQuery(example.query);
  const answer = useAnswer(`count ${example.query}`, () =>
    (asked ? query({ q: example.query, limit: 0 }) : search({ q: example.query, limit: 0 })).then((found) => (found.partial ? null : found.hits)),
  );
  return (
    <li>
      <a class="card" href={searchAddress(example.query)}>
        <span class="says">{t(example.says)}</span>
        {asked ? (
          <code dir="ltr">
            <Coloured text={example.query} />
          </code>
        ) : (
          <Arabic text={example.query} />
        )}
        <span class="count">{answer.state === 'here' && answer.value !== null ? t('hits', { n: answer.value }) : '\u00a0'}</span>
      </a>
    </li>
  );
}

/** As many are shown at first on a narrow page. */
const first_surahs = 10;

function Surahs() {
  const surahs = useSurahs();
  const present = surahs.filter((surah) => surah.present > 0);
  const all = useSignal(false);
  const shown = narrow.value && !all.value ? present.slice(0, first_surahs) : present;
  return (
    <section aria-labelledby="surahs">
      <h2 id="surahs">
        {t('surahs')} <span class="muted">{surahs.length > 0 ? number(present.length) : ''}</span>
      </h2>
      <ol class="surahs">
        {shown.map((surah) => (
          <SurahEntry key={surah.surah} surah={surah} />
        ))}
      </ol>
      {shown.length < present.length ? (
        <button type="button" class="all-surahs" onClick={() => (all.value = true)}>
          {t('show_all', { n: present.length })}
        </button>
      ) : null}
    </section>
  );
}

function SurahEntry({ surah }: { surah: Surah }) {
  return (
    <li>
      <a href={`/${surah.surah}`}>
        <span class="number">{number(surah.surah)}</span>
        <span class="names">
          {language.value === 'ar' ? (
            <span class="muted">
              {t(surah.place === 'Meccan' ? 'meccan' : 'medinan')} · {t('verses', { n: surah.verses })}
            </span>
          ) : (
            <>
              <bdi lang="ar-Latn">{surah.latin}</bdi>
              <span class="muted">{surah.english}</span>
            </>
          )}
        </span>
        <span class="quran" lang="ar" dir="rtl">
          {surah.name}
        </span>
      </a>
    </li>
  );
}

function Holdings({ about }: { about: Corpus }) {
  const name = useAttributeNames();
  const counts: readonly (readonly [Key, number])[] = [
    ['n_verses', about.counts.verses],
    ['n_words', about.counts.words],
    ['n_segments', about.counts.segments],
    ['n_roots', about.counts.roots],
    ['n_lemmas', about.counts.lemmas],
    ['n_sentences', about.counts.sentences],
  ];
  const { missing } = about;
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">{t('holds')}</h2>
      <dl class="counts">
        {counts.map(([key, n]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{number(n)}</dd>
          </div>
        ))}
      </dl>
      <table class="sources">
        <caption class="hidden-text">{t('sources')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('licence')}</th>
            <th scope="col">{t('here')}</th>
          </tr>
        </thead>
        <tbody>
          {about.sources.map((source) => (
            <tr key={source.source}>
              <th scope="row">
                <bdi lang="en">{source.address ? <a href={source.address}>{source.title}</a> : source.title}</bdi>
              </th>
              <td>
                <bdi lang="en">{source.licence}</bdi>
              </td>
              <td>{source.present ? t('yes') : t('no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {missing.attributes.length > 0 ? (
        <details>
          <summary>{t('missing_attributes', { n: missing.attributes.length })}</summary>
          <p>{missing.attributes.map(name).join(t('comma'))}</p>
        </details>
      ) : null}
      <p class="import-link">
        <a href="/import">{t('import_link')}</a>
      </p>
    </section>
  );
}

/** Near the top, that not all is here; further down it says how to get the rest. */
function Incomplete({ about: { missing } }: { about: Corpus }) {
  if (missing.verses === 0) return null;
  return (
    <p class="incomplete">
      {t('missing_verses', { n: missing.verses })}: <a href={`#${missing_id}`}>{t('import_whole')}</a>
    </p>
  );
}

const missing_id = 'missing';

/** What is not here, and how to get it. */
function Missing({ about }: { about: Corpus }) {
  const { missing } = about;
  if (missing.verses === 0) return null;
  return (
    <div class="notice" id={missing_id}>
      <h3>{t('missing_verses', { n: missing.verses })}</h3>
      <p>{about.starter ? t('starter') : t('incomplete')}</p>
      <Steps />
      <DropZone />
      <details>
        <summary>{t('step_import')}</summary>
        <pre dir="ltr" tabIndex={0}>
          <code>kalima import --text quran-uthmani.txt --morphology quranic-corpus-morphology-0.4.txt</code>
        </pre>
      </details>
    </div>
  );
}
