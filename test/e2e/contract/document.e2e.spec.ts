import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWithUploads } from '../../fakes/avatar-client.js';
import { TestServer } from '../../support/test-server.js';
import { type ApiDocument, documentedErrors, loadDocument, operationsOf } from './api-document.js';
import { startBreakableServer } from './breakable-server.js';
import { checkAnswer, outcomeOf, type RealAnswer } from './check-answer.js';
import { REQUESTS } from './document-requests.js';
import { imaginaryContext, newContext, newForeign } from './operation-context.js';
import { send, spoiled } from './send-request.js';
import { succeed } from './world.js';

let server: TestServer;
let stop: () => Promise<void>;
let document: ApiDocument;
let revokedToken: string;
/** `GET /posts 400 VALIDATION_FAILED` */
const answered = new Set<string>();
/** The text of an answer with a code: `POST_NOT_FOUND There is no such post.` */
const answeredErrors = new Set<string>();

beforeAll(async () => {
  ({ server, stop } = await startWithUploads({ MESSAGE_EDIT_WINDOW: '3600' }));
  document = await loadDocument(server);
  revokedToken = (await newContext(server)).token;
  await succeed(server, 'POST', '/auth/logout', { token: revokedToken });
});
afterAll(() => stop());

const operationNamed = (key: string) => {
  const operation = operationsOf(document).find((each) => each.key === key);
  if (!operation) throw new Error(`${key} is not documented.`);
  return operation;
};

it('there is a request for every operation', () => {
  const operations = operationsOf(document).map(({ key }) => key);
  expect(new Set(Object.keys(REQUESTS))).toEqual(new Set(operations));
});

describe('answers what is documented, and as it is documented', () => {
  it.each(Object.entries(REQUESTS))('%s', async (key, requests) => {
    const operation = operationNamed(key);
    const mine = await newContext(server);
    const other = await newForeign(server, mine);
    const problems: string[] = [];
    const ask = async (request: Parameters<typeof send>[3]) => {
      const answer = await send(server.url, operation, mine, request);
      const outcome = outcomeOf(answer);
      note(key, answer);
      problems.push(...checkAnswer(document, operation, answer).map((problem) => `${outcome}: ${problem}`));
      if (answer.status >= 500) problems.push(`${outcome}: ${JSON.stringify(request)}`);
      return outcome;
    };
    const [first, ...rest] = Object.entries(requests);
    if (!first) throw new Error('There is no request.');
    const good = await first[1](mine, other);
    for (const request of await spoiled(operation, good, server.config, revokedToken)) await ask(request);
    // A successful request may delete what the next one needs.
    for (const [label, request] of [...rest, first]) {
      const outcome = await ask(await request(mine, other));
      expect(outcome).toBe(label.split(' ', label.startsWith('2') ? 1 : 2).join(' '));
    }
    expect(problems).toEqual([]);
  });
});

describe('answers what is documented when the server', () => {
  it('is requested too often', async () => {
    const limits = ['GLOBAL', 'AUTH', 'FILES'].map((name) => [`THROTTLE_${name}_LIMIT`, '1']);
    const strict = await TestServer.start(Object.fromEntries(limits));
    const { token } = await imaginaryContext(strict.config);
    await strict.call('GET', '/posts');
    await strict.call('GET', '/uploads/avatars/none.png');
    await strict.call('POST', '/auth/login', { body: { email: 'nobody@test.example', password: 'wrong' } });
    await strict.call('GET', '/posts', { token });
    expect(await answersElsewise(strict, '429 RATE_LIMITED')).toEqual([]);
    await strict.stop();
  });

  it('has a defect, has no database, is shut down', async () => {
    const broken = await startBreakableServer();
    await broken.spoil();
    expect(await answersElsewise(broken, '500 INTERNAL')).toEqual([]);
    await broken.takeDatabase();
    // The readiness is cached for a second.
    await expect.poll(async () => (await fetch(`${broken.url}/health/ready`)).status).toBe(503);
    expect(await answersElsewise(broken, '503 UNAVAILABLE')).toEqual([]);
    await broken.shutDown();
    expect(await answersElsewise(broken, '503 SHUTTING_DOWN')).toEqual([]);
    await broken.stop();
  });
});

it('documents nothing that was not answered', () => {
  const documented = operationsOf(document).flatMap((operation) => {
    const successes = Object.keys(operation.responses).filter((status) => status < '400');
    return [...successes, ...documentedErrors(operation)].map((outcome) => `${operation.key} ${outcome}`);
  });
  expect(documented.filter((each) => !answered.has(each))).toEqual([]);
});

it('shows the texts of real answers', () => {
  const shown = operationsOf(document).flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) =>
      Object.entries(content?.['application/json']?.examples ?? {}).map(
        ([code, { value }]) => `${code} ${(value as { message: string }).message}`,
      ),
    ),
  );
  expect([...new Set(shown)].filter((each) => !answeredErrors.has(each))).toEqual([]);
});

it('every operation but /health* documents 429', () => {
  const unlimited = operationsOf(document).filter(({ responses }) => responses['429'] === undefined);
  expect(unlimited.map(({ key }) => key)).toEqual(['GET /health', 'GET /health/live', 'GET /health/ready']);
});

function note(key: string, answer: RealAnswer): void {
  answered.add(`${key} ${outcomeOf(answer)}`);
  if (answer.status < 400) return;
  const { code, message } = JSON.parse(answer.text) as Readonly<Record<string, string>>;
  answeredErrors.add(`${code} ${message}`);
}

/**
 * Answers that differ from the expected one, for the operations that document it, and answers that are not documented,
 * for all.
 */
async function answersElsewise(
  { url, config }: Pick<TestServer, 'url' | 'config'>,
  expected: string,
): Promise<string[]> {
  const context = await imaginaryContext(config);
  const problems: string[] = [];
  for (const [key, requests] of Object.entries(REQUESTS)) {
    const operation = operationNamed(key);
    const request = await Object.values(requests)[0]?.(context, context);
    const answer = await send(url, operation, context, request ?? {});
    const outcome = outcomeOf(answer);
    note(key, answer);
    const wanted = documentedErrors(operation).includes(expected) ? expected : outcome;
    problems.push(...checkAnswer(document, operation, answer).map((problem) => `${key}: ${problem}`));
    if (outcome !== wanted) problems.push(`${key}: ${outcome}`);
  }
  return problems;
}
