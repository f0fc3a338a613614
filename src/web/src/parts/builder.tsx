// A query as cards from right to left, always in step with the box: what is changed here is written there, and what is
// typed there is shown here where cards can show it.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { listAttributes, suggest, type Attribute } from '../api/client';
import { useAnswer } from '../answers';
import { named, number, t } from '../i18n';
import { useValueNames } from '../labels';
import { go, withParameters } from '../router';
import { cardsOf, exactly, isComplete, new_card, next_to, once, write, type Card, type Cards, type Condition, type Join, type Value } from '../text/cards';
import { asWords, isQuery } from '../text/cql';
import { Icon } from './basics';

/** Attributes with more values than this are typed, with suggestions. */
const max_listed = 60;
const regions = ['verse', 'surah', 'ruku', 'quarter', 'hizb', 'juz', 'page'] as const;
const first_condition: Condition = { attribute: 'pos', operator: '=', values: [] };
const start: Cards = { cards: [{ ...new_card, conditions: [first_condition] }], joins: [], within: '', where: '' };

const replaced = <Item,>(list: readonly Item[], index: number, item: Item): readonly Item[] => list.map((one, at) => (at === index ? item : one));
const without = <Item,>(list: readonly Item[], index: number): readonly Item[] => list.filter((_, at) => at !== index);

const shownAs = (q: string): Cards | null => (q.trim() === '' ? start : cardsOf(isQuery(q) ? q : asWords(q)));

