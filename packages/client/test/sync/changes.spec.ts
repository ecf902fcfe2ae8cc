import { describe, expect, it } from 'vitest';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import { createChanges } from '../../src/sync/create-changes.ts';
import { settle } from '../support/fake-clock.ts';
import { type Answers, conversationOf, fakeScope } from '../support/fake-scope.ts';

const ONE = 'GET /chat/conversations/:id/changes';
const SEVERAL = 'POST /chat/changes';

type Since = Readonly<Record<string, number>>;
type Asked = { readonly body: { readonly since: Since } };

const pageOf = (id: string, more: object = {}) => ({
  id,
  data: [],
  conversation: conversationOf({ id }),
  rev: 5,
  hasMore: false,
  ...more,
});
const pagesOf = ({ body: { since } }: Asked) => ({
  data: Object.keys(since).map((id) => pageOf(id)),
  epoch: 'e1',
});
const unread = (id: string) => ({ id, rev: 3, hasMore: true });
const refused = () => Promise.reject(new CauserieError('ROUTE_NOT_FOUND', '', { status: 404 }));
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);

function world(answers: Answers = {}) {
  const fake = fakeScope({
    [ONE]: ({ params }: { params: { id: string } }) => pageOf(params.id),
    [SEVERAL]: pagesOf,
    ...answers,
  });
  const changes = createChanges(fake.scope, () => 'e1');
  const readAll = (ids: readonly string[], since = 3) =>
    Promise.all(ids.map((id) => changes.read(id, since).catch(({ code }: CauserieError): string => code)));
  /** How many conversations each request had; none: it was a request of one conversation. */
  const sizes = (): (number | null)[] =>
    fake.calls.map(({ name, input }) =>
      name === SEVERAL ? Object.keys((input as Asked).body.since).length : null,
    );
  return { ...fake, changes, readAll, sizes };
}

/** An answer that a test gives later. */
function later<T>() {
  const given: ((answer: T) => void)[] = [];
  return { answer: () => new Promise<T>((resolve) => given.push(resolve)), given };
}

describe('conversations that are asked for at the same time', () => {
  it('share a request, and one alone has its own', async () => {
    const { readAll, calls } = world();
    await readAll(['c1', 'c2']);
    await readAll(['c3']);
    expect(calls).toEqual([
      { name: SEVERAL, input: { body: { since: { c1: 3, c2: 3 }, epoch: 'e1' } } },
      {
        name: ONE,
        input: { params: { id: 'c3' }, query: { since: 3, epoch: 'e1', limit: 500, events: 'true' } },
      },
    ]);
  });

  it('are fifty in a request at most, one request after another', async () => {
    const { answer, given } = later<unknown>();
    const { readAll, sizes, calls } = world({ [SEVERAL]: answer });
    const reading = readAll(names(120));
    for (const size of [50, 50, 20]) {
      await settle();
      expect(sizes().at(-1)).toBe(size);
      given.at(-1)?.(pagesOf(calls.at(-1)?.input as Asked));
    }
    expect(await reading).toHaveLength(120);
    expect(sizes()).toEqual([50, 50, 20]);
  });

  it('wait for a request that is in flight, and then share one', async () => {
    const { answer, given } = later<unknown>();
    const { readAll, sizes, changes } = world({ [ONE]: answer });
    const first = changes.read('c1', 3);
    await settle();
    const others = readAll(['c2', 'c3']);
    await settle();
    expect(sizes()).toEqual([null]);
    given[0]?.(pageOf('c1'));
    await Promise.all([first, others]);
    expect(sizes()).toEqual([null, 2]);
  });

  it('are asked for again when they have not fitted, before what was asked for later', async () => {
    const { readAll, calls } = world({
      [SEVERAL]: ({ body: { since } }: Asked) => {
        const [first = '', ...others] = Object.keys(since);
        return { data: [pageOf(first, { hasMore: true }), ...others.map(unread)], epoch: 'e1' };
      },
    });
    const [first] = await readAll(['c1', 'c2', 'c3']);
    expect(first).toMatchObject({ id: 'c1', hasMore: true });
    const asked = calls.map(({ input }) => Object.keys((input as Partial<Asked>).body?.since ?? {}));
    expect(asked).toEqual([['c1', 'c2', 'c3'], ['c2', 'c3'], []]);
  });

  it('that are asked for twice, from different places, are in two requests', async () => {
    const { changes, readAll, calls, sizes } = world();
    await Promise.all([changes.read('c1', 2), readAll(['c1', 'c2'])]);
    expect(calls[0]?.input).toMatchObject({ body: { since: { c1: 2, c2: 3 } } });
    expect(sizes()).toEqual([2, null]);
  });

  it('are each refused alone', async () => {
    const { readAll, gone } = world({
      [SEVERAL]: () => ({
        data: [{ id: 'c1', gone: true }, { id: 'c2', code: 'CURSOR_INVALID' }, pageOf('c3')],
        epoch: 'e1',
      }),
    });
    expect(await readAll(['c1', 'c2', 'c3', 'c4'])).toEqual([
      'CONVERSATION_NOT_FOUND',
      'CURSOR_INVALID',
      pageOf('c3'),
      'PROTOCOL',
    ]);
    expect(gone).toEqual(['c1', 'c2', 'c4']);
  });

  it('are not asked for without end when the server answers nothing of them', async () => {
    const { readAll } = world({ [SEVERAL]: () => ({ data: [unread('c1'), pageOf('c2')], epoch: 'e1' }) });
    expect(await readAll(['c1', 'c2'])).toEqual(['PROTOCOL', pageOf('c2')]);
  });

  it('all fail when the request fails, and so does one of another epoch', async () => {
    for (const code of ['NETWORK', 'RATE_LIMITED', 'CURSOR_INVALID'] as const) {
      const { readAll, sizes } = world({ [SEVERAL]: () => Promise.reject(new CauserieError(code)) });
      expect(await readAll(['c1', 'c2'])).toEqual([code, code]);
      expect(sizes()).toEqual([2]);
    }
  });
});

