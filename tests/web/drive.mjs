// Drives the page in a browser, served by the real program.
//
// usage: node drive.mjs PROGRAM WORK CHROMIUM OUT      (run.sh does)
//
// WORK has two databases: starter.db, and trees.db, which has a treebank and MASAQ for a few surahs. KALIMA_WEB_ONLY
// names the tests to run, as a part of their names.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [program, work, chromiumPath, out] = process.argv.slice(2);
const modules = createRequire(fileURLToPath(new URL('../../src/web/package.json', import.meta.url)));
const { chromium } = modules('playwright-core');
const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const servers = [];

async function serve(database) {
  const child = spawn(program, ['serve', '--db', path.join(work, database), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.push(child);
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return /http:\/\/[^/]*/.exec(line)[0];
}
const starter = await serve('starter.db');
const trees = await serve('trees.db');
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });

// A page whose console, errors and requests are watched.
async function open(address, { language = 'en', theme = 'light', width = 1280, height = 900, before } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', locale: language, permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(20000);
  await context.addInitScript((chosen) => {
    window.localStorage.getItem('kalima.language') ?? window.localStorage.setItem('kalima.language', JSON.stringify(chosen));
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  }, language);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const seen = { problems: [], requests: [] };
  page.on('pageerror', (error) => seen.problems.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('the server responded with a status of 4')) seen.problems.push(message.text());
  });
  page.on('request', (request) => seen.requests.push(request.url()));
  await page.goto(address);
  await settled(page);
  const close = async () => {
    assert.deepEqual(seen.problems, [], address);
    for (const url of seen.requests) assert.ok(url.startsWith(new URL(address).origin) || url.startsWith('blob:'), `a request left: ${url}`);
    await context.close();
  };
  return { page, seen, close };
}

async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('.waiting'));
  await page.evaluate(() => document.fonts.ready);
}

const get = (address, path) => fetch(address + path).then((answer) => answer.json());
const texts = (page, selector) => page.locator(selector).allTextContents();
const at = (page) => decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search);

const screens = [
  [starter, '/'],
  [starter, '/search?q=[pos="V"]'],
  [starter, '/search?q=[pos="V"]&view=verses'],
  [starter, '/search?q=الرحمن'],
  [starter, '/search?q=a:[pos="V"] b:[pos="N"]&sort=-b.word&sample=20&cols=lemma,pos'],
  [starter, '/search?q=[pos="V"]&view=spread'],
  [starter, '/search?q=[pos="V"]&view=groups&by=match.aspect,match.lemma'],
  [starter, '/search?q=[pos="V"'],
  [starter, '/search?q=[root="xyz"]'],
  [starter, '/112'],
  [starter, '/112?layers=colours,transliteration,gloss,lemma,root,tags,translations'],
  [starter, '/112?view=running'],
  [starter, '/112:1:3'],
  [starter, '/root/rHm'],
  [starter, '/help'],
  [starter, '/search?build=yes'],
  [starter, '/search?q=[pos="V" %26 form="IV"] []{0,3} {case="ACC" | case="GEN"} within verse&build=yes'],
  [trees, '/search?q=[pos="V"] -Subj-> [pos="PN"]&build=yes'],
  [starter, '/112:9'],
  [starter, '/112?q=[pos="PN"]'],
  [starter, '/search?q=zzz'],
  [starter, '/nowhere'],
  [trees, '/112:1:1'],
  [trees, '/tree/1:2'],
  [trees, '/tree/112:1?form=rows'],
];

