// Files that are dropped on the page.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dropped, get, inWork, isAt, open, serve, settled, starter, stop, texts } from './support.mjs';

const job = (changes) => ({ id: '7', state: 'checking', check: true, files: [{ name: 'quran-uthmani.txt', kind: 'text', bytes: 1_400_000 }], progress: 0, step: 'text', messages: [], error: null, result: null, ...changes });
const result = { replaces: true, surahs: 114, verses: 6236, words: 77429, segments: 128219, translations: 0, treebank_rows: 0, treebank_verses: 0, masaq_rows: 0, masaq_verses: 0, backup: null, kept: { documents: 3, marked: 1, left_out: 1, left_out_file: 'left-out.json', list: [{ kind: 'annotation', id: 'n-1', reason: 'its verse is missing' }] } };

/** Answers as the server's imports would, as long as the page is open. */
async function pretend(page, states, { listed = { imports: [], max_bytes: 1e9, allowed: true, why_not: null } } = {}) {
  const sent = [];
  await page.route('**/api/v1/imports**', async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    if (request.method() === 'POST') {
      sent.push(`${path} ${request.postDataBuffer()?.toString('latin1') ?? ''}`);
      states.posted = sent.length;
      await states.wait;
      const first = states.post.shift();
      return route.fulfill({ status: first.status ?? 202, contentType: first.status ? 'application/problem+json' : 'application/json', body: JSON.stringify(first) });
    }
    if (request.method() === 'DELETE') {
      // The events, which know more, are heard before its answer.
      const told = new Promise((resolve) => (states.told = resolve));
      states.cancelled = true;
      await told;
      return route.fulfill({ json: job({ state: 'importing', check: false }) });
    }
    if (path.endsWith('/events')) {
      const events = states.cancelled ? [job({ state: 'cancelled', check: false })] : states.events();
      await route.fulfill({ contentType: 'text/event-stream', body: `retry: 50\n\n${events.map((one) => `event: import\ndata: ${JSON.stringify(one)}\n\n`).join('')}` });
      return states.told?.();
    }
    if (path.endsWith('/7')) return route.fulfill({ json: states.cancelled ? job({ state: 'cancelled', check: false }) : states.events().at(-1) });
    return route.fulfill({ json: listed });
  });
  return sent;
}

/** Drops files of these names and texts. */
async function drop(page, files) {
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const [name, text] of list) made.items.add(new File([text], name));
    return made;
  }, files);
  await dropped(page, transfer);
}

/** Opens an address with a server whose imports are pretended. */
async function openPretending(address, states, options = {}) {
  const opened = await open(`${starter}/help`, options);
  const sent = await pretend(opened.page, states, options);
  await opened.page.goto(starter + address);
  await settled(opened.page);
  return { ...opened, sent };
}

