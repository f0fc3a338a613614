// Writes src/api/client.ts from the OpenAPI description: a function for each operation that the page uses, and the
// types that these need.
//
// usage: node tools/client.mjs DESCRIPTION [--check]
//
// DESCRIPTION is a file, or the address of a running server's /api/v1/openapi.json. --check compares instead of writing.
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';

// What the page asks for.
const used = new Set('listSurahs getVerses getWord getTrees resolve query search listAttributes getCorpus listRoots getRoot getLemma suggest collocations spread frequencies repeatedRuns'.split(' '));

const [source, option] = process.argv.slice(2);
const out = new URL('../src/api/client.ts', import.meta.url);
const description = JSON.parse(/^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8'));

const name_of = (reference) => reference.split('/').at(-1);
const literal = (value) => `'${String(value).replace(/['\\]/g, '\\$&')}'`;
const key = (name) => (/^[a-z_]\w*$/i.test(name) ? name : literal(name));

function type_of(schema, indent = '') {
  if (schema.$ref) return name_of(schema.$ref);
  if (schema.enum) return schema.enum.map((value) => (typeof value === 'string' ? literal(value) : JSON.stringify(value))).join(' | ');
  if (schema.oneOf ?? schema.anyOf) return (schema.oneOf ?? schema.anyOf).map((one) => type_of(one, indent)).join(' | ');
  const types = [schema.type ?? 'unknown'].flat();
  return types
    .map((type) => {
      switch (type) {
        case 'integer':
        case 'number':
          return 'number';
        case 'string':
        case 'boolean':
        case 'null':
          return type;
        case 'array': {
          const item = type_of(schema.items ?? {}, indent);
          return /[|]/.test(item) ? `readonly (${item})[]` : `readonly ${item}[]`;
        }
        case 'object':
          if (schema.properties) return object_of(schema, indent);
          return `Readonly<Record<string, ${type_of(schema.additionalProperties || {}, indent)}>>`;
        default:
          return 'unknown';
      }
    })
    .join(' | ');
}

function object_of(schema, indent) {
  const inner = indent + '  ';
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    const comment = property.description ? `${inner}/** ${property.description} */\n` : '';
    return `${comment}${inner}readonly ${key(name)}${schema.required?.includes(name) ? '' : '?'}: ${type_of(property, inner)};`;
  });
  return lines.length === 0 ? 'Readonly<Record<string, never>>' : `{\n${lines.join('\n')}\n${indent}}`;
}

const operations = [];
for (const [path, methods] of Object.entries(description.paths)) {
  if (!path.startsWith('/api/v1/')) continue;
  for (const [method, operation] of Object.entries(methods)) {
    if (used.has(operation.operationId)) operations.push({ path, method, operation });
  }
}
const needed = new Set();
function need(schema) {
  if (schema === null || typeof schema !== 'object') return;
  if (typeof schema.$ref === 'string') {
    const name = name_of(schema.$ref);
    if (needed.has(name)) return;
    needed.add(name);
    need(description.components.schemas[name]);
    return;
  }
  Object.values(schema).forEach(need);
}

const functions = operations.map(({ path, method, operation }) => {
  const answer = operation.responses['200'] ?? operation.responses['201'];
  const content = answer?.content?.['application/json']?.schema;
  if (content) need(content);
  const parameters = operation.parameters ?? [];
  const places = parameters.filter((parameter) => parameter.in === 'path');
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  const body = operation.requestBody?.content?.['application/json']?.schema;
  if (body) need(body);
  const list = places.map((parameter) => `${parameter.name}: ${type_of(parameter.schema)}`);
  if (body) list.push(`body: ${type_of(body, '')}`);
  if (asked.length > 0) {
    const fields = asked.map((parameter) => `${key(parameter.name)}${parameter.required ? '' : '?'}: ${type_of(parameter.schema)}`);
    list.push(`asked: { ${fields.join('; ')} }${asked.some((parameter) => parameter.required) ? '' : ' = {}'}`);
  }
  list.push('signal?: AbortSignal');
  const address = '`' + path.replace(/\{(\w+)\}/g, (_, name) => '${pathPart(' + name + ')}') + (asked.length > 0 ? '${parameters(asked)}' : '') + '`';
  const more = body ? `, signal, ${literal(method.toUpperCase())}, body` : method === 'get' ? ', signal' : `, signal, ${literal(method.toUpperCase())}`;
  return `/** ${operation.summary} */\nexport const ${operation.operationId} = (${list.join(', ')}): Promise<${content ? type_of(content) : 'unknown'}> =>\n  ask(${address}${more});\n`;
});
need({ $ref: '#/components/schemas/Problem' });

const types = [...needed]
  .sort()
  .map((name) => {
    const schema = description.components.schemas[name];
    return schema.type === 'object' && schema.properties ? `export interface ${name} ${object_of(schema, '')}\n` : `export type ${name} = ${type_of(schema)};\n`;
  });
const text = `// Made by tools/client.mjs from the OpenAPI description of /api/v1; do not edit.
import { ask, parameters, pathPart } from './ask';

${types.join('\n')}
${functions.join('\n')}`;

if (option === '--check') {
  if ((await readFile(out, 'utf8')) !== text) {
    console.error('src/api/client.ts is not what tools/client.mjs makes of this description');
    process.exit(1);
  }
} else {
  await writeFile(out, text);
}
