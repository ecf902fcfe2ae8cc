import type { Conversation, Message } from '../../src/contract.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import type { Heads } from '../../src/link/link.ts';
import { createDirectory } from '../../src/sync/directory.ts';
import type { Scope } from '../../src/sync/scope.ts';
import { FakeClock } from './fake-clock.ts';

export const ME = 'me';

/** What a test answers to requests and to socket events, by their names. */
export type Answers = Record<string, (input: never) => unknown>;

/** What all parts share, with a server that is the test's. */
export function fakeScope(answers: Answers = {}, storage = memoryStorage()) {
  const clock = new FakeClock();
  const events = new Set<(name: string, payload: unknown) => void>();
  const onlines = new Set<(heads: Heads, ready: never) => Promise<void>>();
  const calls: { readonly name: string; readonly input: unknown }[] = [];
  const gone: string[] = [];
  let ids = 0;

  async function answer(name: string, input: unknown): Promise<never> {
    calls.push({ name, input });
    const given = answers[name];
    if (!given) throw new CauserieError('NETWORK');
    return (await given(input as never)) as never;
  }

  const directory = createDirectory();
  const scope: Scope = {
    clock,
    storage: { ...storage, watch: (onChange) => storage.watch?.(onChange) ?? (() => undefined) },
    locks: { withLock: (_, __, work) => work() },
    limits: { pageSize: 50, windowRows: 300, outbox: 500, timelines: 30 },
    directory,
    newId: () => `id-${(ids += 1)}`,
    log: () => undefined,
    userId: () => ME,
    key: (name, userId = ME) => `${userId}:${name}`,
    untilKnown: () => Promise.resolve(),
    noteGone: (id) => gone.push(id),
    untilAllowed: () => Promise.resolve(),
    call: answer,
    async readRow(id) {
      const put = directory.ask();
      put(await answer('GET /chat/conversations/:id', { id }));
    },
    request: (route, id, input, params) => answer(route, { ...input, ...params, id }),
    emit: answer,
    onEvent(listener) {
      events.add(listener);
      return () => events.delete(listener);
    },
    onOnline(listener) {
      onlines.add(listener);
      return () => onlines.delete(listener);
    },
  };
  return {
    scope,
    clock,
    calls,
    gone,
    answers,
    tell: (name: string, payload: unknown) => events.forEach((listener) => listener(name, payload)),
    comeOnline: (heads: Heads) => Promise.all([...onlines].map((listener) => listener(heads, {} as never))),
  };
}

export function messageOf(seq: number, fields: Partial<Message> = {}): Message {
  return {
    id: `message-${seq}`,
    conversationId: 'c1',
    senderId: 'bob',
    sender: { id: 'bob', displayName: 'Bob', avatarUrl: null },
    content: `${seq}`,
    createdAt: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}.000Z`,
    seq,
    rev: seq,
    clientMessageId: null,
    editedAt: null,
    deletedAt: null,
    ...fields,
  };
}

export function conversationOf(fields: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    createdBy: 'bob',
    title: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    lastSeq: 0,
    rev: 0,
    memberCount: 2,
    lastMessage: null,
    me: { role: 'member', joinedAt: '2026-01-01T00:00:00.000Z', lastReadSeq: 0, unreadCount: 0 },
    ...fields,
  };
}
