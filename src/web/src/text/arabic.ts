// Forms in which corpus text is copied and compared.

const signs = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]/g;

/** Without vowels and signs of recitation; the letters stay as they are. */
export const withoutVowels = (text: string): string => text.replace(signs, '').replace(/\u0640/g, '').replace(/ {2,}/g, ' ').trim();

export const hasArabic = (text: string): boolean => /[\u0600-\u06ff]/.test(text);

/** Letters that stand for one another where something is looked for. */
const alike = ['اأإآٱء', 'يىئ', 'وؤ', 'هة'] as const;
const likeIt = (letter: string): string => alike.find((letters) => letters.includes(letter)) ?? letter;
/** An expression of the query language for the values that contain these letters, with any vowels. */
export const loosely = (text: string): string => `.*${[...withoutVowels(text).replace(/\s/g, '')].map((letter) => `[${likeIt(letter).replace(/[[\]^\\"-]/g, '\\$&')}][\\p{M}ـ]*`).join('')}.*`;

/** ٢٥٥, for the ornament at the end of a verse. */
export const arabicDigits = (number: number): string => String(number).replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));

const buckwalter: Readonly<Record<string, string>> = {
  ء: "'", أ: '>', إ: '<', ؤ: '&', ئ: '}', آ: '|', ا: 'A', ٱ: '{', ب: 'b', ت: 't', ث: 'v', ج: 'j', ح: 'H', خ: 'x', د: 'd', ذ: '*', ر: 'r', ز: 'z', س: 's',
  ش: '$', ص: 'S', ض: 'D', ط: 'T', ظ: 'Z', ع: 'E', غ: 'g', ف: 'f', ق: 'q', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h', و: 'w', ي: 'y', ى: 'Y', ة: 'p',
};
/** Letters of a root for an address. */
export const rootAddress = (root: string): string => `/root/${encodeURIComponent([...root].map((letter) => buckwalter[letter] ?? letter).join(''))}`;
export const lemmaAddress = (lemma: string): string => `/lemma/${encodeURIComponent(lemma)}`;
/** ر ح م */
export const spaced = (root: string): string => [...root].join(' ');
