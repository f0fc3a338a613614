// Copies a verse in one of four forms.
import { useSignal } from '@preact/signals';
import { getVerses, type Verse } from '../api/client';
import { answerTo } from '../answers';
import { t } from '../i18n';
import { useHasTranslations } from '../notes';
import { withoutVowels } from '../text/arabic';
import { Icon } from './basics';
import { Menu } from './menu';
import { permalink } from './permalink';

const forms = ['stored', 'no_vowels', 'reference', 'translation', 'cite', 'link'] as const;

async function textIn(form: (typeof forms)[number], verse: Verse): Promise<string> {
  switch (form) {
    case 'stored':
      return verse.text;
    case 'no_vowels':
      return withoutVowels(verse.text);
    case 'reference':
      // The reference keeps its direction within Arabic text.
      return `${verse.text} (\u2066${verse.verse}\u2069)`;
    case 'link':
      return permalink(`/${verse.verse}`);
    case 'cite':
      return `${verse.text} (\u2066${verse.verse}\u2069)\n${t('cited_from')} ${await permalink(`/${verse.verse}`)}`;
    case 'translation': {
      const answer = await answerTo(`translations ${verse.verse}`, () => getVerses(verse.verse, { layers: ['translations'] }));
      const texts = (answer.verses[0]?.translations ?? []) as readonly { text?: string }[];
      return [`${verse.text} (\u2066${verse.verse}\u2069)`, ...texts.map((one) => one.text ?? '')].join('\n');
    }
  }
}

export function CopyMenu({ verse }: { verse: Verse }) {
  const done = useSignal(false);
  const translated = useHasTranslations();
  async function copy(form: (typeof forms)[number], close: () => void) {
    await navigator.clipboard.writeText(await textIn(form, verse));
    close();
    done.value = true;
    setTimeout(() => (done.value = false), 1500);
  }
  return (
    <>
      <Menu plain pressedBy="KeyC" label={`${t('copy')} ${verse.verse}`} title={<Icon name={done.value ? 'done' : 'copy'} />}>
        {(close) =>
          forms.filter((form) => form !== 'translation' || translated).map((form) => (
            <li key={form}>
              <button type="button" onClick={() => void copy(form, close)}>
                {t(`copy_${form}`)}
              </button>
            </li>
          ))
        }
      </Menu>
      <span class="hidden-text" role="status">
        {done.value ? t('copied') : ''}
      </span>
    </>
  );
}
