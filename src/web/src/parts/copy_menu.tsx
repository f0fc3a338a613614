// Copies a verse in one of four forms.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { getVerses, type Verse } from '../api/client';
import { answerTo } from '../answers';
import { t } from '../i18n';
import { withoutVowels } from '../text/arabic';
import { Icon } from './basics';

const forms = ['stored', 'no_vowels', 'reference', 'translation'] as const;

async function textIn(form: (typeof forms)[number], verse: Verse): Promise<string> {
  switch (form) {
    case 'stored':
      return verse.text;
    case 'no_vowels':
      return withoutVowels(verse.text);
    case 'reference':
      // The reference keeps its direction within Arabic text.
      return `${verse.text} (\u2066${verse.verse}\u2069)`;
    case 'translation': {
      const answer = await answerTo(`translations ${verse.verse}`, () => getVerses(verse.verse, { layers: ['translations'] }));
      const texts = (answer.verses[0]?.translations ?? []) as readonly { text?: string }[];
      return [`${verse.text} (\u2066${verse.verse}\u2069)`, ...texts.map((one) => one.text ?? '')].join('\n');
    }
  }
}

export function CopyMenu({ verse }: { verse: Verse }) {
  const done = useSignal(false);
  const box = useRef<HTMLDetailsElement>(null);
  async function copy(form: (typeof forms)[number]) {
    await navigator.clipboard.writeText(await textIn(form, verse));
    if (box.current) box.current.open = false;
    box.current?.querySelector('summary')?.focus();
    done.value = true;
    setTimeout(() => (done.value = false), 1500);
  }
  return (
    <details
      class="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.code !== 'Escape' || !box.current?.open) return;
        box.current.open = false;
        box.current.querySelector('summary')?.focus();
        event.stopPropagation();
      }}
      onFocusOut={(event) => {
        if (box.current && !box.current.contains(event.relatedTarget as Node | null)) box.current.open = false;
      }}
    >
      <summary aria-label={`${t('copy')} ${verse.verse}`} title={t('copy')}>
        <Icon name={done.value ? 'done' : 'copy'} />
      </summary>
      <ul>
        {forms.map((form) => (
          <li key={form}>
            <button type="button" onClick={() => void copy(form)}>
              {t(`copy_${form}`)}
            </button>
          </li>
        ))}
      </ul>
      <span class="hidden-text" role="status">
        {done.value ? t('copied') : ''}
      </span>
    </details>
  );
}
