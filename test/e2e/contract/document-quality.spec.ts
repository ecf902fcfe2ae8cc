import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { type ApiDocument, type JsonSchema, loadDocument, operationsOf } from './api-document.js';
import { schemaProblems } from './check-answer.js';

const root = resolve(import.meta.dirname, '../../..');

let server: TestServer;
let document: ApiDocument;

beforeAll(async () => {
  server = await TestServer.start();
  document = await loadDocument(server);
});
afterAll(() => server.stop());

it('passes redocly lint', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'causerie-openapi-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const redocly = join(root, 'node_modules/.bin/redocly');
  const lint = promisify(execFile)(
    redocly,
    ['lint', file, '--config', join(root, 'redocly.yaml'), '--format', 'json'],
    {
      cwd: root,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  const { stdout } = await lint.catch((failure: { stdout: string }) => failure);
  await rm(folder, { recursive: true });
  const { totals, problems } = JSON.parse(stdout) as { totals: object; problems: { message: string }[] };
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0 });
});

/** The schemas that a request or an answer consists of: named ones, each alternative by itself. */
function namedSchemas(schema: JsonSchema): string[] {
  if (typeof schema['$ref'] === 'string') return [schema['$ref'].split('/').at(-1) ?? ''];
  return ((schema['anyOf'] ?? []) as JsonSchema[]).flatMap(namedSchemas);
}

it('shows an example of every JSON body, and each is one', () => {
  const bodies = operationsOf(document).flatMap(({ requestBody, responses }) => [
    requestBody?.content ?? {},
    ...Object.values(responses).map(({ content }) => content ?? {}),
  ]);
  const media = bodies.flatMap((content) => content['application/json'] ?? []);
  const problems = media.flatMap(({ schema, examples }) => {
    const shown = examples
      ? Object.values(examples).map(({ value }) => value)
      : namedSchemas(schema).map((name) => document.components.schemas[name]?.['example']);
    if (shown.length === 0) return [`no example: ${JSON.stringify(schema)}`];
    return shown.flatMap((example) => schemaProblems(document, schema, example));
  });
  expect(media.length).toBeGreaterThan(100);
  expect(problems).toEqual([]);
});

/** How many a page holds. */
const USUAL = { maximum: 100, default: 20 };
const OTHERS: Record<string, typeof USUAL> = {
  'GET /chat/conversations/{id}/changes': { maximum: 500, default: 100 },
  'GET /chat/conversations/{id}/members': { maximum: 100, default: 100 },
};

it('names every operation, once, and every parameter with its bounds and its default', () => {
  const operations = operationsOf(document);
  expect(operations.filter(({ summary = '' }) => summary.length < 5)).toEqual([]);
  const limits = operations.flatMap(({ key, parameters = [] }) =>
    parameters.filter(({ name }) => name === 'limit').map(({ schema }) => ({ key, schema })),
  );
  expect(limits.length).toBeGreaterThan(3);
  for (const { key, schema } of limits) {
    expect(schema).toMatchObject({ type: 'integer', minimum: 1, ...(OTHERS[key] ?? USUAL) });
  }
});
