// Trees: what is drawn, and what is saved.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { browser, get, goTo, isAt, open, out, settled, starter, texts, trees } from './support.mjs';

/** The table of a tree is that of the API; drawn, no labels meet and the words run from the right. */
async function checkTree(page, sentence, rows) {
  const { nodes } = sentence;
  await page.waitForFunction((n) => document.querySelectorAll('.tree-rows tbody tr').length === n, nodes.length);
  const first = nodes[0].id;
  const heads = await page.evaluate(() => [...document.querySelectorAll('.tree-rows tbody tr')].map((row) => row.querySelector('td:last-child .muted')?.textContent ?? null));
  assert.deepEqual(heads, nodes.map((node) => (node.head === null || node.head === node.id ? null : String(node.head - first + 1))), `heads of ${nodes[0].place}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${nodes[0].place} scrolls sideways`);
  if (rows) return;
  await page.waitForFunction(() => document.querySelectorAll('.arc').length > 0 || document.querySelectorAll('.tree-words li').length === 1);
  const drawn = await page.evaluate(() => ({
    words: [...document.querySelectorAll('.tree-words li')].map((item) => item.getBoundingClientRect().left),
    labels: [...document.querySelectorAll('.arc-lines text')].map((text) => text.getBoundingClientRect()).map(({ left, right, top, bottom }) => [left, right, top + 2, bottom - 2]),
  }));
  assert.equal(drawn.words.length, nodes.length);
  for (let n = 1; n < drawn.words.length; n++) assert.ok(drawn.words[n] < drawn.words[n - 1]);
  for (const [n, [left, right, top, bottom]] of drawn.labels.entries()) {
    for (const [other_left, other_right, other_top, other_bottom] of drawn.labels.slice(n + 1)) {
      assert.ok(right <= other_left || other_right <= left || bottom <= other_top || other_bottom <= top, `two labels meet in ${nodes[0].place}`);
    }
  }
}

/** Each as rows on a narrow page, and as arcs on a wide one. */
export async function checkTrees(server, list) {
  const looks = [360, 1280].map(async (width) => {
    const { page, close } = await open(`${server}/tree/1:1`, { width });
    for (const { verse, index, sentence } of list) {
      await goTo(page, `/tree/${verse}?sentence=${index + 1}${width === 360 ? '' : '&form=arcs'}`);
      await checkTree(page, sentence, width === 360);
    }
    await close();
  });
  await Promise.all(looks);
  console.log(`  ${list.length} sentences`);
}

export const tests = {
  async 'all trees of the starter surahs say what the API says, and fit'() {
    const { verses } = await get(starter, '/api/v1/verses/1:1-114:6');
    const all = [];
    for (const { verse } of verses) {
      const { sentences } = await get(starter, `/api/v1/trees/${verse}`);
      sentences.forEach((sentence, index) => sentence.verses[0] === verse && all.push({ verse, index, sentence }));
    }
    assert.equal(all.length, (await get(starter, '/api/v1/corpus')).counts.sentences);
    await checkTrees(starter, all);
  },

  async 'on the Arabic page tags, phrases and relations have Arabic names'() {
    const { page, close } = await open(`${trees}/tree/1:2?form=arcs`, { language: 'ar' });
    await page.locator('.arc').first().waitFor();
    assert.ok(await page.locator('.tag-under').count() > 0);
    for (const text of await texts(page, '.arcs, .tree-rows, .phrases .muted bdi')) assert.doesNotMatch(text, /[A-Za-z]/);
    await close();
  },

  async 'a tree is drawn from the right and says what the API says'() {
    for (const language of ['en', 'ar']) {
      const { page, close } = await open(`${trees}/tree/1:2?form=arcs`, { language });
      const { sentences } = await get(trees, '/api/v1/trees/1:2');
      await page.locator('.arc').first().waitFor();
      const [sentence] = sentences;
      await checkTree(page, sentence, false);
      const related = sentence.nodes.filter((node) => node.head !== null && node.head !== node.id && node.relation && node.relation !== 'NonRel');
      assert.equal(await page.locator('.arc-lines text').count(), related.length);
      await close();
    }
  },

  async 'of a verse of several sentences the words of each are seen, and lead to it'() {
    const { page, close } = await open(`${starter}/tree/98:8`);
    const { sentences } = await get(starter, '/api/v1/trees/98:8');
    assert.ok(sentences.length > 1);
    const words = (index) => [...new Set(sentences[index].nodes.flatMap(({ place }) => (place?.startsWith('98:8:') ? [Number(place.split(':')[2])] : [])))].sort((a, b) => a - b);
    const shown = () => page.evaluate(() => [...document.querySelectorAll('.tree-verse > *')].flatMap((word, index) => (word.ariaCurrent === 'true' || word.getAttribute('aria-current') ? [index + 1] : [])));
    await page.locator('.tree-verse a').first().waitFor();
    assert.deepEqual(await shown(), words(0));
    await page.locator('.tree-verse a').last().click();
    await page.waitForURL((url) => url.searchParams.get('sentence') === String(sentences.length));
    await page.waitForFunction((n) => document.querySelectorAll('.tree-verse > *')[n - 1].getAttribute('aria-current'), words(sentences.length - 1)[0]);
    assert.deepEqual(await shown(), words(sentences.length - 1));
    await close();
  },

  async 'a word leads to the tree of its own sentence, and a tree to those of the next verses'() {
    const { sentences } = await get(starter, '/api/v1/trees/98:8');
    const node = sentences.at(-1).nodes.find(({ place, relation }) => place?.startsWith('98:8:') && relation && relation !== 'NonRel');
    const { page, close } = await open(`${starter}/${node.place.split(':').slice(0, 3).join(':')}`);
    await page.locator('.panel a.relation').last().click();
    await isAt(page, `/tree/98:8?sentence=${sentences.length}`);
    // It is the last one of its surah.
    assert.equal(await page.locator('.around [rel=next]').count(), 0);
    await page.locator('.around [rel=prev]').click();
    await isAt(page, '/tree/98:7');
    await settled(page);
    await page.locator('.around [rel=next]').click();
    await isAt(page, '/tree/98:8');
    await settled(page);
    // How trees are shown goes along; which sentence it was does not.
    await goTo(page, `/tree/98:8?sentence=${sentences.length}&form=arcs&phrases=no`);
    await page.locator('.around [rel=prev]').click();
    await isAt(page, '/tree/98:7?form=arcs&phrases=no');
    await settled(page);
    await close();
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
};