export const tests = {
  async 'dropped files are looked at, then imported, and the corpus is asked for again'() {
    const states = { post: [job({}), job({ state: 'importing', check: false })], events: () => (states.posted > 1 ? [job({ state: 'importing', check: false, progress: 0.5 }), job({ state: 'switching', check: false, progress: 0.99 }), job({ state: 'done', check: false, progress: 1, result: { ...result, backup: 'quran.db.2026' } })] : [job({ progress: 0.4 }), job({ state: 'done', progress: 1, result })]) };
    const { page, seen, sent, close } = await openPretending('/', states);
    await drop(page, [['quran-uthmani.txt', '1|1|x']]);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    await isAt(page, '/import');
    assert.match(await page.locator('.import .counts').textContent(), /6,236/);
    await page.getByText('3 notes and translations are kept').waitFor();
    assert.ok(sent[0].startsWith('/api/v1/imports ') && /name="check"\r\n\r\nkeep\r\n/.test(sent[0]) && sent[0].includes('filename="quran-uthmani.txt"') && sent[0].includes('1|1|x'));
    const before = seen.requests.filter((url) => url.endsWith('/api/v1/corpus')).length;
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('quran.db.2026').waitFor();
    // What was looked at is not sent again.
    assert.equal(sent[1], '/api/v1/imports/7 {}');
    await page.getByRole('link', { name: 'See it' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await settled(page);
    assert.ok(seen.requests.filter((url) => url.endsWith('/api/v1/corpus')).length > before, 'the corpus was not asked for again');
    await close();
  },

  async 'what the server has kept no longer is sent again'() {
    const gone = { type: 'x', code: 'conflict', status: 409, title: 'Conflict', detail: 'what this import has checked is not kept any longer', cure: 'send the files again' };
    const done = job({ state: 'done', check: false, progress: 1, result });
    const states = { post: [job({}), gone, done], events: () => [job({ state: 'done', progress: 1, result })] };
    const { page, sent, close } = await openPretending('/', states);
    await drop(page, [['quran-uthmani.txt', '1|1|x']]);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('link', { name: 'See it' }).waitFor();
    assert.equal(sent.length, 3);
    assert.ok(sent[2].startsWith('/api/v1/imports ') && sent[2].includes('1|1|x') && !sent[2].includes('name="check"'));
    await close();
  },

  async 'an id that another import has by now is not taken for the check'() {
    const done = job({ state: 'done', check: false, progress: 1, result });
    let other = false;
    const states = { post: [job({}), done], events: () => [other ? job({ state: 'done', files: [{ name: 'other.txt', kind: 'text', bytes: 5 }], result }) : job({ state: 'done', progress: 1, result })] };
    const { page, sent, close } = await openPretending('/', states);
    await drop(page, [['quran-uthmani.txt', '1|1|x']]);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    other = true;
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('link', { name: 'See it' }).waitFor();
    assert.deepEqual([sent.length, sent[1].split(' ')[0]], [2, '/api/v1/imports']);
    await close();
  },

  async 'while another import is going on, what was checked stays, to be imported later'() {
    const busy = { type: 'x', code: 'conflict', status: 409, title: 'Conflict', detail: 'another import is going on', cure: 'wait for it' };
    const states = { post: [job({}), busy], events: () => [job({ state: 'done', progress: 1, result })] };
    const { page, sent, close } = await openPretending('/', states);
    await drop(page, [['quran-uthmani.txt', '1|1|x']]);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('another import is going on').waitFor();
    assert.equal(sent.length, 2);
    assert.match(await page.locator('.import .counts').textContent(), /6,236/);
    assert.equal(await page.getByRole('button', { name: 'Import' }).isEnabled(), true);
    // What is not wanted any more is given up by the server too.
    const given_up = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().endsWith('/imports/7'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await given_up;
    assert.equal(await page.locator('.import .counts').count(), 0);
    await close();
  },

  async 'a check from before a reload can be imported; where it is gone, that is said'() {
    const gone = { type: 'x', code: 'not_found', status: 404, title: 'Not found', detail: 'import "7" not found' };
    const states = { post: [gone], events: () => [job({ state: 'done', progress: 1, result })] };
    const { page, sent, close } = await openPretending('/import', states, { listed: { imports: [job({})], max_bytes: 1e9, allowed: true, why_not: null } });
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('what this import has checked is not kept any longer; send the files again').waitFor();
    assert.deepEqual(sent, ['/api/v1/imports/7 {}']);
    await close();
  },

  async 'an import is cancelled also before the server has said that it begins'() {
    const states = { post: [job({}), job({ state: 'importing', check: false })], events: () => [states.posted > 1 ? job({ state: 'importing', check: false }) : job({ state: 'done', progress: 1, result })] };
    const { page, sent, close } = await openPretending('/', states);
    await drop(page, [['quran-uthmani.txt', '1|1|x']]);
    await page.getByRole('button', { name: 'Import' }).waitFor();
    let answer;
    states.wait = new Promise((resolve) => (answer = resolve));
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Import' }).click();
    await asked;
    await page.getByRole('button', { name: 'Cancel' }).click();
    answer();
    await page.getByText('Cancelled; the corpus is as it was.').waitFor();
    assert.equal(sent.length, 2);
    await close();
  },

  async 'what is wrong with a file is said with its place, in both languages'() {
    for (const language of ['en', 'ar']) {
      const error = { code: 'bad_input', status: 400, title: 'Invalid request', detail: 'a verse without text', cure: 'download it again', file: 'quran-uthmani.txt', line: 17 };
      const { page, close } = await openPretending('/import', { post: [job({}), { ...error, type: 'x', detail: 'two texts' }], events: () => [job({ state: 'failed', error })] }, { language });
      await drop(page, [['quran-uthmani.txt', '1|1|x']]);
      await page.getByText('quran-uthmani.txt:17').waitFor();
      await page.getByText('a verse without text; download it again').waitFor();
      assert.equal(await page.locator('.bad p').first().textContent(), language === 'ar' ? 'لم تُستورد الملفات؛ والمدونة كما كانت.' : 'The files were not imported; the corpus is as it was.');
      // Refused at once.
      await drop(page, [['a.txt', 'x'], ['b.txt', 'y']]);
      await page.getByText('two texts').waitFor();
      await close();
    }
  },

  async 'an import goes on while one reads, is found again after a reload, and can be cancelled'() {
    const going = job({ state: 'importing', check: false, progress: 0.3 });
    const states = { post: [], events: () => [going] };
    const { page, close } = await openPretending('/import', states, { listed: { imports: [going], max_bytes: 1e9, allowed: true, why_not: null } });
    await page.locator('progress').waitFor();
    assert.equal(await page.locator('progress').evaluate((bar) => bar.value), 0.3);
    await page.locator('a[href="/notes"]').click();
    await page.getByText('Importing…').waitFor();
    await page.locator('.notice a[href="/import"]').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled; the corpus is as it was.').waitFor();
    await close();
  },

  async 'who may not import is told why'() {
    const { page, close } = await openPretending('/import', { post: [], events: () => [] }, { language: 'ar', listed: { imports: [], max_bytes: 1, allowed: false, why_not: 'the server is read-only' } });
    await page.getByText('لا يمكن استيراد ملفات من هنا.').waitFor();
    assert.equal(await page.getByText('the server is read-only').getAttribute('dir'), 'ltr');
    assert.equal(await page.locator('input[type=file]').count(), 0);
    await close();
  },

  async 'dropped files become the corpus of the running server, and nothing of the page is lost'() {
    const server = await serve('import.db');
    const json = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ anchor: '112:1', note: 'kept' }) };
    assert.equal((await fetch(`${server}/api/v1/annotations`, json)).status, 201);
    const published = readdirSync(inWork('published')).map((name) => [name, readFileSync(inWork('published', name), 'utf8')]);
    const { page, close } = await open(`${server}/notes?new=yes&at=1:1`);
    await page.locator('textarea').first().fill('a draft');
    await page.evaluate(() => (window.sameDocument = true));
    await page.locator('a.brand').click();
    await settled(page);
    // A file that is not as it should be changes nothing.
    await drop(page, published.map(([name, text]) => [name, name === 'morphology.txt' ? text.replace('(1:2:1:1)', '(1:2:1:x)') : text]));
    await page.getByText(/morphology\.txt:\d+/).first().waitFor();
    assert.equal((await get(server, '/api/v1/corpus')).starter, true);
    const posted = [];
    page.on('request', (request) => request.method() === 'POST' && posted.push(new URL(request.url()).pathname.replace(/\d+$/, 'N')));
    await drop(page, published);
    const button = page.getByRole('button', { name: 'Import' });
    await button.waitFor();
    assert.deepEqual((await texts(page, '.import-files bdi')).sort(), published.map(([name]) => name).sort());
    const { verses } = await page.evaluate(() => ({ verses: document.querySelector('.import .counts div:nth-child(2) dd').textContent }));
    await button.click();
    await page.getByText(/translations? (?:is|are) kept/).waitFor();
    // The files are sent once: the import takes what the check has read.
    assert.deepEqual(posted.filter((path) => path.startsWith('/api/v1/imports')), ['/api/v1/imports', '/api/v1/imports/N']);
    await page.getByRole('link', { name: 'See it' }).click();
    await page.locator('.surahs').waitFor();
    await settled(page);
    const corpus = await get(server, '/api/v1/corpus');
    assert.deepEqual([corpus.starter, corpus.counts.verses.toLocaleString('en')], [false, verses]);
    assert.equal(await page.locator('.surahs li').count(), corpus.counts.surahs);
    assert.equal(await page.evaluate(() => window.sameDocument), true);
    await page.locator('a[href="/notes"]').first().click();
    await page.getByText('kept', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New note' }).click();
    await close();
    const { page: again, close: done } = await open(`${server}/108:1`);
    assert.equal(await again.locator('.verse').count() > 0, true);
    await done();
    await stop(server);
  },
};
