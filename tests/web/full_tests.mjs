// The whole Quran, where its files are (run.sh). Samples by a fixed seed; KALIMA_WEB_ALL=1 takes all.
import assert from 'node:assert/strict';
import process from 'node:process';
import path from 'node:path';
import { dropped, get, goTo, hasFull, isAt, open, processorSeconds, seeded, serve, settled, stop } from './support.mjs';
import { drawnByOurFont } from './text_tests.mjs';
import { checkTrees } from './trees_tests.mjs';

const all = process.env.KALIMA_WEB_ALL === '1';
const datasets = process.env.KALIMA_WEB_DATASETS;
const full = hasFull ? await serve('full.db') : null;

/** So many of the list, the same ones each time. */
function sample(list, count, seed) {
  if (all || list.length <= count) return list;
  const random = seeded(seed);
  const rest = [...list];
  return Array.from({ length: count }, () => rest.splice(random(rest.length), 1)[0]);
}

/** Waits until all verses on the page have their words. */
const wordsShown = (page) =>
  page.waitForFunction(() => {
    const without = [...document.querySelectorAll('.verse')].find((verse) => !verse.querySelector('.w'));
    without?.scrollIntoView();
    return without === undefined;
  });
const shownTexts = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.verse')].map((verse) => [verse.dataset.verse, [...verse.querySelectorAll('.verse-text .text')].map((text) => text.textContent).join('')])));
const surahs = Array.from({ length: 114 }, (_, index) => String(index + 1));
const whole = '/api/v1/verses/1:1-114:6';
/** What "as stored" copies of each verse on the page. */
const copiedTexts = (page) =>
  page.evaluate(async () => {
    const copied = [];
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    for (const verse of document.querySelectorAll('.verse')) {
      [...verse.querySelectorAll('.menu button')].find(({ textContent }) => textContent === 'As stored').click();
    }
    await new Promise((resolve) => setTimeout(resolve));
    return copied;
  });

/** Drops files, which are too large to be sent to the page as texts. */
async function dropFiles(page, paths) {
  const input = await page.evaluateHandle(() => Object.assign(document.createElement('input'), { type: 'file', multiple: true }));
  await input.setInputFiles(paths);
  const transfer = await input.evaluateHandle(({ files }) => {
    const made = new DataTransfer();
    for (const file of files) made.items.add(file);
    return made;
  });
  await dropped(page, transfer);
}

/** The sentences with most nodes, each with a verse of it and its place among those of the verse. */
async function longestSentences(count) {
  const { verses } = await get(full, whole);
  const found = new Map();
  for (const { verse } of verses) {
    const { sentences } = await get(full, `/api/v1/trees/${verse}`);
    sentences.forEach((sentence, index) => found.has(sentence.sentence) || found.set(sentence.sentence, { verse, index, sentence }));
  }
  return [...found.values()].sort((a, b) => b.sentence.nodes.length - a.sentence.nodes.length).slice(0, count);
}

/** From the start page on, does what each step says, and waits for what it shows. A step acts, or gives the key that acts. What
 * is printed is the fastest of three rounds: from the event until what is wanted has been painted. */
