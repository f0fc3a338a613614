// Drives the page in a browser, served by the real program.
//
// usage: node drive.mjs PROGRAM WORK CHROMIUM OUT [FILE...]      (run.sh does)
//
// FILE is one of `files` below, without it all are run; -FILE leaves it out.
//
// WORK has the databases starter.db, notes.db, which is the same and written to, import.db, likewise, trees.db, which has a
// treebank and MASAQ for a few surahs, and perhaps full.db, the whole Quran; and the folder published, with files to import.
// KALIMA_WEB_ONLY names the tests to run, as a part of their names; KALIMA_WEB_ALL=1 takes no samples; KALIMA_WEB_DATASETS is the
// folder of the published files of the whole Quran.
import process from 'node:process';
import { failureLine } from './failures.mjs';
import { browser, finish } from './support.mjs';

const files = ['start', 'text', 'reader', 'search', 'history', 'builder', 'trees', 'notes', 'lists', 'proxy', 'import', 'access', 'full'];
const named = process.argv.slice(6);
const wanted = (file) => !named.includes(`-${file}`) && (named.every((name) => name.startsWith('-')) || named.includes(file));

const failures = [];
/** What it gives; undefined if it fails. */
async function attempt(name, run) {
  try {
    return await run();
  } catch (error) {
    console.log(`failed: ${name}\n${error.stack}`);
    failures.push(failureLine(name, error));
    // Its pages would go on.
    for (const context of browser.contexts()) await context.close();
    return undefined;
  }
}
process.on('unhandledRejection', (error) => failures.push(failureLine('beside the tests', error)));

for (const file of files.filter(wanted)) {
  const { tests = {} } = (await attempt(`${file}_tests.mjs`, () => import(`./${file}_tests.mjs`))) ?? {};
  for (const [name, run] of Object.entries(tests)) {
    if (process.env.KALIMA_WEB_ONLY && !name.includes(process.env.KALIMA_WEB_ONLY)) continue;
    const began = Date.now();
    await attempt(name, async () => {
      await run();
      console.log(`passed: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    });
  }
}
await attempt('the end of the browser and the servers', finish);
for (const line of failures) console.log(line);
process.exit(failures.length > 0 ? 1 : 0);