describe('a server that does not read several', () => {
  it('is asked one by one, six at a time, and for several again in the next connection', async () => {
    const { answer, given } = later<unknown>();
    const { readAll, sizes, answers, changes } = world({ [SEVERAL]: refused, [ONE]: answer });
    const reading = readAll(names(8));
    await settle();
    expect(sizes()).toEqual([8, ...Array<null>(6).fill(null)]);
    for (const give of given) give(pageOf('any'));
    await settle();
    for (const give of given.slice(6)) give(pageOf('any'));
    expect(await reading).toHaveLength(8);
    expect(sizes()).toEqual([8, ...Array<null>(8).fill(null)]);

    answers[ONE] = () => pageOf('any');
    await readAll(names(2));
    answers[SEVERAL] = pagesOf;
    changes.begin();
    await readAll(names(2));
    expect(sizes().slice(9)).toEqual([null, null, 2]);
  });

  it('tells of each conversation what is wrong with it', async () => {
    const { readAll, gone } = world({
      [SEVERAL]: () => Promise.reject(new CauserieError('VALIDATION_FAILED', '', { status: 400 })),
      [ONE]: ({ params: { id } }: { params: { id: string } }) =>
        id === 'c1' ? Promise.reject(new CauserieError('CONVERSATION_NOT_FOUND')) : pageOf(id),
    });
    expect(await readAll(['c1', 'c2'])).toEqual(['CONVERSATION_NOT_FOUND', pageOf('c2')]);
    expect(gone).toEqual(['c1']);
  });
});

describe('what is in flight', () => {
  it('is asked for again in a new connection, and an answer to the request before does not count', async () => {
    const { answer, given } = later<unknown>();
    const { readAll, sizes, changes, answers } = world({ [SEVERAL]: answer });
    const reading = readAll(['c1', 'c2']);
    await settle();
    answers[SEVERAL] = pagesOf;
    changes.begin();
    expect(await reading).toEqual([pageOf('c1'), pageOf('c2')]);
    given[0]?.({ data: [{ id: 'c1', gone: true }], epoch: 'e1' });
    await settle();
    expect(sizes()).toEqual([2, 2]);
  });

  it('is given up with everything that waits, and its answer does not count', async () => {
    const { answer, given } = later<unknown>();
    const { readAll, sizes, changes, gone } = world({ [SEVERAL]: answer });
    const reading = readAll(names(60));
    await settle();
    changes.clear();
    expect(new Set(await reading)).toEqual(new Set(['ABORTED']));
    given[0]?.({ data: [{ id: 'c1', gone: true }], epoch: 'e1' });
    await settle();
    expect(gone).toEqual([]);
    expect(sizes()).toEqual([50]);
  });

  it('and is given up does not delay what is asked for later', async () => {
    const { readAll, sizes, changes } = world({ [SEVERAL]: later().answer });
    const reading = readAll(names(2));
    await settle();
    changes.clear();
    expect(await readAll(['c1'])).toEqual([pageOf('c1')]);
    expect(await reading).toEqual(['ABORTED', 'ABORTED']);
    expect(sizes()).toEqual([2, null]);
  });
});
