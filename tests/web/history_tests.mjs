// What is on screen has an address: back, forward, a reload and a link in a fresh profile show it again.
import assert from 'node:assert/strict';
import { at, copied, open, settled, starter } from './support.mjs';

/** What a screen says, and what is chosen on it. How long a search took is never the same, and what was asked last belongs to the browser. */
const screenOf = (page) =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const text = main.cloneNode(true);
    for (const part of text.querySelectorAll('.last')) part.remove();
    return {
      title: document.title,
      says: text.textContent.replace(/in [\d.,]+ ms/, ''),
      chosen: [...main.querySelectorAll('input, select')].map((one) => (one.type === 'checkbox' ? one.checked : one.value)),
      marked: [...main.querySelectorAll('[aria-current], [aria-pressed=true], [aria-sort], .hit, .current')].map((one) => one.textContent),
    };
  });

const press = (name) => (page) => page.getByRole('link', { name, exact: true }).first().click();
const choose = (label, value, exact = false) => (page) => page.getByLabel(label, { exact }).selectOption(value);
const type = (text) => async (page) => {
  await page.locator('#box').fill(text);
  await page.keyboard.press('Enter');
};

/** What someone does, and the address that it leads to. */
const journey = [
  [type('[pos="N"]'), /^\/search\?q=/],
  [choose('Sort', 'match.lemma'), /sort=match\.lemma/],
  [press('Next'), /page=2/],
  [press('Verses'), /view=verses/],
  [press('Groups'), /view=groups/],
  [choose('Attribute', 'case', true), /by=match\.case/],
  [press('Collocates'), /view=collocates/],
  [choose('Measure', 't_score'), /measure=t_score/],
  [press('Spread'), /view=spread/],
  [(page) => page.getByLabel('in order of revelation').check(), /order=revelation/],
  [press('Lines'), /^\/search\?q=(?!.*view=)/],
  [(page) => page.locator('.kwic th a').first().click(), /^\/\d+:\d+\?q=/],
  [(page) => page.getByLabel('Tags').check(), /layers=colours,tags,translations/],
  [(page) => page.locator('.verse.current a.w').first().click(), /^\/\d+:\d+:\d+\?/],
  [(page) => page.locator('.panel a.relation').first().click(), /^\/tree\//],
  [(page) => page.getByRole('button', { name: 'Rows' }).click(), /form=rows/],
  // The layers that were chosen before are on here too, though the address does not name them.
  [type('112'), /^\/112$/],
  [type('رحم'), /^\/root\/rHm$/],
  [press('all roots'), /^\/lists\/roots$/],
  [press('Root'), /sort=value/],
  [(page) => page.getByRole('searchbox').fill('ر'), /filter=ر/],
  [press('Notes'), /^\/notes$/],
  [(page) => page.locator('a.brand').click(), /^\/$/],
  [press('Build a query without typing it'), /build=yes/],
  [choose('Value: part of speech', 'V'), /q=\[pos="V"\]/],
  [type('zzz'), /q=zzz/],
  [press('Help'), /^\/help$/],
];

export const tests = {
  async 'back, forward, a reload and a copied link restore what was on screen'() {
    const { page, close } = await open(`${starter}/`);
    const visits = [];
    let length = 0;
    const note = async () => {
      const now = await page.evaluate(() => window.history.length);
      // A choice takes the place of what was there before it.
      if (now === length) visits.pop();
      length = now;
      visits.push({ address: at(page), screen: await screenOf(page) });
    };
    const same = async (other, { address, screen }, how) => assert.deepEqual(await screenOf(other), screen, `${address} after ${how}`);
    await note();
    for (const [act, leads] of journey) {
      await act(page);
      await page.waitForURL((url) => leads.test(decodeURIComponent(url.pathname + url.search).replaceAll('+', ' ')));
      await settled(page);
      await note();
    }
    assert.ok(visits.length > 15, `${visits.length} visits`);
    const step = async (visit, how) => {
      await (how === 'back' ? page.goBack() : page.goForward());
      await settled(page);
      assert.equal(at(page), visit.address);
      await same(page, visit, how);
    };
    for (const visit of visits.slice(0, -1).reverse()) await step(visit, 'back');
    for (const visit of visits.slice(1)) await step(visit, 'forward');
    // Each is loaded again, and its link is opened where nobody was before.
    for (const visit of [...visits].reverse()) {
      if (visit !== visits.at(-1)) await page.goBack();
      await page.reload();
      await settled(page);
      await same(page, visit, 'a reload');
      const button = page.getByRole('button', { name: 'Copy link' });
      let link = page.url();
      if (await button.count()) {
        await page.evaluate(() => navigator.clipboard.writeText(''));
        await button.click();
        link = await copied(page, (text) => text.startsWith(starter));
      }
      const fresh = await open(link);
      await same(fresh.page, visit, 'a link in a fresh profile');
      await fresh.close();
    }
    console.log(`  ${visits.length} screens`);
    await close();
  },
};