async function stepsArePainted(event, steps) {
  // Meant to be 300 ms; a machine may be ten times slower, and others may work on it too.
  const max_ms = 3000;
  const fastest = Object.fromEntries(Object.keys(steps).map((name) => [name, { work: Infinity, clock: Infinity }]));
  for (let round = 0; round < 3; round++) {
    const { page, close } = await open(`${full}/`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const worked = async () => 1000 * (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
    for (const [name, [act, shown]] of Object.entries(steps)) {
      const key = event === 'keydown' ? await act(page) : null;
      assert.equal(await page.locator(shown).count(), 0, `${shown} before ${name}`);
      await page.evaluate(
        ([type, wanted, pressed]) => {
          window.painted = new Promise((resolve) => {
            window.addEventListener(type, function begin(cause) {
              if (pressed !== null && cause.key !== pressed) return;
              window.removeEventListener(type, begin, true);
              // Another frame: after the one in which it is there, it has been painted.
              const look = () => requestAnimationFrame(() => (document.querySelector(wanted) ? requestAnimationFrame(() => resolve(performance.now() - cause.timeStamp)) : look()));
              look();
            }, true);
          });
        },
        [event, shown, key],
      );
      const before = await worked();
      if (key === null) await act(page);
      else await page.keyboard.press(key);
      const clock = await page.evaluate(() => window.painted);
      const work = (await worked()) - before;
      fastest[name] = { work: Math.min(work, fastest[name].work), clock: Math.min(clock, fastest[name].clock) };
      await settled(page);
    }
    await isAt(page, /^\/tree\//);
    await close();
  }
  console.log(`  ${Object.entries(fastest).map(([name, { work, clock }]) => `${name}: ${Math.round(clock)} ms by the clock, ${Math.round(work)} ms of work`).join('; ')}`);
  for (const [name, { work }] of Object.entries(fastest)) assert.ok(work <= max_ms, `${name} took ${work} ms of work`);
}

const tests_of_all = {
  async 'the whole Quran is shown as it is stored, colours on and off, and copied so'() {
    const { page, close } = await open(`${full}/1?layers=colours`);
    let verses = 0;
    for (const surah of sample(surahs, 8, 17)) {
      const { verses: stored } = await get(full, `/api/v1/verses/${surah}`);
      for (const layers of ['colours', 'none']) {
        await goTo(page, `/${surah}?layers=${layers}`);
        await wordsShown(page);
        const shown = await shownTexts(page);
        for (const { verse, text } of stored) assert.equal(shown[verse], text, `${verse} with ${layers}`);
      }
      assert.deepEqual(await copiedTexts(page), stored.map(({ text }) => text), `copied of ${surah}`);
      verses += stored.length;
    }
    console.log(`  ${verses} verses`);
    await close();
  },

  async 'the published files, dropped, are the whole Quran on screen'() {
    const server = await serve('import.db');
    const { page, close } = await open(`${server}/`);
    const began = Date.now();
    await dropFiles(page, ['text/quran-clean.txt', 'morphology/quranic-corpus-morphology-0.4.txt', 'quranic/Quranic/Quranic.csv', 'masaq/MASAQ.csv'].map((name) => path.join(datasets, name)));
    await page.getByRole('button', { name: 'Import' }).click({ timeout: 300_000 });
    await page.getByRole('link', { name: 'See it' }).click({ timeout: 600_000 });
    await page.waitForFunction(() => document.querySelectorAll('.surahs li').length === 114);
    // 20 s are allowed; by the clock it is a matter of what else the machine does.
    const used = processorSeconds(server);
    console.log(`  ${((Date.now() - began) / 1000).toFixed(1)} s by the clock, ${used.toFixed(1)} s of the processor`);
    assert.ok(used <= 20, `${used} s`);
    assert.equal((await get(server, '/api/v1/corpus')).counts.verses, 6236);
    await close();
    await stop(server);
  },

  async 'five hundred words of several segments keep their width, and only our font draws the text'() {
    const { page, close } = await open(`${full}/1?layers=colours`);
    let words = 0;
    const random = seeded(23);
    // A word may be drawn nearer to the one before it: it is compared where it is.
    const widths = () =>
      page.evaluate(() => [...document.querySelectorAll('.verse-text a.w')].map((word) => [`${word.closest('.verse').dataset.verse}:${word.dataset.word}`, word.querySelector('.text').getBoundingClientRect().width, word.querySelector('.text').children.length]));
    while (words < 500) {
      const surah = 2 + random(60);
      const first = 1 + random(10);
      await goTo(page, `/${surah}:${first}-${first + 8}?layers=none`);
      if ((await page.locator('.verse').count()) === 0) continue;
      await wordsShown(page);
      const plain = new Map(await widths());
      await goTo(page, `/${surah}:${first}-${first + 8}?layers=colours`);
      await wordsShown(page);
      await page.waitForFunction(() => document.querySelector('.verse-text a.w span[class^=pos-]'));
      for (const [word, width, parts] of await widths()) {
        if (parts < 2) continue;
        words++;
        assert.ok(Math.abs(width - plain.get(word)) < 0.5, `${word} is ${width} wide, ${plain.get(word)} without colours`);
      }
      await drawnByOurFont(page, '.verse-text');
    }
    console.log(`  ${words} words`);
    await close();
  },

  async 'every letter and sign of the Quran is drawn by our font alone'() {
    const { verses } = await get(full, whole);
    const first_in = new Map();
    for (const { verse, text } of verses) for (const sign of text) if (!first_in.has(sign)) first_in.set(sign, verse);
    const { page, close } = await open(`${full}/1?layers=none`);
    for (const verse of new Set(first_in.values())) {
      await goTo(page, `/${verse}-${verse.split(':')[1]}?layers=none`);
      await drawnByOurFont(page, '.verse-text');
    }
    console.log(`  ${first_in.size} signs`);
    await close();
  },

  async 'the ink of the tallest words is whole, at 100 % and 200 %'() {
    for (const scale of [1, 2]) {
      for (const address of ['/2:255-257?layers=none', '/search?q=[]']) {
        const { page, close } = await open(full + address, { scale });
        // The words whose ink reaches farthest up and down, of those that are read here.
        const tallest = await page.evaluate(async () => {
          await document.fonts.load('32px "Kalima Quran"', 'بسم');
          const words = new Set();
          for (const range of ['2:1-286', '3:1-200', '4:1-176', '7:1-206']) {
            const answer = await fetch(`/api/v1/verses/${range}?layers=words`);
            for (const verse of (await answer.json()).verses) for (const word of verse.words) words.add(word.word);
          }
          const canvas = document.createElement('canvas').getContext('2d');
          canvas.font = '100px "Kalima Quran"';
          const height = (word) => {
            const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = canvas.measureText(word);
            return Math.max(up / 1.42, down / 0.93);
          };
          return [...words].map((word) => [height(word), word]).sort((a, b) => b[0] - a[0]).slice(0, 50).map(([, word]) => word);
        });
        assert.equal(tallest.length, 50);
        const place = address.startsWith('/search') ? '.kwic .match a' : '.verse-text .w .text';
        const area = page.locator(address.startsWith('/search') ? '.kwic' : '.verses');
        await page.evaluate(
          ([selector, words]) => [...document.querySelectorAll(selector)].slice(0, words.length).forEach((element, index) => (element.textContent = words[index])),
          [place, tallest],
        );
        const before = await area.screenshot();
        await page.evaluate(() => document.querySelectorAll('*').forEach((element) => element.style.setProperty('overflow', 'visible', 'important')));
        const after = await area.screenshot();
        assert.ok(before.equals(after), `ink is cut at ${address}, ${100 * scale} %`);
        await close();
      }
    }
  },

  async 'lines run from the right, and references and queries read rightly in the Arabic interface'() {
    const { page, close } = await open(`${full}/search?q=[root="رحم"]&sort=before.word`, { language: 'ar' });
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll('.kwic tbody tr')].map((row) => ['.before', '.match a', '.after'].map((part) => row.querySelector(part).getBoundingClientRect()).map(({ left, right }) => [left, right])),
    );
    for (const [before, match, after] of rows) assert.ok(before[0] >= match[1] - 1 && match[0] >= after[1] - 1);
    // By the word next to the hit.
    const { results } = await get(full, '/api/v1/query?q=[root="رحم"]&sort=before.word&limit=50');
    assert.deepEqual(await page.locator('.kwic .before').allTextContents(), results.map((hit) => hit.before.join(' ')));
    const places = (selector) =>
      page.evaluate((wanted) => {
        const walker = document.createTreeWalker(document.querySelector(wanted), NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (let at = 0; at < node.length; at++) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            found.push([node.data[at], range.getBoundingClientRect().left]);
          }
        }
        return found;
      }, selector);
    const ascending = (list) => list.every(([, left], index) => index === 0 || left >= list[index - 1][1]);
    assert.ok(ascending(await places('.kwic tbody .ref bdi')));
    // All but the letters of its Arabic value.
    assert.ok(ascending((await places('.box-mirror')).filter(([sign]) => !/[\u0600-\u06ff]/.test(sign))));
    await close();
  },

  async 'what is typed leads where a user expects'() {
    for (const [typed, where] of [
      ['rhm', '/root/rHm'],
      ['رحم', '/root/rHm'],
      ['الرحمن', '/search?q=الرحمن'],
      ['Al-Baqara 255', '/2:255'],
      ['2:255', '/2:255'],
    ]) {
      const { page, close } = await open(`${full}/help`);
      await page.keyboard.press('Slash');
      await page.keyboard.insertText(typed);
      await page.keyboard.press('Enter');
      await isAt(page, where);
      await settled(page);
      await close();
    }
  },

  async 'example, line, word, tree: each click is painted soon'() {
    const press = (selector) => (page) => page.evaluate((wanted) => document.querySelector(wanted).click(), selector);
    await stepsArePainted('click', {
      example: [press('.card'), '.kwic tbody tr'],
      line: [press('.kwic tbody th a'), '.verse.current a.w'],
      word: [press('.verse.current a.w'), '.panel .word-large'],
      tree: [press('.panel a.relation'), '.tree-words, .tree-rows'],
    });
  },

  async 'example, line, word, tree: by keys alone each is painted as soon'() {
    const until = async (page, key, selector) => {
      for (let n = 0; n < 60; n++) {
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
        await page.keyboard.press(key);
      }
      assert.fail(`${key} does not reach ${selector}`);
    };
    // The last key of each step is what is timed.
    const reach = (key, selector) => async (page) => {
      await until(page, key, selector);
      return 'Enter';
    };
    await stepsArePainted('keydown', {
      example: [reach('Tab', '.card'), '.kwic tbody tr'],
      line: [
        async (page) => {
          await until(page, 'j', '.kwic .match a');
          return reach('Shift+Tab', '.kwic tbody th a')(page);
        },
        '.verse.current a.w',
      ],
      word: [reach('j', '.verse.current a.w'), '.panel .word-large'],
      tree: [() => 't', '.tree-words, .tree-rows'],
    });
  },

  async 'a part of the Quran leads to the next one, and some verses to their surah'() {
    const { page, close } = await open(`${full}/juz:29`);
    await page.locator('.around [rel=next]').click();
    await isAt(page, '/juz:30');
    await settled(page);
    assert.equal(await page.locator('.around [rel=next]').count(), 0);
    await page.locator('.around [rel=prev]').click();
    await isAt(page, '/juz:29');
    // As many as the server knows.
    for (const [part, count] of Object.entries({ juz: 30, hizb: 60, quarter: 240, manzil: 7, ruku: 556, page: 604 })) {
      await goTo(page, `/${part}:${count}`);
      await page.locator('.verse').first().waitFor();
      assert.deepEqual([await page.locator('.around [rel=prev]').count(), await page.locator('.around [rel=next]').count()], [1, 0], part);
      const { cure } = await get(full, `/api/v1/verses/${part}:9999`);
      assert.ok(cure.endsWith(`1 to ${count}`), cure);
    }
    // From a missing part back to the last one.
    await goTo(page, '/juz:99');
    await page.locator('.around [rel=prev][href="/juz:30"]').waitFor();
    await goTo(page, '/2:255-257');
    await page.getByRole('link', { name: 'Whole surah' }).click();
    await isAt(page, '/2');
    await settled(page);
    await close();
  },

  async 'long trees say what the API says, and fit'() {
    const longest = await longestSentences(50);
    console.log(`  of ${longest.at(-1).sentence.nodes.length} to ${longest[0].sentence.nodes.length} nodes`);
    await checkTrees(full, sample(longest, 10, 29));
  },
};

export const tests = full === null ? {} : tests_of_all;
if (full === null) console.log(`SKIPPED: ${Object.keys(tests_of_all).length} tests of the whole Quran, whose files are not here`);
