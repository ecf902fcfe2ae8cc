import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { type JsonSchema, loadDocument, operationsOf } from './api-document.js';
import { schemaProblems } from './check-answer.js';

const root = resolve(import.meta.dirname, '../../..');

const it = apiTest
  .extend('document', PER_FILE, ({ server }) => loadDocument(server))
  .extend('steps', PER_FILE, ({ document }) => {
    /** The components that are referred to, directly or by way of others. */
    function namesWithin(place: unknown, found: string[] = []): string[] {
      for (const [, name = ''] of JSON.stringify(place ?? {}).matchAll(/#\/components\/schemas\/(\w+)/g)) {
        if (found.includes(name)) continue;
        found.push(name);
        namesWithin(document.components.schemas[name], found);
      }
      return found;
    }

    return { namesWithin };
  });

/** The committed document, which is the server's: exceptions are for places in it. */
it('passes redocly lint', async () => {
  const redocly = join(root, 'node_modules/.bin/redocly');
  const lint = promisify(execFile)(redocly, ['lint', 'docs/openapi.json', '--format', 'json'], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const { stdout } = await lint.catch((failure: { stdout: string }) => failure);
  const { totals, problems } = JSON.parse(stdout) as { totals: object; problems: { message: string }[] };
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0, ignored: 1 });
});

/** The schemas of requests and answers: named ones, each alternative by itself. */
function namedSchemas(schema: JsonSchema): string[] {
  if (typeof schema['$ref'] === 'string') return [schema['$ref'].split('/').at(-1) ?? ''];
  return ((schema['anyOf'] ?? []) as JsonSchema[]).flatMap(namedSchemas);
}

it('shows an example of every JSON body, and each is one', ({ document }) => {
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

const WITH_HEADERS: Record<string, readonly string[]> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The number of rows on a page. */
const USUAL = { maximum: 100, default: 20 };
const OTHERS: Record<string, typeof USUAL> = {
  'GET /chat/conversations/{id}/changes': { maximum: 500, default: 100 },
  'GET /chat/conversations/{id}/members': { maximum: 100, default: 100 },
};

it('names every operation, once, and every parameter with its bounds and its default', ({ document }) => {
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

it('describes every operation and every parameter in a sentence', ({ document }) => {
  const operations = operationsOf(document);
  const parameters = operations.flatMap(({ key, parameters: mine = [] }) =>
    mine.map(({ name, description }) => ({ key: `${key} ${name}`, description })),
  );
  const mute = [...operations, ...parameters].filter(
    ({ description = '' }) => !/^[A-Z`].*\.$/s.test(description),
  );
  expect(mute.map(({ key }) => key)).toEqual([]);
  expect(parameters.length).toBeGreaterThan(20);
});

it('names the headers of each answer', ({ document }) => {
  const missing = operationsOf(document).flatMap(({ key, responses }) =>
    Object.entries(responses).flatMap(([status, { headers = {} }]) => {
      const wanted = ['x-request-id', ...(WITH_HEADERS[status] ?? [])];
      return wanted.filter((name) => !(name in headers)).map((name) => `${key} ${status}: ${name}`);
    }),
  );
  expect(missing).toEqual([]);
});

it('documents refused bodies only for operations with a body', ({ document }) => {
  const bodyless = operationsOf(document).filter(({ requestBody }) => !requestBody);
  expect(bodyless.length).toBeGreaterThan(15);
  expect(bodyless.filter(({ responses }) => responses['413'] ?? responses['415'])).toEqual([]);
});

it('allows no further fields in requests and further ones in answers, so that new fields break no strict client', ({
  steps,
  document,
}) => {
  const operations = operationsOf(document);
  const asked = steps.namesWithin(
    operations.map(({ parameters, requestBody }) => ({ parameters, requestBody })),
  );
  const answered = steps.namesWithin(operations.map(({ responses }) => responses));
  expect(asked.filter((name) => answered.includes(name))).toEqual([]);
  const closed = (names: readonly string[]) =>
    names.filter((name) => document.components.schemas[name]?.['additionalProperties'] === false);
  expect(closed(asked)).toEqual(asked);
  expect(JSON.stringify(answered.map((name) => document.components.schemas[name]))).not.toContain(
    '"additionalProperties":false',
  );
});

it('has no pattern in addition to a format, and no unreadable one', ({ document }) => {
  const patterns = [...JSON.stringify(document).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)];
  expect(patterns.map(([, pattern = '']) => pattern).filter((pattern) => pattern.length > 40)).toEqual([]);
});
