// What the box takes, an example of each: one click shows what comes of it.
import { getCorpus } from '../api/client';
import { useAnswer } from '../answers';
import { t, type Key } from '../i18n';
import { useSurahs } from '../labels';
import { language } from '../settings';
import { searchAddress } from '../text/cql';

interface Try {
  readonly says: Key;
  readonly to: string;
  readonly example: string;
  /** Text of the Quran or a root, in its own script. */
  readonly arabic?: boolean;
}

/** Of the whole Quran what everyone knows, of less what is there. */
function triesOf(whole: boolean, surah: string, treebank: boolean): readonly Try[] {
  const verse = whole ? '2:255' : '112:1';
  return [
    { says: 'kind_verse', to: `/${verse}`, example: verse },
    { says: 'kind_surah', to: whole ? '/18' : '/112', example: surah, arabic: language.value === 'ar' },
    { says: 'kind_root', to: '/root/rHm', example: 'ر ح م', arabic: true },
    { says: 'word', to: searchAddress('الصراط'), example: 'الصراط', arabic: true },
    { says: 'kind_gloss', to: searchAddress('mercy'), example: 'mercy' },
    ...(treebank ? [{ says: 'tree', to: `/tree/${verse}`, example: verse } as const] : []),
  ];
}

export function Tries() {
  const corpus = useAnswer('corpus', () => getCorpus());
  const surahs = useSurahs();
  if (corpus.state !== 'here' || surahs.length === 0) return <p class="tries">{'\u00a0'}</p>;
  const { starter, missing, counts } = corpus.value;
  const whole = !starter && missing.verses === 0;
  const surah = surahs.find((one) => one.surah === (whole ? 18 : 112));
  return (
    <ul class="tries" aria-label={t('tries')}>
      {triesOf(whole, (language.value === 'ar' ? surah?.name : surah?.latin) ?? '', counts.nodes > 0).map((one) => (
        <li key={one.to}>
          <a href={one.to}>
            <span class="muted">{t(one.says)}</span> {one.arabic ? <bdi class="quran" lang="ar">{one.example}</bdi> : <bdi>{one.example}</bdi>}
          </a>
        </li>
      ))}
    </ul>
  );
}
