// Functions of the page, as Vite compiles them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serverMessages } from './server_messages.mjs';

const root = fileURLToPath(new URL('../../src/web', import.meta.url));
const { createServer } = await import(createRequire(`${root}/package.json`).resolve('vite').replace(/index\.cjs$/, 'dist/node/index.js'));
const vite = await createServer({ root, appType: 'custom', logLevel: 'error', server: { middlewareMode: true, watch: null, ws: false }, optimizeDeps: { noDiscovery: true } });
after(() => vite.close());
const load = (name) => vite.ssrLoadModule(`/src/${name}`);

test('words are cut where their segments meet', async () => {
  const { splitWord } = await load('text/split.ts');
  for (const [word, segments, parts] of [
    ['بِسْمِ', ['بِ', 'سْمِ'], ['بِ', 'سْمِ']],
    ['ٱلرَّحْمَـٰنِ', ['ٱل', 'رَّحْمَٰنِ'], ['ٱل', 'رَّحْمَـٰنِ']],
    ['فِيهِ', ['فِي', 'هِ'], ['فِي', 'هِ']],
    ['رَزَقْنَـٰهُمْ', ['رَزَقْ', 'نَٰ', 'هُمْ'], ['رَزَقْ', 'نَـٰ', 'هُمْ']],
    ['لِّلْمُتَّقِينَ', ['لِّ', 'لْ', 'مُتَّقِينَ'], ['لِّ', 'لْ', 'مُتَّقِينَ']],
    // The sign of an open tanwin belongs to the letter before it.
    ['هُدًۭى', ['هُدًى'], ['هُدًۭى']],
    ['سِنَةٌۭ', ['سِنَةٌ'], ['سِنَةٌۭ']],
    ['عِلْمِهِۦٓ', ['عِلْمِ', 'هِ'], ['عِلْمِ', 'هِۦٓ']],
    // A segment that is only a mark.
    ['رَب\u0651\u0650', ['رَب\u0651', '\u0650'], ['رَب\u0651', '\u0650']],
  ]) {
    assert.deepEqual(splitWord(word, segments), parts, word);
  }
});

test('a gloss is shown without the signs that ended it in a sentence', async () => {
  const { glossShown } = await load('text/gloss.ts');
  for (const [gloss, shown] of [
    ['Allah -', 'Allah'],
    ['Him,', 'Him'],
    ['Say,', 'Say'],
    ['(the) Throne.', '(the) Throne'],
    ['(it is) you).', '(it is) you)'],
    ['Do you not know?', 'Do you not know?'],
    ['well-being', 'well-being'],
    ['-', '-'],
  ]) {
    assert.equal(glossShown(gloss), shown);
  }
});

test('the parts of a word are the word', async () => {
  const { splitWord } = await load('text/split.ts');
  // Whatever the segments are spelt like.
  let seed = 7;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const letters = [...'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآٱ\u0640\u064e\u064f\u0650\u0651\u0652\u064b\u0670\u06e6\u06ed'];
  const made = (n) => Array.from({ length: n }, () => letters[random(letters.length)]).join('');
  for (let round = 0; round < 3000; round++) {
    const word = made(1 + random(12));
    const parts = splitWord(word, Array.from({ length: 1 + random(5) }, () => made(1 + random(5))));
    if (parts !== null) {
      assert.equal(parts.join(''), word);
      assert.ok(parts.every((part) => part !== ''));
    }
  }
});

test('a path names a screen', async () => {
  globalThis.window = { location: { href: 'http://x/' }, addEventListener() {} };
  globalThis.document = { addEventListener() {} };
  const { routeOf } = await load('router.ts');
  for (const [path, route] of [
    ['/', { screen: 'start' }],
    ['/search', { screen: 'search' }],
    ['/2', { screen: 'reader', range: '2', word: null }],
    ['/2:255', { screen: 'reader', range: '2:255', word: null }],
    ['/2:255:3', { screen: 'reader', range: '2:255', word: 3 }],
    ['/2:255-257', { screen: 'reader', range: '2:255-257', word: null }],
    ['/juz:30', { screen: 'reader', range: 'juz:30', word: null }],
    ['/tree/2:255', { screen: 'tree', verse: '2:255' }],
    ['/root/rHm', { screen: 'root', name: 'rHm' }],
    ['/lemma/%D8%B1%D8%A8', { screen: 'lemma', name: 'رب' }],
    ['/nowhere', { screen: 'missing' }],
    ['/tree/x', { screen: 'missing' }],
    ['/root/', { screen: 'missing' }],
    ['/2:255:3:1', { screen: 'missing' }],
    ['/root/%E0%A4%A', { screen: 'root', name: '%E0%A4%A' }],
  ]) {
    assert.deepEqual(routeOf(path), route, path);
  }
});

