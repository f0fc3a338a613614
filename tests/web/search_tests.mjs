// Lines, verses, groups, spread; what is found and what is not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get, goTo, isAt, open, settled, starter, texts } from './support.mjs';

export const tests = {
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
    await isAt(page, /page=2/);
    await page.getByRole('link', { name: 'Verses' }).click();
    await page.locator('.found .hit').first().waitFor();
    await isAt(page, /view=verses/);
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
    await isAt(page, /sort=b\.lemma/);
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
    await isAt(page, /by=match\.aspect/);
    const { grouping } = await get(starter, '/api/v1/query?q=[pos="V"]&group=match.aspect');
    await page.waitForFunction((n) => document.querySelectorAll('.groups tbody tr').length === n, grouping.total);
    assert.deepEqual((await texts(page, '.groups tbody td:nth-of-type(1)')).map((count) => Number(count.replace(/\D/g, ''))), grouping.groups.map((group) => group.hits));
    await page.locator('.groups tbody a').first().click();
    await page.locator('.kwic').waitFor();
    await settled(page);
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
    await isAt(page, /order=revelation/);
    assert.match((await texts(page, '.spread tbody th'))[0], /^96\./);
    await page.getByLabel('Over').selectOption('juz');
    await page.waitForURL((url) => url.searchParams.get('over') === 'juz');
    const juz = await get(starter, '/api/v1/query?q=[pos="V"]&group=match.juz_n&limit=30');
    await page.waitForFunction((n) => document.querySelectorAll('.spread tbody a').length === n, juz.grouping.total);
    assert.deepEqual((await texts(page, '.spread tbody tr:has(a) .number')).map((count) => Number(count.replace(/\D/g, ''))), juz.grouping.groups.sort((a, b) => a.values[0] - b.values[0]).map((group) => group.hits));
    await page.locator('.spread tbody a').last().click();
    await page.waitForURL((url) => url.pathname === '/juz:30');
    await page.locator('.verse').first().waitFor();
    await close();
  },

  async 'surahs whose names are only begun are offered, a few of them'() {
    for (const [language, typed, name] of [
      ['en', 'Al-Ikh', '112. al-Ikhlāṣ'],
      ['en', 'al-ikhlas', '112. al-Ikhlāṣ'],
      ['ar', 'الإخل', '(112)'],
    ]) {
      const { page, close } = await open(`${starter}/search?q=${encodeURIComponent(typed)}`, { language });
      await page.locator('.meanings a[href="/112"]', { hasText: name }).waitFor();
      await close();
    }
    const { page, close } = await open(`${starter}/search?q=al`);
    await page.locator('.meanings a').first().waitFor();
    assert.equal(await page.locator('.meanings a', { hasText: 'Surah' }).count(), 6);
    await close();
  },

  async 'of a verse that no Quran has, it is said how many its surah has'() {
    for (const [language, typed] of [['en', 'Al-Ikhlas 9'], ['ar', 'الإخلاص 9']]) {
      const { page, close } = await open(`${starter}/search?q=${encodeURIComponent(typed)}`, { language });
      const notice = page.locator('#query-error');
      assert.match(await notice.textContent(), /112:9/);
      assert.match(await notice.textContent(), language === 'en' ? /surah 112 has 4 verses/ : /آياتها/);
      await notice.locator('a[href="/112"]').click();
      await isAt(page, '/112');
      await settled(page);
      await close();
    }
    // What is only missing here, can be had.
    const { page, close } = await open(`${starter}/search?q=2:255`);
    await page.getByRole('link', { name: 'What this corpus holds, and how to get the rest' }).waitFor();
    await close();
  },

  async 'what names nothing is said to be not found'() {
    for (const [address, where, says] of [
      ['/search?q=zzz', '.nothing', /Nothing was found/],
      ['/112:9', '.notice', /112:9.* not found/],
      ['/112:1:9', '.panel .notice', /word 9 of verse 112:1 not found; it has 4 words/],
      ['/root/zzz', '.notice', /root "zzz" not found/],
    ]) {
      const { page, close } = await open(starter + address);
      await page.locator(where).first().waitFor();
      assert.match(await page.locator(where).first().textContent(), says);
      await close();
    }
  },

  async 'an error has its place'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"`);
    assert.match(await page.locator('#query-error').textContent(), /expected '\]'/);
    assert.equal(await page.locator('.box .q-wrong').count(), 1);
    assert.equal(await page.getByRole('combobox', { name: /verse/ }).getAttribute('aria-invalid'), 'true');
    await close();
  },

  async 'words found in a translation are marked there'() {
    const { page, close } = await open(`${starter}/search?q=mercy`);
    const { results } = await get(starter, '/api/v1/search?q=mercy');
    const marked = results.flatMap(({ translations = [] }) => translations.flatMap(({ text, places }) => places.map(({ from, to }) => [...text].slice(from, to).join(''))));
    assert.ok(marked.length > 2);
    assert.deepEqual(await texts(page, '.translated mark'), marked);
    await page.getByRole('link', { name: 'Verses' }).click();
    await page.locator('.found mark').first().waitFor();
    assert.deepEqual(await texts(page, '.found mark'), marked);
    await close();
  },

  async 'of no hits the clause to blame is marked, and what is offered has the hits that it promises'() {
    const { page, close } = await open(`${starter}/search?q=[root="رحم" %26 pos="V" %26 form="X"]`);
    const { relaxed } = await get(starter, '/api/v1/query?q=[root="رحم" %26 pos="V" %26 form="X"]');
    assert.equal((await texts(page, '.box .q-wrong')).join(''), relaxed.failing[0].replace(/[[\]]/g, ''));
    const offered = page.locator('.nothing li').first();
    const promised = /\d+(?= hit)/.exec(await offered.textContent())[0];
    await offered.locator('a').click();
    await page.locator('.kwic').waitFor();
    await settled(page);
    assert.equal((await page.locator('.summary strong').textContent()).replace(/\D/g, ''), promised);
    await close();
  },

  async 'words that are not found together are said to be found apart'() {
    for (const [language, heading, one_verse] of [
      ['en', 'This is found:', /in one verse, in any order: 1 verse$/],
      ['ar', 'هذا موجود:', /في آية واحدة بأي ترتيب: .*آية/],
    ]) {
      const { page, close } = await open(`${starter}/search?q=قل أحد`, { language });
      const { instead } = await get(starter, '/api/v1/search?q=قل أحد');
      await page.locator('.nothing li').first().waitFor();
      assert.equal(await page.locator('.nothing p').nth(1).textContent(), heading);
      const offered = await texts(page, '.nothing li');
      assert.equal(offered.length, instead.length);
      assert.deepEqual(await texts(page, '.nothing li a'), instead.map(({ parameters }) => parameters.q));
      assert.match(offered[0], one_verse);
      await page.locator('.nothing li a').first().click();
      await page.locator('.kwic .match').first().waitFor();
      await isAt(page, /nearness=verse/);
      assert.equal(await page.locator('.kwic .match').count(), instead[0].hits);
      await close();
    }
  },

  async 'the Arabic page says in Arabic what the server says of a query'() {
    for (const [query, says] of [
      ['[pos="V"', 'انتهى الاستعلام قبل أن يكتمل؛ المتوقع: \u2066]\u2069 لإغلاق الكلمة.'],
      ['[pso="V"]', 'لا توجد سمة اسمها \u2066pso\u2069؛ هل تقصد \u2066pos\u2069؟'],
      ['[pos="V', 'القيمة بين علامتي التنصيص لم تُغلق؛ المتوقع: \u2066"\u2069.'],
    ]) {
      const { page, close } = await open(`${starter}/search?q=${query}`, { language: 'ar' });
      assert.equal(await page.locator('#query-error > p').last().textContent(), says);
      await close();
    }
  },

  async 'the Arabic page says in Arabic what is wrong with the signs of a search'() {
    const { page, close } = await open(`${starter}/search`, { language: 'ar' });
    for (const words of ['رحم~', 'رَح*', '-رحم']) {
      await goTo(page, `/search?q=${encodeURIComponent(words)}`);
      const said = await page.locator('#query-error, .notice').first().textContent();
      assert.doesNotMatch(said, /[a-z]{3}/, words);
    }
    await close();
  },

  async 'collocates are those of the API, and lead to their hits'() {
    const { page, close } = await open(`${starter}/search?q=[pos="PN"]&view=collocates&min=1`);
    const answers = async (parameters) => {
      const { rows, rows_total } = await get(starter, `/api/v1/statistics/collocations?q=[pos="PN"]&min=1&limit=50&${parameters}`);
      await page.waitForFunction((values) => JSON.stringify([...document.querySelectorAll('.collocates tbody th')].map((cell) => cell.textContent)) === JSON.stringify(values), rows.map((row) => row.values[0]));
      assert.deepEqual((await texts(page, '.collocates tbody td:nth-of-type(1)')).map(Number), rows.map((row) => row.together));
      return { rows, rows_total };
    };
    await answers('left=5&right=5&sort=log_dice');
    await page.getByLabel('Measure').selectOption('t_score');
    await isAt(page, /measure=t_score/);
    const { rows, rows_total } = await answers('left=5&right=5&sort=t_score');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Export', { exact: true }).click().then(() => page.getByRole('link', { name: 'TSV' }).click())]);
    const file = readFileSync(await download.path(), 'utf8').split('\n').filter((line) => line !== '' && !/^\ufeff?#/.test(line));
    assert.equal(file.length - 1, rows_total);
    const first = rows.findIndex((row) => row.query !== null);
    await page.locator('.collocates tbody tr').nth(first).locator('a').click();
    await page.waitForURL((url) => url.searchParams.get('q') === rows[first].query);
    await page.locator('.kwic').waitFor();
    await goTo(page, '/search?q=[pos="V"]&view=collocates&min=1&rel=Subj&of=pos');
    const joined = await get(starter, '/api/v1/statistics/collocations?q=[pos="V"]&min=1&attribute=pos&relation=Subj&sort=log_dice');
    assert.deepEqual((await texts(page, '.collocates tbody td:nth-of-type(1)')).map(Number), joined.rows.map((row) => row.together));
    await close();
  },

  async 'hits gather along a curve'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]&view=spread`);
    await page.locator('.curve-line').waitFor();
    const { rows } = await get(starter, '/api/v1/statistics/spread?q=[pos="V"]&limit=114');
    const points = async () => (await page.locator('.curve-line').getAttribute('d')).split('L').map((point) => point.replace('M', '').split(' ')[0]);
    assert.equal((await points()).length, rows.length + 1);
    // As the page is read: from the left in English, from the right in Arabic.
    assert.deepEqual([(await points())[0], (await points()).at(-1)], ['0.0', '640.0']);
    await page.locator('.language').click();
    await page.waitForFunction(() => document.documentElement.lang === 'ar');
    await settled(page);
    assert.deepEqual([(await points())[0], (await points()).at(-1)], ['640.0', '0.0']);
    await close();
  },

  async 'of a root that was typed the number of its words is said beside the hits'() {
    for (const [language, says] of [['en', /^Root ر ح م: (\d+) words$/], ['ar', /^جذر ر ح م: (\d+) كلم/]]) {
      const { page, close } = await open(`${starter}/search?q=rHm`, { language });
      const [root] = (await get(starter, '/api/v1/roots?q=rHm')).roots;
      await page.locator('.summary .root-meant').waitFor();
      assert.equal(says.exec(await page.locator('.summary .root-meant').textContent())?.[1], String(root.words));
      // It is said once.
      assert.equal(await page.locator('.search a[href="/root/rHm"]').count(), 1);
      await page.locator('.root-meant a').click();
      await isAt(page, '/root/rHm');
      await settled(page);
      // Of any other word nothing of the kind.
      await goTo(page, '/search?q=الرحمن');
      assert.equal(await page.locator('.root-meant').count(), 0);
      await close();
    }
  },

  async 'on a narrow page a button opens the choices, which stay open while one chooses'() {
    for (const view of ['lines', 'groups', 'collocates', 'spread']) {
      const { page, close } = await open(`${starter}/search?q=[pos="V"]&view=${view}`, { width: 360 });
      const options = page.locator('.options');
      assert.equal(await options.isVisible(), false);
      const first = await page.locator('.kwic tbody tr, .groups tbody tr, .curve').first().boundingBox();
      assert.ok(first.y < 360, `${view} begins at ${first.y}`);
      await page.getByText('Options', { exact: true }).click();
      await options.getByText('Export', { exact: true }).waitFor();
      const select = options.locator('select').last();
      const before = page.url();
      await select.selectOption({ index: 1 });
      await page.waitForURL((url) => url.href !== before);
      await settled(page);
      assert.equal(await options.isVisible(), true);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.locator('.found-line summary').waitFor();
      assert.equal(await page.locator('.folded').count(), 0);
      await close();
    }
  },

  async 'what is exported for other programs is a stream of Arrow'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]`);
    for (const view of ['', '&view=groups', '&view=collocates', '&view=spread']) {
      await goTo(page, `/search?q=[pos="V"]${view}`);
      await page.getByText('Export', { exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Arrow' }).click()]);
      assert.match(download.suggestedFilename(), /^kalima-.*[.]arrows$/);
      // Each message of a stream begins so.
      assert.equal(readFileSync(await download.path()).readUInt32LE(0), 0xffffffff);
    }
    await close();
  },

  async 'what is wrong with a query is said in the language of the page'() {
    const { page, close } = await open(`${starter}/search`, { language: 'ar' });
    const wrong = ['[pos="V"', '[foo="x"]', '[word="(("]', '[lemma="x', '[pos=="N"] >> []', '[] -Subj', '<foo/>', '[] []{3,1}', 'a:[] :: b.lemma="x"', '[letters contains "x"]', 'foo([])', 'rspan([])', 'phrase()', '[word=$list]', '@none', '[] ~ []', '[] .* []', '(?foo) []', '[] -Subj->> !', '[pos=V]'];
    for (const q of wrong) {
      await goTo(page, `/search?q=${encodeURIComponent(q)}`);
      await page.locator('#query-error').waitFor();
      await page.waitForFunction((text) => document.querySelector('#query-error code').textContent.startsWith(text), q);
      assert.equal(await page.locator('#query-error [lang=en]').count(), 0, q);
      // What stays in Latin letters is code, in its own direction.
      const said = (await page.locator('#query-error > p').last().textContent()).replace(/\u2066[^\u2069]*\u2069/g, '');
      assert.doesNotMatch(said, /[A-Za-z]{3,} [A-Za-z]{2,}/, q);
    }
    await close();
  },
};
