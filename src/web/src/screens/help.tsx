import { useEffect } from 'preact/hooks';
import { getCorpus, listAttributes } from '../api/client';
import { useAnswer } from '../answers';
import { named, number, t, type Key } from '../i18n';
import { When } from '../parts/basics';
import { Coloured } from '../parts/box';
import { letterKeys } from '../settings';
import { searchAddress, quoted } from '../text/cql';
import { colourOf } from '../text/tags';

const language: readonly (readonly [Key, string])[] = [
  ['help_word', '[word="رحمة"]'],
  ['help_attribute', '[root="رحم" & pos="N"]'],
  ['help_either', '[lemma="قَالَ" | lemma="سَأَلَ"]'],
  ['help_not', '[pos="V" & !aspect="PERF"]'],
  ['help_sequence', '[pos="P"] [pos="PN"]'],
  ['help_gap', '[root="امن"] []{0,3} [root="عمل"]'],
  ['help_segment', '{pos="CONJ"} {pos="P"}'],
  ['help_regex', '[plain="م.*ون"]'],
  ['help_within', '([pos="V"] []* [lemma="رَبّ"]) within verse'],
  ['help_label', 'a:[pos="V"] []{0,4} b:[pos="V"] :: a.root = b.root'],
  ['help_tree', '[pos="V"] -Subj-> [pos="PN"]'],
];
const keys: readonly (readonly [string, Key])[] = [
  ['/', 'key_box'],
  ['Ctrl K', 'key_box'],
  ['↑ ↓', 'key_suggestions'],
  ['← →', 'key_words'],
  ['Home End', 'key_ends'],
  ['Enter', 'key_open'],
  ['J K', 'key_steps'],
  ['T', 'key_tree'],
  ['V', 'key_verse'],
  ['R', 'key_root'],
  ['M', 'key_lemma'],
  ['C', 'key_copy'],
  ['L', 'key_link'],
  ['N', 'key_note'],
  ['B', 'key_builder'],
  ['X', 'key_context'],
  ['E', 'key_export'],
  ['1 … 9', 'key_tabs'],
  ['[ ]', 'key_pages'],
  ['?', 'key_help'],
  ['Esc', 'key_close'],
];

export function Help() {
  const corpus = useAnswer('corpus', () => getCorpus());
  const attributes = useAnswer('attributes', () => listAttributes());
  const tags = useAnswer('attribute pos', () => listAttributes({ name: 'pos', limit: 500 }));
  useEffect(() => {
    document.title = `${t('help')} · Kalima`;
  }, []);
  useEffect(() => {
    if (window.location.hash) document.querySelector(window.location.hash)?.scrollIntoView();
  }, [corpus.state, attributes.state, tags.state]);
  return (
    <div class="help">
      <h1>{t('help')}</h1>
      <p>{t('help_intro')}</p>
      <h2 id="language">{t('help_language')}</h2>
      <p>
        <a href="/search?build=yes">{t('builder_open')}</a>
      </p>
      <ul class="runnable">
        {language.map(([says, query]) => (
          <li key={query}>
            <span>{t(says)}</span>
            <a href={searchAddress(query)}>
              <code dir="ltr">
                <Coloured text={query} />
              </code>
            </a>
          </li>
        ))}
      </ul>
      <h2 id="attributes">{t('help_attributes')}</h2>
      <When answer={attributes}>
        {({ attributes: list = [] }) => (
          <div class="scroll attributes" tabIndex={0} role="region" aria-labelledby="attributes">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('meaning')}</th>
                  <th scope="col">{t('example')}</th>
                  <th scope="col" class="number">
                    {t('n_words')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {list
                  .filter((one) => one.words > 0)
                  .map((one) => (
                    <tr key={one.name}>
                      <th scope="row">
                        <code dir="ltr">{one.name}</code>
                      </th>
                      <td>{named(one)}</td>
                      <td>
                        <a href={searchAddress(one.example)}>
                          <code dir="ltr">
                            <Coloured text={one.example} />
                          </code>
                        </a>
                      </td>
                      <td class="number">{number(one.words)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </When>
      <h2 id="tags">{t('help_tags')}</h2>
      <When answer={tags}>
        {({ values = [] }) => (
          <div class="scroll" tabIndex={0} role="region" aria-labelledby="tags">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('tag')}</th>
                  <th scope="col">English</th>
                  <th scope="col" lang="ar">
                    العربية
                  </th>
                  <th scope="col">UD</th>
                  <th scope="col" class="number">
                    {t('n_words')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {values.map((value) => (
                  <tr key={value.value}>
                    <th scope="row">
                      <a href={searchAddress(`[pos=${quoted(value.value)}]`)} class={colourOf(value.value)}>
                        <code>{value.value}</code>
                      </a>
                    </th>
                    <td lang="en">
                      <bdi>{value.english}</bdi>
                    </td>
                    <td lang="ar">
                      <bdi>{value.arabic}</bdi>
                    </td>
                    <td>
                      <bdi>{value.ud}</bdi>
                    </td>
                    <td class="number">{number(value.words)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </When>
      <h2 id="keys">{t('help_keys')}</h2>
      <dl class="keys">
        {keys.map(([key, says]) => (
          <div key={key}>
            <dt>
              <kbd dir="ltr">{key}</kbd>
            </dt>
            <dd>{t(says)}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">{t('keys_by_place')}</p>
      <p>
        <label>
          <input type="checkbox" checked={letterKeys.value} onChange={(event) => (letterKeys.value = event.currentTarget.checked)} /> {t('letter_keys')}
        </label>
      </p>
      <h2 id="sources">{t('sources')}</h2>
      <When answer={corpus}>
        {(about) => (
          <ul>
            {about.sources.map((source) => (
              <li key={source.source}>
                <bdi lang="en">
                  {source.address ? <a href={source.address}>{source.title}</a> : source.title}: {source.licence}
                </bdi>
              </li>
            ))}
          </ul>
        )}
      </When>
      <p>{t('help_fonts')}</p>
      <h2 id="api">API</h2>
      <p>
        {t('help_api')} <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>
      </p>
    </div>
  );
}