test('colours leave a query as it is', async () => {
  const { tokens, isQuery } = await load('text/cql.ts');
  for (const query of ['[pos="V"]', '[root="رحم" & !pos="N"]{1,3}', 'a:[] -Subj-> b:[] :: a.root = b.root', '"\\"', '[word="', '(?longest) <verse/> []*', '😀 [', "l'x'%cd", '']) {
    assert.equal(tokens(query).map((token) => token.text).join(''), query);
  }
  assert.equal(tokens('[pos="V"]').map((token) => token.kind).join(), 'bracket,name,operator,string,bracket');
  for (const text of ['الرحمن', 'Al-Baqara 255', '2:255', 'rHm', 'mercy', 'ر ح م']) assert.equal(isQuery(text), false, text);
  for (const text of ['[pos="V"]', '{pos="P"}', '"رحم" []', '<verse/>', '[] -Subj-> []']) assert.equal(isQuery(text), true, text);
});

test('copied text', async () => {
  const { withoutVowels, arabicDigits, rootAddress } = await load('text/arabic.ts');
  assert.equal(withoutVowels('بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ'), 'بسم ٱلله ٱلرحمن ٱلرحيم');
  assert.equal(arabicDigits(255), '٢٥٥');
  assert.equal(rootAddress('رحم'), '/root/rHm');
});

test('arcs of a tree do not meet', async () => {
  const { placeArcs } = await load('text/layout.ts');
  let seed = 3;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 300; round++) {
    const arcs = Array.from({ length: 1 + random(30) }, () => ({ from: random(1500), to: random(1500), width: 20 + random(90) }));
    const placed = placeArcs(arcs, 8);
    for (const [index, one] of placed.entries()) {
      assert.ok(one.level >= 1);
      const [begin, end] = [Math.min(one.from, one.to, (one.from + one.to - one.width) / 2), Math.max(one.from, one.to, (one.from + one.to + one.width) / 2)];
      for (const other of placed.slice(index + 1)) {
        if (other.level !== one.level) continue;
        const [from, to] = [Math.min(other.from, other.to, (other.from + other.to - other.width) / 2), Math.max(other.from, other.to, (other.from + other.to + other.width) / 2)];
        assert.ok(to <= begin || end <= from, `${JSON.stringify(one)} ${JSON.stringify(other)}`);
      }
    }
  }
});

test('both languages say the same things', () => {
  const [en, ar] = ['en', 'ar'].map((name) => JSON.parse(readFileSync(`${root}/src/i18n/${name}.json`, 'utf8')));
  assert.deepEqual(Object.keys(en).sort(), Object.keys(ar).sort());
  const values = (text) => [...new Set([...(typeof text === 'string' ? text : text.other).matchAll(/\{\w+\}/g)].map(String))].sort();
  for (const key of Object.keys(en)) {
    assert.equal(typeof en[key], typeof ar[key], key);
    assert.deepEqual(values(en[key]), values(ar[key]), key);
    if (typeof ar[key] === 'object') assert.deepEqual(Object.keys(ar[key]).sort(), ['few', 'many', 'one', 'other', 'two', 'zero'], key);
  }
});

test('the page says in Arabic whatever the server may say to it', async () => {
  const { loadServerTexts, saidInArabic } = await load('i18n/server.ts');
  await loadServerTexts();
  const messages = [...serverMessages()];
  assert.ok(messages.length > 300, `${messages.length} messages are found`);
  // What is filled in at the end may be empty, such as what else could be meant.
  const filled = (text) => text.replace(/(?<=[a-z])(?:\{\})+$/, '').replaceAll('{}', '7').replace(/ $/, ' 7');
  const expected = (text) => saidInArabic(`this is not possible here; expected ${text}`);
  const missing = messages.filter(([text, { expects }]) => (expects ? expected(filled(text)).includes(filled(text)) : saidInArabic(filled(text)) === null));
  assert.deepEqual(missing.map(([text, { file }]) => `${file}: ${text}`), []);
  // Messages that are put together.
  assert.equal(saidInArabic("the attribute 'lema' is unknown", 'did you mean lemma or lem?'), 'لا توجد سمة اسمها \u2066lema\u2069؛ هل تقصد \u2066lemma\u2069 أو \u2066lem\u2069؟');
  assert.equal(saidInArabic('root "abc" not found', 'did you mean ab or bc or ca'), 'لا يوجد الجذر \u2066abc\u2069؛ هل تقصد \u2066ab\u2069، \u2066bc\u2069 أو \u2066ca\u2069؟');
  // What is asked for may read as if it were several.
  assert.equal(saidInArabic("the attribute 'this or that' is unknown"), 'لا توجد سمة اسمها \u2066this or that\u2069.');
  // No noun stays English.
  for (const kind of ['import', 'annotation', 'hypothesis', 'pronoun', 'connections', 'translation', 'tag', 'pattern', 'query', 'subcorpus', 'list']) {
    assert.match(saidInArabic(`${kind} "7" not found`), /^[^a-z]*7[^a-z]*$/, kind);
  }
  for (const region of ['juz', 'hizb', 'quarter', 'manzil', 'ruku', 'page']) assert.match(saidInArabic(`${region}:999 not found`, `the Quran has ${region} 1 to 30`), /^[^a-z]*999[^a-z]*30[^a-z]*$/, region);
  assert.match(saidInArabic('surah 115 not found', 'the Quran has surahs 1 to 114'), /^[^a-z]*115[^a-z]*114[^a-z]*$/);
  assert.equal(saidInArabic("pos: 'x' does not occur in this corpus; did you mean 'N'?"), '\u2066pos\u2069: لا توجد \u2066x\u2069 في هذه المدونة؛ هل تقصد \u2066N\u2069؟');
});

