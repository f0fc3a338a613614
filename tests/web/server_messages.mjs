// What the server may say to the page, read from its sources: messages, cures, hints, notes on a query, and what a query was
// expected to go on with.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));
const folders = ['query', 'search', 'statistics', 'api/v1', 'research', 'saved', 'app', 'http'];
/** Of other folders, those that the page gets to hear. */
const also = ['store/history.cc', 'store/research_edit.cc', 'importers/kinds.cc', 'support/json_parse.cc'];

/** Files whose messages the page never gets: who hears them instead. */
const elsewhere = {
  'research/exchange.cc': 'kalima research',
  'research/web_annotations_in.cc': 'kalima research',
  'search/word_file.cc': 'who starts the server',
  'search/word_file_builder.cc': 'kalima import',
  'search/word_keys.cc': 'who starts the server',
  'api/v1/quotations.cc': 'programs: no screen asks for quotations',
  'api/v1/suggest.cc': 'nobody: where a query cannot go on, nothing is offered',
  'api/v1/morphology.cc': 'programs: the page asks for words with their verses',
  'app/base_path.cc': 'who starts the server',
  'app/check.cc': 'kalima check',
  'app/import.cc': 'kalima import',
  'app/index.cc': 'who starts the server',
  'app/library_folders.cc': 'who starts the server',
  'app/own_names.cc': 'kalima import',
  'app/seal.cc': 'who starts the server',
  'app/service.cc': 'who starts the server',
  'http/multipart.cc': 'programs: a browser makes forms that are well-formed',
  'http/openapi.cc': 'who changes the program',
  'http/poller.cc': 'who starts the server',
  'http/reactor.cc': 'who starts the server',
  'http/socket.cc': 'who starts the server',
  'http/static_files.cc': 'the old page, under --static',
  'http/workers.cc': 'who starts the server',
  'statistics/keyness.cc': 'programs: no screen compares two parts of the corpus',
  'statistics/row_queries.cc': 'programs: the page shows no notes of statistics',
  'statistics/similar.cc': 'programs, likewise',
  'statistics/skipgrams.cc': 'programs, likewise',
  'statistics/sound.cc': 'programs, likewise',
  'statistics/structure.cc': 'programs, likewise',
};

/** Of the other files, what the page never gets: of a server that does not start, of a defect, of parts of a message. */
const unheard = new Set([
  'cannot listen on {}:{}',
  "is the port in use, perhaps by another Kalima, or is the address not this machine's? Name another with --port or --host",
  'an anchor without spans',
  '{} is not declared for this route',
  "'{}' {}",
  'values that occur together fewer than ',
  '{} {}',
]);

const literal = String.raw`"(?:[^"\\\n]|\\.)*"`;
const literals = new RegExp(String.raw`${literal}(?:\s*${literal})*`, 'g');
const one = new RegExp(literal, 'g');
/** What says something: a call, a note, or a text that is given to one of these. */
const says = /\b(?:Error|fail|fail_multipart|refuse\w*|unexpected|expect|notes_?\.(?:emplace_back|push_back)|Refused \w+\[\] =|to_array<Habit>)\s*(?=[({])|\bcase \d+:\s*return\s(?=")|\b(?:message|cure|hint|known|note|why)(?: =|;\s*return)\s(?=[^;=]*")/g;

const text_or_sign = String.raw`${literal}|'(?:[^'\\\n]|\\.)'`;
const quoted = new RegExp(text_or_sign, 'y');
const quotedAll = new RegExp(text_or_sign, 'g');
const uncommented = (text) => text.replace(/^\s*(?:#include|\/\/).*$|(?<=[\s;{}])\/\/ .*$/gm, '');

/** What belongs to a call or an assignment: up to the bracket that closes it, or the semicolon that ends it. */
function extent(text, from) {
  const bracketed = '({'.includes(text[from]);
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    quoted.lastIndex = at;
    if (quoted.test(text)) at = quoted.lastIndex - 1;
    else if ('({['.includes(sign)) depth++;
    else if (')}]'.includes(sign) && --depth <= 0 && bracketed) return text.slice(from, at + 1);
    else if (sign === ';' && depth === 0) return text.slice(from, at);
  }
  return '';
}

const unescaped = (text) => text.replace(/\\(.)/g, (_whole, sign) => ({ n: '\n', t: '\t' })[sign] ?? sign);
/** Prose has words with a space between them; the rest is code, a name or a sign. */
const isProse = (text) => /[a-z}>'")\]] [a-z{('"&|*\\[<]/i.test(text);
const begins_prose = /^(?:an?|the|one|two|letters|to) /;

/** Each text with its file, and whether it is what was expected in a query. What is filled in is "{}". */
export function serverMessages() {
  const found = new Map();
  const files = folders.flatMap((folder) => readdirSync(sources + folder, { recursive: true }).map((name) => `${folder}/${name}`)).filter((file) => /\.(?:cc|h)$/.test(file));
  for (const file of Object.keys(elsewhere)) if (!files.includes(file)) throw new Error(`there is no ${file}`);
  for (const file of [...files.filter((one) => !(one in elsewhere)), ...also]) {
    const text = uncommented(readFileSync(sources + file, 'utf8'));
    for (const { 0: begin, index } of text.matchAll(says)) {
      const given = extent(text, index + begin.length);
      for (const { 0: neighbours, index: at } of given.matchAll(literals)) {
        const said = unescaped([...neighbours.matchAll(one)].map(([part]) => part.slice(1, -1)).join('')).replace(/\{\d?(?::[^{}]*)?\}/g, '{}');
        if (!isProse(said) || unheard.has(said)) continue;
        // Of a query: in a list, or the meaning of a sign.
        const before = given.slice(0, at).replace(quotedAll, '');
        const listed = /^(?:fail|refuse|unexpected)/.test(begin) && before.split('{').length > before.split('}').length;
        if (begin.startsWith('expect')) found.set(`'{}' ${said}`, { file, expects: true });
        else if (!listed) found.set(said, { file, expects: false });
        else if (begins_prose.test(said)) found.set(said, { file, expects: true });
      }
    }
  }
  return found;
}
