// A verse of several sentences, above their trees: which words are in the one that is shown. A click on another leads to its tree.
import { Fragment } from 'preact';
import type { Sentence, Verse } from '../api/client';
import { withParameters } from '../router';
import { t } from '../i18n';

/** The sentence of each word of the verse, counted from 0. */
function sentencesOf(verse: string, sentences: readonly Sentence[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, sentence] of sentences.entries()) {
    for (const { place } of sentence.nodes) {
      const [surah, ayah, word] = place?.split(':') ?? [];
      if (`${surah}:${ayah}` === verse && word !== undefined && !found.has(Number(word))) found.set(Number(word), index);
    }
  }
  return found;
}

export function TreeVerse({ verse, sentences, at }: { verse: Verse; sentences: readonly Sentence[]; at: number }) {
  const of = sentencesOf(verse.verse, sentences);
  return (
    <p class="tree-verse quran" lang="ar" dir="rtl">
      {(verse.words ?? []).map(({ n, word }) => {
        const index = of.get(n);
        return (
          <Fragment key={n}>
            {index === undefined ? (
              <span class="faded">{word}</span>
            ) : (
              <a href={withParameters({ sentence: index === 0 ? undefined : String(index + 1) })} aria-current={index === at ? 'true' : undefined} title={t('sentence_number', { n: index + 1 })}>
                {word}
              </a>
            )}{' '}
          </Fragment>
        );
      })}
    </p>
  );
}