test('a query goes to cards and back unchanged, or is more than they show', async () => {
  const { cardsOf, write } = await load('text/cards.ts');
  const bare = (query) => query.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_whole, text) => text ?? '');
  const queries = [...readFileSync(new URL('../../docs/query.md', import.meta.url), 'utf8').matchAll(/```cql\n([^]*?)```/g)].flatMap(([, block]) => block.trim().split('\n').map((line) => line.replace(/\s*# \d.*$/, '')));
  assert.ok(queries.length >= 30);
  const more = [];
  for (const query of queries) {
    const cards = cardsOf(query);
    if (cards === null) more.push(query);
    else assert.equal(bare(write(cards)), bare(query));
  }
  // What occurs again is never shown as cards.
  const simple = (query) => !/repeat|repetition|similar/.test(query);
  assert.ok(more.filter(simple).length <= queries.filter(simple).length / 4, more.join('\n'));
  // Nothing of these is dropped silently.
  for (const query of more) assert.match(query, /[()]|<\w|<\/|!-|-->>|_|!|>=/, query);
  for (const query of [
    '[]', '[pos="V"]', '{pos="P"}', '"الله"', '"من" "قبل"', '[root="رحم" & pos="N"]', '[root="رحم" & (pos="N" | pos="PN")]', '[pos="N" | pos="PN"]', 'a:[pos="V"] []{0,3} b:[pos="N"]',
    '[pos="N"]+', '[pos="N"]{2}', '[pos="N"]{2,}', '[pos="N"]{2,4}', '[pos="ADJ"]?', '[] [pos="V"]', '[lemma==l"ٱللَّه"]', '[root=b"rHm"]', '[pos!="V"]', '[gender=""]', '[word="a\\"b"]', '[plain="م.*ون"]',
    '[plain="a\\.b"]', '[pos="V"] -Subj-> [pos="PN"]', '{pos="N"} <-Obj- {pos="V"}', '[] -"subj <<la>>"-> []', '[pos="V"] --> [pos="N"]', '[pos="V"] []* [lemma="رَبّ"] within verse',
    '[pos="V"] within <surah n="1"/>', 'a:[] b:[] :: a.root = b.root', 'a:[] b:[] within verse :: a.root = b.root & distance(a,b) > 2',
  ]) {
    const cards = cardsOf(query);
    assert.ok(cards, query);
    assert.equal(write(cards), query);
  }
  for (const query of ['', '[pos="V"', '[pos="V" | root="x"]', '([pos="V"])', '[!pos="V"]', '[] ::', '[] within [pos="V"]', '[] within verse within surah', '(?longest) [pos="N"]', '[pos="V"] [', '[pos="N"%c]', '[n>3]', '{pos="V"} !-Subj-> _', 'repeat(n>=3)', 'similar("2:47")',
    '[] a:repeat([pos="N"]{2}, by=root, d:differ<=1)', '[repetition>=10]', '[] within <verse similarity>=90/>']) {
    assert.equal(cardsOf(query), null, query);
  }
});

test('a condition is added to a query', async () => {
  const { withCondition } = await load('text/cards.ts');
  for (const [query, attribute, value, with_it] of [
    ['', 'pos', 'V', '[pos="V"]'],
    ['[pos="V"]', 'form', 'IV', '[pos="V" & form="IV"]'],
    ['[pos="V"]', 'pos', 'V', '[pos="V"]'],
    ['[] {pos="P"} within verse', 'case', 'GEN', '[] {pos="P" & case="GEN"} within verse'],
    ['[pos="V"]', 'clitic', 'A:INTG+', '[pos="V" & clitic=l"A:INTG+"]'],
    ['([])', 'pos', 'V', '[pos="V"]'],
    ['"الله"', 'pos', 'V', '[pos="V"]'],
  ]) {
    assert.equal(withCondition(query, attribute, value), with_it);
  }
});

test('a tree as CoNLL-U is a tree', async () => {
  const { conllu } = await load('text/conllu.ts');
  const names = { upos: (tag) => (tag === 'V' ? 'VERB' : 'NOUN'), deprel: (relation) => relation.toLowerCase() };
  const node = (id, head, place, relation, pos = 'N') => ({ node: { id, head, place, form: null, pos, relation }, form: `f${id}` });
  const file = (rows, words = new Map()) => conllu(rows, words, names, ['sent_id = 1']);
  assert.equal(
    file([node(5, null, '1:1:1:1', 'root', 'V'), node(6, 5, null, 'Subj'), node(7, 6, '1:1:2:1', 'Adj'), node(8, null, '1:1:2:2', 'NonRel')], new Map([['1:1:2', 'f7f8']])),
    [
      '# sent_id = 1',
      '1\tf5\t_\tVERB\tV\t_\t0\troot\t0:root\tRef=1:1:1:1|Rel=root',
      '1.1\tf6\t_\tNOUN\tN\t_\t_\t_\t1:subj\tRel=Subj',
      '2-3\tf7f8\t_\t_\t_\t_\t_\t_\t_\tRef=1:1:2',
      '2\tf7\t_\tNOUN\tN\t_\t1\tdep\t1.1:adj\tRef=1:1:2:1|Rel=Adj',
      '3\tf8\t_\tNOUN\tN\t_\t1\tdep\t_\tRef=1:1:2:2',
      '',
      '',
    ].join('\n'),
  );
  // Whatever the edges are, there is one root, and all lead to it.
  let seed = 11;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 2000; round++) {
    const size = 1 + random(7);
    const rows = Array.from({ length: size }, (_, n) => node(n + 1, random(4) ? 1 + random(size) : null, random(4) || n === 0 ? `1:1:${n + 1}:1` : null, random(5) ? 'Obj' : 'NonRel'));
    const heads = new Map(file(rows).split('\n').filter((line) => /^\d+\t/.test(line)).map((line) => [line.split('\t')[0], line.split('\t')[6]]));
    assert.equal([...heads.values()].filter((head) => head === '0').length, 1);
    for (let at of heads.keys()) {
      for (let steps = 0; at !== '0'; at = heads.get(at), steps++) assert.ok(steps <= size && heads.has(at));
    }
  }
});

