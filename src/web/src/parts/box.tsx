// The box for everything: a verse, the name of a surah, a root, a word, a query.
import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { completionsOf, type Completion } from '../complete';
import { named, number, t } from '../i18n';
import { go } from '../router';
import { remember } from '../settings';
import { hasArabic } from '../text/arabic';
import { isQuery, tokens } from '../text/cql';
import { destinationsOf, leadTo, type Destination } from '../where';
import { Arabic, Icon } from './basics';

/** A line of the list below the box: a place to go to, or how the query may go on. */
interface Option {
  readonly kind: Destination['kind'] | 'complete' | 'saved' | 'list';
  readonly key: string;
  readonly title: string;
  readonly arabic?: string | undefined;
  readonly detail?: string | undefined;
  readonly count?: number | undefined;
  readonly choose: () => void;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

interface Props {
  readonly value?: string;
  /** Where an error is in the query, from 1. */
  readonly errorAt?: number | undefined;
  /** Clauses of the query that find nothing, in UTF-16 units. */
  readonly failing?: readonly Place[] | undefined;
  readonly describedBy?: string | undefined;
  readonly large?: boolean;
  /** Runs what was typed instead of leading to what it may mean. */
  readonly run?: ((text: string) => void) | undefined;
}

export function Box({ value = '', errorAt, failing, describedBy, large = false, run }: Props) {
  const text = useSignal(value);
  const options = useSignal<readonly Option[]>([]);
  const chosen = useSignal(-1);
  const open = useSignal(false);
  const mirror = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const cursor = useRef<number | null>(null);
  const id = useId();

  // After a completion the cursor is where one goes on typing.
  useLayoutEffect(() => {
    if (cursor.current === null || !input.current) return;
    input.current.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  });

  // Before anything can be typed.
  useLayoutEffect(() => {
    text.value = value;
    open.value = false;
  }, [value]);

  useEffect(() => {
    const asked = text.value;
    if (!open.value) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      const at = input.current?.selectionStart ?? asked.length;
      const none: readonly never[] = [];
      Promise.all([completionsOf(asked, at).catch(() => none), destinationsOf(asked).catch(() => none)]).then(
        ([completions, destinations]) => {
          if (!wanted) return;
          // What was chosen among the former ones stays so.
          const before = options.value[chosen.value]?.key;
          options.value = [...completions.map(completing), ...destinations.map(leading)];
          chosen.value = options.value.findIndex(({ key }) => key === before);
        },
        () => undefined,
      );
    }, 120);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text.value, open.value]);

  const leading = (one: Destination): Option => ({ ...one, key: one.to, choose: () => leave(one.to) });
  const completing = ({ suggestion, text: whole, cursor: at }: Completion): Option => ({
    kind: suggestion.kind === 'query' ? 'saved' : suggestion.kind === 'list' ? 'list' : 'complete',
    key: `complete ${whole}`,
    title: suggestion.text,
    detail: named(suggestion) === suggestion.text ? undefined : named(suggestion) || undefined,
    count: suggestion.words ?? undefined,
    choose: () => {
      cursor.current = at;
      text.value = whole;
      chosen.value = -1;
    },
  });

  function leave(to: string) {
    open.value = false;
    remember(text.value.trim());
    go(to);
  }

  async function submit(event: Event) {
    event.preventDefault();
    const typed = text.value.trim();
    if (typed === '') return;
    const option = open.value ? options.value[chosen.value] : undefined;
    if (option) return option.choose();
    if (run && isQuery(typed)) {
      open.value = false;
      remember(typed);
      return run(typed);
    }
    leave(await leadTo(typed));
  }

  function keys(event: KeyboardEvent) {
    const last = options.value.length - 1;
    if (event.code === 'Escape' && open.value) {
      open.value = false;
      event.stopPropagation();
    } else if (event.code === 'ArrowDown' || event.code === 'ArrowUp') {
      if (!open.value) open.value = true;
      else if (last >= 0) chosen.value = event.code === 'ArrowDown' ? (chosen.value >= last ? 0 : chosen.value + 1) : chosen.value <= 0 ? last : chosen.value - 1;
      event.preventDefault();
    }
  }

  const query = isQuery(text.value);
  // An example is read as the interface is.
  const direction = query ? 'ltr' : text.value === '' ? undefined : 'auto';
  const shown = open.value && options.value.length > 0 && text.value.trim() !== '';
  return (
    <form
      class={large ? 'box large' : 'box'}
      role="search"
      onSubmit={(event) => void submit(event)}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) open.value = false;
      }}
    >
      <div class="box-field" dir={direction}>
        <div class="box-mirror" ref={mirror} aria-hidden="true">
          {query ? <Coloured text={text.value} errorAt={text.value === value ? errorAt : undefined} failing={text.value === value ? failing : undefined} /> : text.value}
        </div>
        <input
          ref={input}
          id="box"
          type="text"
          role="combobox"
          dir={direction}
          aria-label={t('box_label')}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && chosen.value >= 0 ? `${id}-${chosen.value}` : undefined}
          aria-invalid={errorAt !== undefined && text.value === value}
          aria-describedby={describedBy}
          placeholder={t('box_hint')}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={4000}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            open.value = true;
          }}
          onScroll={(event) => {
            if (mirror.current) mirror.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
          onKeyDown={keys}
        />
      </div>
      <button class="box-go" type="submit" aria-label={t('box_go')}>
        <Icon name="search" />
      </button>
      <ul id={`${id}-list`} class="box-options" role="listbox" aria-label={t('suggestions')} hidden={!shown}>
        {options.value.map((option, index) => (
          <li
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen.value}
            onPointerDown={(event) => event.preventDefault()}
            onClick={option.choose}
          >
            <span class="kind">{t(`kind_${option.kind}`)}</span>
            <span class="what">
              {option.arabic ? <Arabic text={option.arabic} /> : null}
              <bdi dir={option.kind === 'query' ? 'ltr' : undefined} class={option.kind === 'complete' && hasArabic(option.title) ? 'quran' : undefined}>{option.title}</bdi>
              {option.detail ? <span class="muted">{option.detail}</span> : null}
            </span>
            {option.count === undefined ? null : <span class="count">{number(option.count)}</span>}
          </li>
        ))}
      </ul>
      <p class="hidden-text" role="status">
        {shown ? t('suggestion_count', { n: options.value.length }) : ''}
      </p>
    </form>
  );
}

/** A query in its colours, with the place of an error, or the clauses that find nothing, underlined. */
export function Coloured({ text, errorAt, failing = [] }: { text: string; errorAt?: number | undefined; failing?: readonly Place[] | undefined }) {
  let begin = 0;
  // The server counts code points, and an error may be after the last one.
  const at = errorAt === undefined ? -1 : [...text].slice(0, errorAt - 1).join('').length;
  const list = tokens(text).map((token, index) => {
    const from = begin;
    begin += token.text.length;
    const wrong = (at >= from && at < begin) || failing.some((place) => from < place.to && begin > place.from);
    return (
      <span key={index} class={`q-${token.kind}${wrong ? ' q-wrong' : ''}`}>
        {token.text}
      </span>
    );
  });
  return (
    <>
      {list}
      {at >= text.length ? <span class="q-wrong"> </span> : null}
    </>
  );
}
