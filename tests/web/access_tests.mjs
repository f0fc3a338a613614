// Keys alone, and what axe finds on every screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { goTo, isAt, jobs, modules, open, out, settled, starter, trees } from './support.mjs';

const axe = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

const screens = [
  [starter, '/'],
  [starter, '/search?q=[pos="V"]'],
  [starter, '/search?q=[pos="V"]&view=verses'],
  [starter, '/search?q=الرحمن'],
  [starter, '/search?q=a:[pos="V"] b:[pos="N"]&sort=-b.word&sample=20&cols=lemma,pos'],
  [starter, '/search?q=[pos="V"]&view=spread'],
  [starter, '/search?q=[pos="V"]&view=groups&by=match.aspect,match.lemma'],
  [starter, '/search?q=[pos="PN"]&view=collocates&min=1'],
  [starter, '/search?q=[pos="V"'],
  [starter, '/search?q=[root="xyz"]'],
  [starter, '/112'],
  [starter, '/112?layers=colours,transliteration,gloss,lemma,root,tags,translations'],
  [starter, '/112?view=running'],
  [starter, '/112:1:3'],
  [starter, '/root/rHm'],
  [starter, '/help'],
  [starter, '/lists'],
  [starter, '/lists/roots'],
  [starter, '/lists/tags?sort=value'],
  [starter, '/lists/ngrams?of=word'],
  [starter, '/import'],
  [starter, '/notes?new=yes'],
  [starter, '/112:1?layers=colours,notes'],
  [starter, '/search?build=yes'],
  [starter, '/search?q=[pos="V" %26 form="IV"] []{0,3} {case="ACC" | case="GEN"} within verse&build=yes'],
  [trees, '/search?q=[pos="V"] -Subj-> [pos="PN"]&build=yes'],
  [starter, '/112:9'],
  [starter, '/112:1-3'],
  [starter, '/root/zzz'],
  [starter, '/search?q=Al-Ikhlas 9'],
  [starter, '/112?q=[pos="PN"]'],
  [starter, '/search?q=zzz'],
  [starter, '/nowhere'],
  [starter, '/tree/112:1'],
  [starter, '/tree/98:8?sentence=2&form=arcs'],
  [trees, '/112:1:1'],
  [trees, '/tree/1:2'],
  [trees, '/tree/112:1?form=rows'],
];

export const tests = {
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
    await isAt(page, /^\/tree\//);
    await close();
  },

  async 'letters are keys by their place, and can be switched off'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]`, { language: 'ar' });
    // As a keyboard with an Arabic layout sends it.
    const arabic = (code, key) => page.evaluate(([pressed, letter]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code: pressed, key: letter, bubbles: true, cancelable: true })), [code, key]);
    const line = () => page.evaluate(() => [...document.querySelectorAll('.kwic tbody tr')].findIndex((row) => row.contains(document.activeElement)));
    await arabic('KeyJ', 'ت');
    assert.equal(await line(), 0);
    await arabic('KeyJ', 'ت');
    assert.equal(await line(), 1);
    await arabic('KeyK', 'ن');
    assert.equal(await line(), 0);
    await arabic('KeyX', 'ء');
    await page.waitForURL((url) => url.searchParams.get('ctx') === '8');
    await arabic('Digit2', '٢');
    await page.waitForURL((url) => url.searchParams.get('view') === 'verses');
    await settled(page);
    await arabic('BracketRight', 'د');
    await page.waitForURL((url) => url.searchParams.get('page') === '2');
    await settled(page);
    await page.keyboard.press('b');
    await page.locator('.builder').waitFor();
    // Not while something is typed.
    await page.locator('#box').focus();
    await page.keyboard.type('t');
    await page.waitForFunction(() => document.getElementById('box').value.endsWith('t'));
    assert.equal(await page.evaluate(() => window.location.pathname), '/search');
    await goTo(page, '/112:1:3');
    await page.locator('.panel a.relation').waitFor();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('t');
    await page.waitForURL((url) => url.pathname === '/tree/112:1');
    await page.keyboard.press('v');
    await page.waitForURL((url) => url.pathname === '/112:1');
    await page.keyboard.press('Shift+Slash');
    await page.waitForURL((url) => url.pathname === '/help');
    await settled(page);
    await page.getByRole('checkbox').uncheck();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Slash');
    assert.notEqual(await page.evaluate(() => document.activeElement.id), 'box');
    await close();
  },

  async 'the focus comes back to what opened a form or a list'() {
    const { page, close } = await open(`${starter}/112?layers=notes`);
    const focused = (verse, text) =>
      page.waitForFunction(([in_verse, says]) => (document.activeElement.closest('[data-verse]')?.dataset.verse ?? '') === in_verse && document.activeElement.textContent === says, [verse, text]);
    await page.locator('[data-verse="112:2"]').getByRole('button', { name: 'New note' }).press('Enter');
    await page.getByLabel('Remark').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.locator('.note-form').waitFor({ state: 'detached' });
    await focused('112:2', 'New note');
    await goTo(page, '/notes?new=yes');
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.locator('.note-form').waitFor({ state: 'detached' });
    await focused('', 'New note');
    await goTo(page, '/search?q=[pos="V"]');
    await page.locator('.found-line summary').press('Enter');
    await page.getByRole('link', { name: 'TSV' }).focus();
    await page.keyboard.press('Escape');
    await focused('', 'Export');
    await close();
  },

  async 'axe finds nothing, and nothing scrolls sideways'() {
    const found = [];
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
    const look = async (language, width, server, address) => {
      const { page, close } = await open(server + address, { language, width });
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction((dark) => window.matchMedia('(prefers-color-scheme: dark)').matches === dark && document.getAnimations().length === 0, theme === 'dark');
        await page.evaluate(axe);
        const { violations } = await page.evaluate((chosen) => window.axe.run(document, chosen), rules);
        for (const one of violations) found.push(`${address} ${language} ${theme} ${width}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
        const name = `${address.replace(/[^\p{L}\d]+/gu, '_').replace(/^_|_$/g, '') || 'start'}-${language}-${theme}-${width}.png`;
        await page.screenshot({ path: path.join(out, name) });
      }
      if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) found.push(`${address} ${language} ${width} scrolls sideways`);
      await close();
    };
    const rest = ['en', 'ar'].flatMap((language) => [320, 1280].flatMap((width) => screens.map((screen) => [language, width, ...screen])));
    const count = 2 * rest.length;
    // Each screen has its own process of the browser. One more than there are cores, since each also waits.
    const worker = async () => {
      for (let next = rest.shift(); next; next = rest.shift()) await look(...next);
    };
    await Promise.all(Array.from({ length: jobs + 1 }, worker));
    console.log(`  ${count} screens`);
    assert.deepEqual(found, []);
  },
};