test('a clause is found in a query, however it is spaced', async () => {
  const { clauseIn } = await load('text/cql.ts');
  for (const [query, clause, wanted] of [
    ['[pos="V" & form="X"]', '[form="X"]', 'form="X"'],
    ['[pos = "V"] [root="a b"]', '[pos="V"]', '[pos = "V"]'],
    ['"a" {case="ACC"}', '{case="ACC"}', '{case="ACC"}'],
    ['[pos="V"]', '[pos="N"]', null],
  ]) {
    const place = clauseIn(query, clause);
    assert.equal(place && query.slice(place.from, place.to), wanted);
  }
});

test('a text is cut at places counted in code points', async () => {
  const { marked } = await load('text/marks.ts');
  assert.deepEqual(marked('𝒂bcd', [{ from: 1, to: 3 }]), [{ text: '𝒂', hit: false }, { text: 'bc', hit: true }, { text: 'd', hit: false }]);
  assert.deepEqual(marked('abc', [{ from: 1, to: 3 }, { from: 0, to: 2 }]), [{ text: 'ab', hit: true }, { text: 'c', hit: true }]);
  assert.deepEqual(marked('abc', []), [{ text: 'abc', hit: false }]);
});

test('sixty queries are cards and the same queries again, or are said to be more', async () => {
  const { cardsOf, write } = await load('text/cards.ts');
  const queries = readFileSync(new URL('queries.txt', import.meta.url), 'utf8').trim().split('\n');
  assert.equal(queries.length, 60);
  const shown = queries.filter((query) => {
    const cards = cardsOf(query);
    if (cards) assert.equal(write(cards).replace(/\s+/g, ''), query.replace(/\s+/g, ''));
    return cards !== null;
  });
  assert.ok(shown.length >= 50, `${shown.length} are shown`);
});
