// What attributes and their values are called, from the server's table.
import { listAttributes, listSurahs, type Attributes, type Surah } from './api/client';
import { answerTo, useAnswer } from './answers';
import { named, t } from './i18n';
import { governingWord } from './i18n/governing';
import { language } from './settings';

const none: readonly never[] = [];

/** Names of the attributes; the name itself until they are known. */
export function useAttributeNames(): (name: string) => string {
  const answer = useAnswer('attributes', () => listAttributes());
  const all = answer.state === 'here' ? (answer.value.attributes ?? none) : none;
  return (name) => {
    const attribute = all.find((one) => one.name === name);
    return attribute ? named(attribute) : name;
  };
}

const closed = ['pos', 'type', 'form', 'aspect', 'voice', 'mood', 'person', 'gender', 'number', 'case', 'state', 'derivation', 'clitic', 'group', 'relation', 'phrase_kind'] as const;
export type Labelled = (typeof closed)[number];
/** The attribute, if its values have names. */
export const labelled = (name: unknown): Labelled | null => closed.find((one) => one === name) ?? null;
export type Labels = Readonly<Record<string, ReadonlyMap<string, { english: string; arabic: string }>>>;

const allLabels = (names: readonly string[]): Promise<Labels> =>
  Promise.all(
    names.map((name) =>
      answerTo(`attribute ${name}`, () => listAttributes({ name, limit: 500 }).catch((): Attributes => ({ values: [] }))).then(
        (answer) => [name, new Map((answer.values ?? []).map((value) => [value.value, { english: value.english ?? value.value, arabic: value.arabic ?? value.english ?? value.value }]))] as const,
      ),
    ),
  ).then((pairs) => Object.fromEntries(pairs));

/** Names of values: `label('pos', 'V')` is "verb". */
export function useValueNames(names: readonly Labelled[] = closed): (attribute: string, value: string) => string {
  const answer = useAnswer(`labels ${names.join()}`, () => allLabels(names));
  return (attribute, value) => {
    const label = answer.state === 'here' ? answer.value[attribute]?.get(value) : undefined;
    return attribute === 'relation' ? nameOfRelation(value, label) : label ? named(label) : value;
  };
}

/** Of what the treebank names only by the word that governs it: `subj <<kan>>`. */
function nameOfRelation(value: string, label: { english: string; arabic: string } | undefined): string {
  const of = /^(subj|pred) ?<<(.*)>>$/.exec(value);
  if (of) {
    const word = (language.value === 'ar' ? governingWord(of[2]!) : null) ?? `\u2066${of[2]}\u2069`;
    return t(of[1] === 'subj' ? 'relation_subject_of' : 'relation_predicate_of', { of: word });
  }
  if (value === 'root') return t('relation_top');
  if (value === 'NonRel') return t('relation_none');
  return label ? named(label) : value;
}

export function useSurahs(): readonly Surah[] {
  const answer = useAnswer('surahs', () => listSurahs());
  return answer.state === 'here' ? answer.value.surahs : none;
}