export function Builder({ q }: { q: string }) {
  const [query, setQuery] = useState<Cards | null>(() => shownAs(q));
  const attributes = useAnswer('attributes', () => listAttributes());
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (query === null || write(query) !== q) {
      const read = shownAs(q);
      // What is still to be filled in is not lost while the rest is run.
      if (!(query !== null && !isComplete(query) && q.trim() === '')) setQuery(read);
    }
  }, [q]);

  function change(next: Cards) {
    setQuery(next);
    if (isComplete(next)) go(withParameters({ q: write(next), page: undefined }), { replace: true });
  }
  if (query === null) {
    return (
      <section class="builder" aria-label={t('builder')}>
        <p>{t('builder_beyond')}</p>
        <button type="button" onClick={() => setQuery(start)}>
          {t('builder_new')}
        </button>
      </section>
    );
  }
  const known = attributes.state === 'here' ? (attributes.value.attributes ?? []) : [];
  const usable = known.filter((one) => (one.level === 'segment' || one.level === 'word') && one.words > 0);
  const treebank = known.some((one) => one.name === 'relation' && one.words > 0);
  const { cards, joins, within, where } = query;
  const append = (card: Card) => change({ ...query, cards: [...cards, card], joins: [...joins, next_to] });
  function remove(index: number) {
    change({ ...query!, cards: without(cards, index), joins: without(joins, Math.max(0, index - 1)) });
    add.current?.focus();
  }
  return (
    <section class="builder" aria-label={t('builder')}>
      <ol class="query-cards" dir="rtl">
        {cards.map((card, index) => (
          <li key={index} class="query-card">
            {index > 0 && treebank ? (
              <div class="query-join">
                <JoinChoice join={joins[index - 1]!} change={(join) => change({ ...query, joins: replaced(joins, index - 1, join) })} />
              </div>
            ) : null}
            <CardForm
              card={card}
              title={t('card', { n: index + 1 })}
              attributes={usable}
              change={(next) => change({ ...query, cards: replaced(cards, index, next) })}
              remove={cards.length > 1 ? () => remove(index) : undefined}
            />
          </li>
        ))}
      </ol>
      <div class="options">
        <button type="button" ref={add} onClick={() => append({ ...new_card, conditions: [first_condition] })}>
          {t('add_word')}
        </button>
        <button type="button" onClick={() => append({ ...new_card, repeat: { min: 0, max: 3 } })}>
          {t('add_gap')}
        </button>
        <label>
          {t('within')}{' '}
          <select value={within} onChange={(event) => change({ ...query, within: event.currentTarget.value })}>
            <option value="">{t('within_nothing')}</option>
            {within !== '' && !regions.some((one) => one === within) ? <option value={within}>{within}</option> : null}
            {regions.map((one) => (
              <option key={one} value={one}>
                {t(`region_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {where === '' ? null : (
        <p class="options">
          <label>
            {t('where')} <input type="text" dir="ltr" class="where" value={where} onChange={(event) => change({ ...query, where: event.currentTarget.value.trim() })} />
          </label>
        </p>
      )}
      {isComplete(query) ? null : (
        <p class="muted" role="status">
          {t('builder_incomplete')}
        </p>
      )}
    </section>
  );
}

/** What is between two cards. */
function JoinChoice({ join, change }: { join: Join; change: (join: Join) => void }) {
  const answer = useAnswer(join.edge === 'none' ? null : 'attribute relation', () => listAttributes({ name: 'relation', limit: 500 }));
  const label = useValueNames(['relation']);
  const relations = (answer.state === 'here' ? (answer.value.values ?? []) : []).filter((one) => one.words > 0 && one.value !== 'root' && one.value !== 'NonRel');
  return (
    <>
      <select aria-label={t('join')} value={join.edge} onChange={(event) => change({ edge: event.currentTarget.value as Join['edge'], relation: join.relation })}>
        {(['none', 'dependent', 'head'] as const).map((edge) => (
          <option key={edge} value={edge}>
            {t(`edge_${edge}`)}
          </option>
        ))}
      </select>
      {join.edge === 'none' ? null : (
        <select aria-label={t('relation')} value={join.relation} onChange={(event) => change({ ...join, relation: event.currentTarget.value })}>
          <option value="">{t('any_relation')}</option>
          {relations.some((one) => one.value === join.relation) || join.relation === '' ? null : <option value={join.relation}>{join.relation}</option>}
          {relations.map((one) => (
            <option key={one.value} value={one.value}>
              {`${label('relation', one.value)} (${number(one.words)})`}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

interface CardProps {
  readonly card: Card;
  readonly title: string;
  readonly attributes: readonly Attribute[];
  readonly change: (card: Card) => void;
  readonly remove: (() => void) | undefined;
}

function CardForm({ card, title, attributes, change, remove }: CardProps) {
  const { conditions } = card;
  return (
    <fieldset>
      <legend>
        {title}
        {card.label === '' ? null : <code> {card.label}</code>}
      </legend>
      <div class="row">
        <select aria-label={t('kind')} value={card.kind} onChange={(event) => change({ ...card, kind: event.currentTarget.value as Card['kind'], conditions: event.currentTarget.value === 'written' ? [] : conditions })}>
          <option value="word">{t('card_word')}</option>
          <option value="segment">{t('card_segment')}</option>
          <option value="written">{t('card_written')}</option>
        </select>
        {remove ? (
          <button type="button" class="plain" aria-label={`${t('remove')}: ${title}`} onClick={remove}>
            <Icon name="close" />
          </button>
        ) : null}
      </div>
      {card.kind === 'written' ? (
        <input type="text" dir="rtl" lang="ar" class="quran small" aria-label={t('card_written')} value={card.written} onChange={(event) => change({ ...card, written: event.currentTarget.value.trim() })} />
      ) : (
        <>
          {conditions.length === 0 ? <p class="muted">{t('any_word')}</p> : null}
          {conditions.map((condition, index) => (
            <ConditionForm
              key={index}
              condition={condition}
              attributes={attributes}
              change={(next) => change({ ...card, conditions: replaced(conditions, index, next) })}
              remove={() => change({ ...card, conditions: without(conditions, index) })}
            />
          ))}
          <button type="button" class="plain" onClick={() => change({ ...card, conditions: [...conditions, { ...first_condition, attribute: conditions.some((one) => one.attribute === 'pos') ? 'root' : 'pos' }] })}>
            {t('add_condition')}
          </button>
        </>
      )}
      <RepeatChoice card={card} change={change} />
    </fieldset>
  );
}

function RepeatChoice({ card, change }: { card: Card; change: (card: Card) => void }) {
  const { min, max } = card.repeat;
  if (min === 1 && max === 1) {
    return (
      <button type="button" class="plain" onClick={() => change({ ...card, repeat: { min: 0, max: 1 } })}>
        {t('repeat')}
      </button>
    );
  }
  const limit = (text: string): number => Math.min(100, Math.max(0, Math.trunc(Number(text)) || 0));
  return (
    <p class="row repeat">
      <label>
        {t('times_from')}{' '}
        <input type="number" min="0" max="100" value={min} onChange={(event) => change({ ...card, repeat: { min: limit(event.currentTarget.value), max: max === null ? null : Math.max(max, limit(event.currentTarget.value)) } })} />
      </label>
      <label>
        {t('times_to')}{' '}
        <input
          type="number"
          min={min}
          max="100"
          value={max ?? ''}
          placeholder="∞"
          onChange={(event) => change({ ...card, repeat: { min, max: event.currentTarget.value === '' ? null : Math.max(min, limit(event.currentTarget.value), 1) } })}
        />
      </label>
      <span>{t('times')}</span>
      <button type="button" class="plain" aria-label={t('times_once')} title={t('times_once')} onClick={() => change({ ...card, repeat: once })}>
        <Icon name="close" />
      </button>
    </p>
  );
}

interface ConditionProps {
  readonly condition: Condition;
  readonly attributes: readonly Attribute[];
  readonly change: (condition: Condition) => void;
  readonly remove: () => void;
}

function ConditionForm({ condition, attributes, change, remove }: ConditionProps) {
  const { attribute, operator, values } = condition;
  const about = attributes.find((one) => one.name === attribute);
  const label = useValueNames();
  const negated = operator.startsWith('!');
  const addValue = (value: Value) => change({ ...condition, values: negated ? [value] : [...values, value] });
  return (
    <div class="condition">
      <div class="row">
        <select aria-label={t('attribute')} value={attribute} onChange={(event) => change({ ...condition, attribute: event.currentTarget.value, values: [] })}>
          {about ? null : <option value={attribute}>{attribute}</option>}
          {attributes.map((one) => (
            <option key={one.name} value={one.name}>
              {named(one)}
            </option>
          ))}
        </select>
        <select aria-label={t('comparison')} value={operator} onChange={(event) => change({ ...condition, operator: event.currentTarget.value as Condition['operator'], values: event.currentTarget.value.startsWith('!') ? values.slice(0, 1) : values })}>
          {(['=', '!=', '==', '!=='] as const).map((one) => (
            <option key={one} value={one}>
              {t(({ '=': 'is', '!=': 'is_not', '==': 'is_exactly', '!==': 'is_not_exactly' } as const)[one])}
            </option>
          ))}
        </select>
        <button type="button" class="plain" aria-label={t('remove_condition')} title={t('remove_condition')} onClick={remove}>
          <Icon name="close" />
        </button>
      </div>
      {values.length > 0 ? (
        <ul class="values">
          {values.map((value, index) => (
            <li key={index}>
              <bdi class={/[\u0600-\u06ff]/.test(value.text) ? 'quran small' : undefined}>{value.text === '' ? t('without_value') : label(attribute, value.text)}</bdi>
              <button type="button" class="plain" aria-label={`${t('remove')}: ${value.text}`} onClick={() => change({ ...condition, values: without(values, index) })}>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {negated && values.length > 0 ? null : about && about.values <= max_listed ? (
        <ListedValue attribute={about} more={values.length > 0} add={addValue} />
      ) : (
        <TypedValue attribute={attribute} more={values.length > 0} add={addValue} />
      )}
    </div>
  );
}

interface ValueProps<Of> {
  readonly attribute: Of;
  /** There is a value already. */
  readonly more: boolean;
  readonly add: (value: Value) => void;
}

function ListedValue({ attribute, more, add }: ValueProps<Attribute>) {
  const answer = useAnswer(`attribute ${attribute.name}`, () => listAttributes({ name: attribute.name, limit: 500 }));
  const values = (answer.state === 'here' ? (answer.value.values ?? []) : []).filter((one) => one.words > 0);
  return (
    <select aria-label={`${t('value')}: ${named(attribute)}`} value="" onChange={(event) => (event.currentTarget.value === '' ? undefined : add(event.currentTarget.value === '\u0000' ? exactly('') : exactly(event.currentTarget.value)))}>
      <option value="">{t(more ? 'or_value' : 'choose_value')}</option>
      {values.map((one) => (
        <option key={one.value} value={one.value}>
          {`${named(one) || one.value} (${number(one.words)})`}
        </option>
      ))}
      <option value={'\u0000'}>{t('without_value')}</option>
    </select>
  );
}

function TypedValue({ attribute, more, add }: ValueProps<string>) {
  const [typed, type] = useState('');
  const id = useId();
  const answer = useAnswer(`values ${attribute} ${typed}`, () => suggest({ q: typed, attribute, limit: 20 }), true);
  const list = answer.state === 'here' ? answer.value.suggestions : [];
  function take(text: string) {
    if (text.trim() === '') return;
    type('');
    add(list.some((one) => one.insert === text) ? exactly(text) : { flag: '', text: text.trim() });
  }
  return (
    <>
      <input
        type="text"
        dir={typed === '' ? undefined : 'auto'}
        list={id}
        aria-label={`${t('value')}: ${attribute}`}
        placeholder={t(more ? 'or_value' : 'choose_value')}
        value={typed}
        onInput={(event) => type(event.currentTarget.value)}
        onChange={(event) => take(event.currentTarget.value)}
      />
      <datalist id={id}>
        {list.map((one) => (
          <option key={one.insert} value={one.insert}>
            {one.words === null ? '' : t('words', { n: one.words })}
          </option>
        ))}
      </datalist>
    </>
  );
}
