// A browser, and the real program on the databases of drive.mjs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [program, work, chromium_path] = process.argv.slice(2);
/** A file or folder of WORK. */
export const inWork = (...names) => path.join(work, ...names);
/** Where screenshots go. */
export const out = process.argv[5];
export const modules = createRequire(fileURLToPath(new URL('../../src/web/package.json', import.meta.url)));
const { chromium } = modules('playwright-core');
/** How much may be done at the same time. */
export const jobs = Number(process.env.KALIMA_JOBS || cpus().length);
/** So long is waited for a page on a machine that does much else. */
const patience_ms = 120_000;
/** The processes, by their addresses. */
const servers = new Map();

/** The database of the whole Quran is there too. */
export const hasFull = existsSync(inWork('full.db'));

/** Serves a database of WORK; by default at a free port. Its address has no base path. */
export const serve = (database, port = 0, options = []) => start(['serve', '--db', inWork(database), '--port', String(port), ...options]);

/** Serves what the program makes where it was never started before: in a home folder of its own. */
export function serveAlone(home) {
  mkdirSync(home);
  const { XDG_DATA_HOME: _, ...environment } = process.env;
  return start(['serve', '--port', '0'], { cwd: home, env: { ...environment, HOME: home } });
}

async function start(command, options = {}) {
  const child = spawn(program, command, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
      const found = /(http:\/\/[^/]*)\//.exec(said);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  servers.set(address, child);
  return address;
}

/** What a server has used of the processor: unlike the time that passed, not a matter of what else the machine does. */
export function processorSeconds(address) {
  const [user, system] = readFileSync(`/proc/${servers.get(address).pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  const ticks_per_second = 100;
  return (Number(user) + Number(system)) / ticks_per_second;
}

/** Ends a server, and waits until it has ended. */
export async function stop(address, signal = 'SIGTERM') {
  const child = servers.get(address);
  servers.delete(address);
  const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve(code ?? by)));
  child.kill(signal);
  return ended;
}
export const starter = await serve('starter.db');
export const trees = await serve('trees.db');
export const browser = await chromium.launch({ executablePath: chromium_path, args: ['--no-sandbox', '--disable-gpu'] });

/** In the page: counts the questions to the server without an answer yet, for `settled`. */
function countQuestions() {
  window.unanswered = 0;
  const ask = window.fetch;
  window.fetch = async (...question) => {
    window.unanswered++;
    try {
      const answer = await ask(...question);
      await answer.clone().arrayBuffer();
      return answer;
    } finally {
      // After what is done with the answer, which may be to ask again.
      setTimeout(() => window.unanswered--);
    }
  };
}

// A page whose console, errors and requests are watched.
export async function open(address, { language = 'en', theme = 'light', width = 1280, height = 900, scale = 1, before } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: theme, reducedMotion: 'reduce', locale: language, permissions: ['clipboard-read', 'clipboard-write'] });
  context.setDefaultTimeout(patience_ms);
  await context.addInitScript(countQuestions);
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

/** Waits until a screen is there with all that it asks the server for, in its fonts. (waitForFunction waits for no promise.) */
export async function settled(page) {
  const is = await page.evaluate(async (patience) => {
    const deadline = performance.now() + patience;
    const quiet = () => window.unanswered === 0 && document.querySelector('main h1') !== null && document.querySelector('.waiting') === null;
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    while (performance.now() < deadline) {
      await frame();
      if (!quiet()) continue;
      // What has been drawn may ask for more, and does so after the next frame.
      await frame();
      if (!quiet()) continue;
      await document.fonts.ready;
      await frame();
      if (quiet()) return true;
    }
    return false;
  }, patience_ms);
  assert.ok(is, `${at(page)} does not come to rest`);
}

/** Goes to an address of the page as its links do, without loading the page again. */
export async function goTo(page, address) {
  await page.evaluate((to) => {
    window.history.pushState(null, '', to);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, address);
  await settled(page);
}
/** Numbers below n, the same ones each time. */
export function seeded(seed) {
  let state = seed;
  return (n) => (state = (state * 48271) % 2147483647) % n;
}

export const get = (address, path) => fetch(address + path).then((answer) => answer.json());
export const texts = (page, selector) => page.locator(selector).allTextContents();
const shownIn = (url) => decodeURIComponent(url.pathname + url.search);
export const at = (page) => shownIn(new URL(page.url()));
/** Waits until the address, without the server's, is a text, or fits a pattern: the browser says later than the page what it is. */
export const isAt = (page, wanted) =>
  page.waitForURL((url) => (typeof wanted === 'string' ? shownIn(url) === wanted : wanted.test(shownIn(url)))).catch(() => assert.fail(`${at(page)} is not ${wanted}`));
/** Waits until something has been copied, and gives it. */
export async function copied(page, isIt) {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  for (const deadline = Date.now() + patience_ms; Date.now() < deadline; await page.waitForTimeout(20)) {
    const text = await read();
    if (isIt(text)) return text;
  }
  return assert.fail(`${await read()} was copied`);
}

/** As when someone drags something over the page and drops it there. */
export async function dropped(page, transfer) {
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.locator('.drop.over').waitFor();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** Ends the browser and the servers, which must end well. */
export async function finish() {
  await browser.close();
  for (const address of [...servers.keys()]) assert.equal(await stop(address), 0, 'the exit code of the server');
}