const tests = {
  async 'the start page loads alone and clean'() {
    const { page, close } = await open(`${starter}/`);
    assert.equal(await page.locator('.surahs li').count(), 23);
    assert.equal(await page.locator('.card').count(), 6);
    for (const count of await texts(page, '.card .count')) assert.match(count, /^[1-9][\d,]* hits?$/);
    assert.match(await page.locator('.notice h3').textContent(), /^6,072 verses/);
    await close();
  },

  async 'the box leads where people expect'() {
    for (const [typed, where] of [
      ['1:5', '/1:5'],
      ['al-fatiha 3', '/1:3'],
      ['الفاتحة', '/1'],
      ['الإخلاص 2', '/112:2'],
      ['rhm', '/root/rHm'],
      ['رحم', '/root/rHm'],
      ['ر ح م', '/root/rHm'],
      ['الرحمن', '/search?q=الرحمن'],
      ['[pos="V"]', '/search?q=[pos="V"]'],
      ['juz 30', '/juz:30'],
      ['سورة الإخلاص', '/112'],
      ['zzz', '/search?q=zzz'],
    ]) {
      const { page, close } = await open(`${starter}/help`);
      await page.keyboard.press('Slash');
      await page.keyboard.insertText(typed);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== '/help');
      assert.equal(at(page).replaceAll('+', ' '), where, typed);
      await settled(page);
      await close();
    }
  },

  async 'suggestions by keys'() {
    const { page, close } = await open(`${starter}/`);
    const box = page.getByRole('combobox', { name: /verse/ });
    await box.fill('رحم');
    await page.locator('[role=option]').first().waitFor();
    assert.equal(await box.getAttribute('aria-expanded'), 'true');
    const options = await page.locator('[role=option]').count();
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
    assert.equal(await box.getAttribute('aria-activedescendant'), await page.locator('[role=option]').nth(options - 1).getAttribute('id'));
    await page.keyboard.press('Escape');
    assert.equal(await box.getAttribute('aria-expanded'), 'false');
    await close();
  },

  async 'every text is that of the API, colours on and off'() {
    for (const layers of ['colours', 'none', 'colours,gloss,transliteration,lemma,root,tags']) {
      for (const surah of [1, 93, 98, 112]) {
        const { page, close } = await open(`${starter}/${surah}?layers=${layers}`);
        const { verses } = await get(starter, `/api/v1/verses/${surah}`);
        await page.locator('.verse').last().scrollIntoViewIfNeeded();
        await page.waitForFunction(() => [...document.querySelectorAll('.verse')].every((verse) => verse.querySelector('.w')));
        const shown = await page.evaluate(() => [...document.querySelectorAll('.verse')].map((verse) => [...verse.querySelectorAll('.verse-text .text')].map((text) => text.textContent).join('')));
        assert.deepEqual(shown, verses.map((verse) => verse.text), `${surah} with ${layers}`);
        await close();
      }
    }
  },

  async 'coloured words are as wide as plain ones'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    await page.locator('.verse').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll('.verse')].every((verse) => verse.querySelector('.w')));
    const differing = await page.evaluate(() =>
      [...document.querySelectorAll('.verse-text a.w .text')]
        .filter((text) => text.children.length > 1)
        .map((text) => {
          const plain = document.createElement('span');
          plain.className = 'quran probe verse-text';
          plain.textContent = text.textContent;
          plain.style.fontSize = getComputedStyle(text).fontSize;
          text.closest('.verses').append(plain);
          const difference = Math.abs(plain.getBoundingClientRect().width - text.getBoundingClientRect().width);
          plain.remove();
          return [text.textContent, difference];
        }),
    );
    assert.ok(differing.length >= 20, `${differing.length} words`);
    for (const [word, difference] of differing) assert.ok(difference < 0.5, `${word} differs by ${difference}`);
    await close();
  },

  async 'where letters would come apart, words stay whole'() {
    const { page, close } = await open(`${starter}/112?layers=colours`, {
      before: () => {
        // A browser in which a coloured word is wider.
        const measure = Element.prototype.getBoundingClientRect;
        Element.prototype.getBoundingClientRect = function () {
          const box = measure.call(this);
          return this.parentElement?.classList.contains('probe') && this.children.length > 1 ? new DOMRect(box.x, box.y, box.width + 4, box.height) : box;
        };
      },
    });
    await page.waitForFunction(() => document.querySelectorAll('[data-parts]').length > 0);
    assert.equal(await page.locator('.verse-text a.w span[class^=pos-]').count(), 0);
    assert.ok(await page.evaluate(() => CSS.highlights.get('pos-verb').size > 0 && CSS.highlights.get('pos-pronoun').size > 0));
    await close();
  },

  async 'the text is drawn by our font alone'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument', { depth: -1 });
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.verse-text' });
    assert.equal(nodeIds.length, 8);
    for (const nodeId of nodeIds) {
      const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
      assert.deepEqual(fonts.map((font) => [font.familyName, font.isCustomFont]), [['Kalima Quran', true]]);
    }
    await close();
  },

  async 'no ink is cut'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    const hidden = await page.evaluate(() =>
      [...document.querySelectorAll('.quran')].flatMap((element) => {
        const found = [];
        for (let at = element; at && at !== document.body; at = at.parentElement) if (['hidden', 'clip'].includes(getComputedStyle(at).overflowY)) found.push(at.className);
        return found;
      }),
    );
    assert.deepEqual(hidden, []);
    await close();
  },

  async 'a word opens beside the text, by keys alone'() {
    const { page, close } = await open(`${starter}/112`);
    await page.locator('[data-verse="112:1"] a.w').first().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.panel .word-large').waitFor();
    assert.equal(at(page), '/112:1:3');
    const { word } = await get(starter, '/api/v1/words/112:1:3');
    assert.equal(await page.locator('.panel .word-large').textContent(), word.word);
    // What values are called is asked for after the word.
    await page.locator('.panel', { hasText: 'proper noun' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname === '/112:1');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-word') === '3');
    // The address is enough to come back, and so is the browser's button.
    await page.goBack();
    await page.locator('.panel .word-large').waitFor();
    await page.reload();
    await page.locator('.panel .word-large').waitFor();
    assert.equal(at(page), '/112:1:3');
    await close();
  },

  async 'layers are in the address'() {
    const { page, close } = await open(`${starter}/112`);
    await page.getByLabel('Tags').check();
    assert.equal(at(page), '/112?layers=colours,tags,translations');
    await page.locator('.tags').first().waitFor();
    await page.reload();
    await page.locator('.tags').first().waitFor();
    assert.equal(await page.getByLabel('Tags').isChecked(), true);
    await close();
  },

  async 'a verse is copied in four forms'() {
    const { page, close } = await open(`${starter}/112`);
    const { verses } = await get(starter, '/api/v1/verses/112:1?layers=translations');
    const is_copied = async (name, text) => {
      await page.locator('[data-verse="112:1"] summary').click();
      await page.getByRole('button', { name, exact: true }).first().click();
      // Some forms ask the server first.
      const deadline = Date.now() + 10000;
      let copied = null;
      while (copied !== text && Date.now() < deadline) {
        await page.waitForTimeout(20);
        copied = await page.evaluate(() => navigator.clipboard.readText());
      }
      assert.equal(copied, text);
    };
    await is_copied('As stored', verses[0].text);
    await is_copied('Without vowels', 'قل هو ٱلله أحد');
    await is_copied('With reference', `${verses[0].text} (\u2066112:1\u2069)`);
    await is_copied('With translation', `${verses[0].text} (\u2066112:1\u2069)\n${verses[0].translations[0].text}`);
    await close();
  },

  async 'lines run from the right'() {
    for (const language of ['en', 'ar']) {
      const { page, close } = await open(`${starter}/search?q=[pos="V"]`, { language });
      const rows = await page.evaluate(() =>
        [...document.querySelectorAll('.kwic tbody tr')].map((row) => ['.before', '.match a', '.after'].map((part) => row.querySelector(part).getBoundingClientRect()).map(({ left, right }) => [left, right])),
      );
      assert.equal(rows.length, 50);
      for (const [before, match, after] of rows) assert.ok(before[0] >= match[1] - 1 && match[0] >= after[1] - 1);
      const answer = await get(starter, '/api/v1/query?q=[pos="V"]');
      assert.deepEqual(await texts(page, '.kwic .match'), answer.results.map((hit) => hit.match.join(' ')));
      assert.equal((await page.locator('.summary strong').textContent()).replace(/\D/g, ''), String(answer.hits));
      await close();
    }
  },

  async 'pages, context and views are in the address'() {
    const { page, close } = await open(`${starter}/search?q=[pos="N"]`);
    const first = await page.locator('.kwic .ref').first().textContent();
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForFunction((before) => document.querySelector('.kwic .ref')?.textContent !== before, first);
    assert.match(at(page), /page=2/);
    await page.getByRole('link', { name: 'Verses' }).click();
    await page.locator('.found .hit').first().waitFor();
    assert.match(at(page), /view=verses/);
    await page.goBack();
    await page.locator('.kwic').waitFor();
    await page.goBack();
    await page.waitForFunction((before) => document.querySelector('.kwic .ref')?.textContent === before, first);
    await close();
  },

  async 'hits are sorted, drawn by chance, and shown with columns'() {
    const { page, close } = await open(`${starter}/search?q=a:[pos="V"] b:[pos="N"]`);
    const shows = async (parameters) => {
      const { results } = await get(starter, `/api/v1/query?q=a:[pos="V"] b:[pos="N"]&${parameters}`);
      const wanted = results.map((hit) => hit.match.join(' '));
      await page.waitForFunction((lines) => JSON.stringify([...document.querySelectorAll('.kwic .match a')].map((line) => line.textContent)) === JSON.stringify(lines), wanted);
    };
    // Each line has a word for each label, also where the verse ends between them.
    assert.ok((await get(starter, '/api/v1/query?q=a:[pos="V"] b:[pos="N"]')).results.some((hit) => hit.start.split(':')[1] !== hit.end.split(':')[1]));
    for (const n of [1, 2]) assert.equal(await page.locator(`.kwic .match .capture-${n}`).count(), await page.locator('.kwic .match').count());
    await page.getByLabel('Sort').selectOption('b.lemma');
    assert.match(at(page), /sort=b\.lemma/);
    await shows('sort=b.lemma');
    await page.getByLabel('Descending').check();
    await shows('sort=-b.lemma');
    await page.getByLabel('Sample').selectOption('20');
    await page.getByRole('button', { name: 'Another sample' }).click();
    await shows('sort=-b.lemma&sample=20&seed=1');
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'part of speech' }).check();
    await page.locator('.with-columns').first().waitFor();
    assert.equal(await page.locator('.with-columns .below').first().textContent(), 'V');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Export', { exact: true }).click().then(() => page.getByRole('link', { name: 'TSV' }).click())]);
    const file = readFileSync(await download.path(), 'utf8').split('\n').filter((line) => line !== '' && !/^\ufeff?#/.test(line));
    assert.equal(file.length - 1, 20);
    assert.match(file[0], /pos/);
    await close();
  },

  async 'of a word only the segments of the hit are marked'() {
    const { page, close } = await open(`${starter}/search?q={pos="PRON" %26 type="suffix"}`);
    const { results } = await get(starter, '/api/v1/query?q={pos="PRON" %26 type="suffix"}');
    await page.waitForFunction((n) => document.querySelectorAll('.kwic .hit-segment').length === n, results.length);
    assert.deepEqual(await texts(page, '.kwic .match a'), results.map((hit) => hit.match.join(' ')));
    const { word } = await get(starter, '/api/v1/words/1:6:1');
    assert.equal(results[0].start, '1:6:1:2');
    assert.equal(await page.locator('.kwic .hit-segment').first().textContent(), word.segments[1].segment);
    await close();
  },

  async 'groups are counted, and lead to their hits'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]&view=groups`);
    await page.getByLabel('Group by').selectOption('match');
    await page.getByLabel('Attribute', { exact: true }).selectOption('aspect');
    assert.match(at(page), /by=match\.aspect/);
    const { grouping } = await get(starter, '/api/v1/query?q=[pos="V"]&group=match.aspect');
    await page.waitForFunction((n) => document.querySelectorAll('.groups tbody tr').length === n, grouping.total);
    assert.deepEqual((await texts(page, '.groups tbody td:nth-of-type(1)')).map((count) => Number(count.replace(/\D/g, ''))), grouping.groups.map((group) => group.hits));
    await page.locator('.groups tbody a').first().click();
    await page.locator('.kwic').waitFor();
    assert.equal((await page.locator('.summary strong').textContent()).replace(/\D/g, ''), String(grouping.groups[0].hits));
    await close();
  },

  async 'hits are spread over the surahs'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]&view=spread`);
    const { grouping, hits } = await get(starter, '/api/v1/query?q=[pos="V"]&group=match.surah_n&limit=200');
    const counts = (await texts(page, '.spread tbody .number')).map((count) => Number(count.replace(/\D/g, '')));
    assert.equal(counts.length, 23);
    assert.equal(counts.reduce((sum, n) => sum + n, 0), hits);
    assert.equal(counts[0], grouping.groups.find((group) => group.values[0] === '1').hits);
    await page.getByLabel('in order of revelation').check();
    assert.match(at(page), /order=revelation/);
    assert.match((await texts(page, '.spread tbody th'))[0], /^96\./);
    await page.locator('.spread tbody a').first().click();
    await page.locator('.verse-text .hit').first().waitFor();
    await close();
  },

  async 'a query is completed while it is typed, by keys alone'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]`);
    const box = page.getByRole('combobox', { name: /verse/ });
    const complete = async (name) => {
      await page.getByRole('option', { name }).waitFor();
      for (let n = 0; n < 12 && !(await page.locator('[role=option][aria-selected=true]').filter({ hasText: name }).count()); n++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    };
    await box.fill('');
    await page.keyboard.type('[asp');
    await complete(/aspect/);
    await page.waitForFunction(() => document.getElementById('box').value === '[aspect="');
    await complete(/imperative/);
    await page.waitForFunction(() => document.getElementById('box').value === '[aspect="IMPV"');
    await page.keyboard.type(']');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === '[aspect="IMPV"]');
    await settled(page);
    await close();
  },

  async 'hits stay marked in the text'() {
    const { page, close } = await open(`${starter}/search?q=[pos="PN"]&page=9999`);
    // Beyond the last page is the last one.
    await page.waitForFunction(() => !new URL(location.href).searchParams.get('page')?.startsWith('9999'));
    await page.goto(`${starter}/search?q=[pos="PN"] within <surah n="112"/>`);
    await page.locator('.kwic .match a').first().click();
    await page.locator('.verse-text .hit').first().waitFor();
    const { results } = await get(starter, '/api/v1/query?q=[pos="PN"] within <surah n="112"/>');
    assert.deepEqual(await texts(page, '.verse-text .hit > .text'), results.map((hit) => hit.match.join(' ')));
    await page.keyboard.press('Escape');
    await page.locator('.hit-bar [rel=next]').click();
    await page.waitForURL((url) => url.pathname === `/${results[1].start.split(':').slice(0, 2).join(':')}`);
    await page.getByRole('link', { name: 'Without the hits' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.verse-text .hit').length === 0);
    await close();
  },

  async 'what a word is goes into the query'() {
    const { page, close } = await open(`${starter}/112:1:1?q=[pos="V"]`);
    await page.getByRole('link', { name: 'Add to the query: imperative' }).click();
    await page.waitForURL((url) => url.searchParams.get('q') === '[pos="V" & aspect="IMPV"]');
    await page.waitForFunction(() => document.querySelectorAll('.query-card .condition').length === 2);
    await settled(page);
    await close();
  },

  async 'a link says with which corpus it was made'() {
    const { page, close } = await open(`${starter}/search?q=[pos="PN"]&sort=match.word`);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { hash } = await get(starter, '/api/v1/corpus');
    assert.equal(new URL(link).searchParams.get('c'), hash.slice(0, 8));
    await close();
    const same = await open(link);
    assert.equal(await same.page.getByText('another corpus').count(), 0);
    await same.close();
    const other = await open(link.replace(starter, trees));
    assert.equal(await other.page.getByText('another corpus').count(), 1);
    await other.close();
  },

  async 'what names nothing is said to be not found'() {
    for (const [address, where, says] of [
      ['/search?q=zzz', '.nothing', /Nothing was found/],
      ['/112:9', '.notice', /112:9.* not found/],
    ]) {
      const { page, close } = await open(starter + address);
      await page.locator(where).first().waitFor();
      assert.match(await page.locator(where).first().textContent(), says);
      await close();
    }
  },

  async 'a query is built without typing it'() {
    const { page, close } = await open(`${trees}/search?build=yes`);
    const asked = (query) => page.waitForURL((url) => url.searchParams.get('q') === query);
    const card = (n) => page.getByRole('group', { name: `Card ${n}` });
    await card(1).getByLabel('Value: part of speech').selectOption('V');
    await asked('[pos="V"]');
    await page.locator('.kwic').waitFor();
    await page.getByRole('button', { name: 'Add a gap' }).click();
    await page.getByRole('button', { name: 'Add a word' }).click();
    await card(3).getByLabel('Attribute').selectOption('root');
    await card(3).getByLabel('Value: root').selectOption('اله');
    await asked('[pos="V"] []{0,3} [root="اله"]');
    await card(1).getByLabel('Value: part of speech').selectOption('N');
    await page.getByLabel('Within one').selectOption('verse');
    await asked('[pos="V" | pos="N"] []{0,3} [root="اله"] within verse');
    await page.getByRole('button', { name: 'Remove: Card 2' }).click();
    await page.getByLabel('Between the cards').selectOption('dependent');
    await page.getByLabel('Relation', { exact: true }).selectOption('Subj');
    await asked('[pos="V" | pos="N"] -Subj-> [root="اله"] within verse');
    // What is typed is shown as cards, and what is more than cards is said to be.
    const query = page.getByRole('combobox', { name: /verse/ });
    await query.fill('{pos="P"} [pos="N"]+');
    await page.keyboard.press('Enter');
    await asked('{pos="P"} [pos="N"]+');
    await page.waitForFunction(() => document.querySelectorAll('.query-card').length === 2);
    await query.fill('([pos="V"] | [pos="N"]) [pos="P"]');
    await page.keyboard.press('Enter');
    await page.getByText('more than cards can show').waitFor();
    await page.reload();
    await page.getByText('more than cards can show').waitFor();
    await close();
    // Where there are many values, they are typed.
    const typed = await open(`${starter}/search?q=[root="رحم"]&build=yes`);
    await typed.page.getByLabel('Value: root').focus();
    await typed.page.keyboard.insertText('ملك');
    await typed.page.keyboard.press('Enter');
    await typed.page.waitForURL((url) => url.searchParams.get('q') === '[root="رحم" | root="ملك"]');
    await settled(typed.page);
    await typed.close();
  },

  async 'an error has its place'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"`);
    assert.match(await page.locator('#query-error').textContent(), /expected '\]'/);
    assert.equal(await page.locator('.box .q-wrong').count(), 1);
    assert.equal(await page.getByRole('combobox', { name: /verse/ }).getAttribute('aria-invalid'), 'true');
    await close();
  },

  async 'a tree is drawn from the right and says what the API says'() {
    for (const language of ['en', 'ar']) {
      const { page, close } = await open(`${trees}/tree/1:2?form=arcs`, { language });
      const { sentences } = await get(trees, '/api/v1/trees/1:2');
      await page.locator('.arc').first().waitFor();
      const [sentence] = sentences;
      const related = sentence.nodes.filter((node) => node.head !== null && node.head !== node.id && node.relation && node.relation !== 'NonRel');
      const drawn = await page.evaluate(() => ({
        words: [...document.querySelectorAll('.tree-words li')].map((item) => item.getBoundingClientRect().left),
        labels: [...document.querySelectorAll('.arc-lines text')].map((text) => text.getBoundingClientRect()).map(({ left, right, top, bottom }) => [left, right, top, bottom]),
      }));
      assert.equal(drawn.words.length, sentence.nodes.length);
      for (let n = 1; n < drawn.words.length; n++) assert.ok(drawn.words[n] < drawn.words[n - 1]);
      assert.equal(drawn.labels.length, related.length);
      for (const [n, [left, right, top, bottom]] of drawn.labels.entries()) {
        for (const [other_left, other_right, other_top, other_bottom] of drawn.labels.slice(n + 1)) {
          assert.ok(right <= other_left || other_right <= left || bottom <= other_top || other_bottom <= top, 'two labels meet');
        }
      }
      await close();
    }
  },

  async 'a tree is saved as SVG, PNG and CoNLL-U'() {
    const { page, close } = await open(`${trees}/tree/1:2?form=arcs`);
    const { sentences } = await get(trees, '/api/v1/trees/1:2');
    await page.locator('.arc').first().waitFor();
    const saved = async (name) => {
      await page.getByText('Export', { exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
      return readFileSync(await download.path());
    };
    const svg = String(await saved('SVG'));
    // Elsewhere, because the policy of the page would speak of the style within the picture.
    const apart = await browser.newPage();
    const parsed = await apart.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { error: picture.querySelector('parsererror') !== null, title: picture.querySelector('title')?.textContent, texts: picture.querySelectorAll('text').length };
    }, svg);
    await apart.close();
    assert.equal(parsed.error, false);
    assert.equal(parsed.title, 'Syntax tree 1:2');
    assert.ok(parsed.texts > sentences[0].nodes.length);
    assert.match(svg, /@font-face/);
    const png = await saved('PNG');
    writeFileSync(path.join(out, 'tree.png'), png);
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.length > 5000);
    const rows = String(await saved('CoNLL-U')).split('\n').filter((line) => /^\d+(\.\d+)?\t/.test(line));
    assert.equal(rows.length, sentences[0].nodes.length);
    await close();
  },

  async 'from an example to a line, its word and its tree by keys alone'() {
    const { page, close } = await open(`${trees}/`);
    const reach = async (selector) => {
      for (let n = 0; n < 150; n++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return page.keyboard.press('Enter');
      }
      throw new Error(`${selector} is not reached`);
    };
    await reach('.card');
    await page.locator('.kwic').waitFor();
    await reach('.kwic .match a');
    await page.locator('.panel a.relation').first().waitFor();
    await reach('.panel a.relation');
    await page.locator('.tree-words, .tree-rows').first().waitFor();
    assert.match(at(page), /^\/tree\//);
    await close();
  },

  async 'axe finds nothing, and nothing scrolls sideways'() {
    const found = [];
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
    for (const language of ['en', 'ar']) {
      for (const width of [320, 1280]) {
        for (const [server, address] of screens) {
          const { page, close } = await open(server + address, { language, width });
          for (const theme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme: theme });
            await page.waitForTimeout(200);
            await page.evaluate(axe);
            const { violations } = await page.evaluate((chosen) => window.axe.run(document, chosen), rules);
            for (const one of violations) found.push(`${address} ${language} ${theme} ${width}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
            const name = `${address.replace(/[^\p{L}\d]+/gu, '_').replace(/^_|_$/g, '') || 'start'}-${language}-${theme}-${width}.png`;
            await page.screenshot({ path: path.join(out, name) });
          }
          if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.push(`${address} ${language} ${width} scrolls sideways`);
          await close();
        }
      }
    }
    assert.deepEqual(found, []);
  },
};

let failures = 0;
for (const [name, run] of Object.entries(tests)) {
  if (process.env.KALIMA_WEB_ONLY && !name.includes(process.env.KALIMA_WEB_ONLY)) continue;
  const began = Date.now();
  try {
    await run();
    console.log(`passed: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures++;
    console.log(`failed: ${name}\n${error.stack}`);
  }
}
await browser.close();
for (const child of servers) {
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  child.kill('SIGTERM');
  assert.equal(await ended, 0, 'the exit code of the server');
}
if (failures > 0) process.exit(1);
