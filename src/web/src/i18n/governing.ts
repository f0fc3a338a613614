// The words that the treebank's relations name, as they are written in Arabic: `subj <<kan>>` is "اسم كان". The treebank writes
// them in Latin letters of its own, some in several ways.
const written: Readonly<Record<string, string>> = {
  in: 'إن', en: 'إن', an: 'أن', "ka'ana": 'كأن', lakin: 'لكن', lakun: 'لكن', lel: 'لعل', layt: 'ليت', la: 'لا', ma: 'ما',
  kan: 'كان', kant: 'كانت', ka: 'كان', kn: 'كان', kon: 'كان', ykon: 'يكون', tkon: 'تكون', akon: 'أكون', nkon: 'نكون', ykn: 'يكن', tkn: 'تكن', tknm: 'تكن', akn: 'أكن', nkn: 'نكن',
  yk: 'يك', tk: 'تك', nko: 'نك',
  lays: 'ليس', las: 'ليس', layst: 'ليست', asbah: 'أصبح', asbaht: 'أصبحت', ysbah: 'يصبح', tusbih: 'تصبح', dam: 'دام', dm: 'دام', zala: 'ظل', yazal: 'يزال',
  kad: 'كاد', ykad: 'يكاد', tkad: 'تكاد', akad: 'أكاد', easaa: 'عسى', "tafta'": 'تفتأ', barah: 'برح',
};

/** The word in Arabic letters; null for one that is not known. */
export const governingWord = (latin: string): string | null => written[latin] ?? null;
