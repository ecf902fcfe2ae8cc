import type { Outgoing, Pending, Sending } from '../api/pending.ts';
import type { ClientEvents, Message } from '../contract.ts';
import { deferred, nothing } from '../defaults/deferred.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { createStore, type Store } from '../observable/create-store.ts';
import { createKeptMap } from '../sync/kept-map.ts';
import { quiet } from '../sync/quiet.ts';
import { repeatAfter } from '../sync/repeat-after.ts';
import type { Scope } from '../sync/scope.ts';
import { contentProblem } from './content-problem.ts';
import { createJournal } from './journal.ts';

/** Conversations to which is sent at the same time, at most. */
const LANES = 4;
/** Milliseconds until a message that another tab has removed is not shown any more. */
const REMOVAL = 2_000;

/** What waits to be sent, and what could not be. */
export interface Outbox {
  readonly rows: Store<readonly Pending[]>;
  readonly send: (conversationId: string, outgoing: Outgoing) => Sending;
  /** Whether there are any, of all tabs. */
  readonly hasUnsent: () => Promise<boolean>;
  readonly retry: (clientMessageId: string) => void;
  readonly discard: (clientMessageId: string) => void;
  /** A stored message of one's own, whatever way it has come. */
  readonly settle: (message: Message) => void;
  /** Nothing can be sent to the conversation any more. */
  readonly drop: (conversationId: string, error: CauserieError) => void;
  /** There is a connection. */
  readonly flush: () => void;
  /**
   * Another user is signed in.
   * @param forgotten whose messages are to be thrown away
   * @param keepsRows what has been sent before it was known who is signed in is of this user
   */
  readonly load: (forgotten: string | null, keepsRows: boolean) => void;
}

interface Waiter {
  readonly settled: Promise<Message>;
  readonly stored: Promise<void>;
  readonly noteStored: () => void;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: CauserieError) => void;
}

/** @param onStored is told of every message that the server has confirmed */
export function createOutbox(scope: Scope, onStored: (message: Message) => void): Outbox {
  const { clock, limits } = scope;
  const kept = createKeptMap<Pending>(scope, 'outbox');
  const journal = createJournal<Pending>(scope, 'outbox');
  const rows = createStore<readonly Pending[]>([]);
  const waiters = new Map<string, Waiter>();
  /** Conversations whose first message is being sent, or waits to be sent again. */
  const busy = new Set<string>();
  /** To how many of them is being sent. */
  let lanes = 0;
  /** Messages that are in the storage, or were. */
  const stored = new Set<string>();
  /** Messages that another tab has sent, or discarded. */
  const removed = new Set<string>();
  let written = Promise.resolve();
  let endWatch: (() => void) | undefined;
  const find = (id: string): Pending | undefined =>
    rows.getSnapshot().find(({ clientMessageId }) => clientMessageId === id);

  function change(id: string, fields: Partial<Pending>): void {
    rows.set(rows.getSnapshot().map((row) => (row.clientMessageId === id ? { ...row, ...fields } : row)));
  }

  function remove(id: string): Waiter | undefined {
    const waiter = waiters.get(id);
    waiters.delete(id);
    removed.delete(id);
    journal.delete(id);
    rows.set(rows.getSnapshot().filter((row) => row.clientMessageId !== id));
    if (stored.delete(id)) void kept.change((all) => all.delete(id));
    return waiter;
  }

  /** It is sent only when it is kept; until it is known for whom, it waits. */
  async function keep(row: Pending): Promise<void> {
    if (scope.userId() === null) return;
    const { clientMessageId: id } = row;
    const isStored = journal.put(id, row);
    if (isStored) waiters.get(id)?.noteStored();
    const writing = kept.change((all) => all.set(id, row));
    if (!isStored) written = writing;
    await writing;
    journal.delete(id);
    waiters.get(id)?.noteStored();
    if (find(id)) stored.add(id);
    else void kept.change((all) => all.delete(id));
  }

  /** What another tab has sent or discarded is not sent here. It stays until the stored message should have come. */
  async function readRemovals(): Promise<void> {
    const known = [...stored];
    const entries = await kept.read();
    for (const id of known) {
      if (entries.has(id) || !stored.delete(id)) continue;
      removed.add(id);
      clock.setTimer(REMOVAL, () => find(id) && remove(id)?.reject(new CauserieError('ABORTED')));
    }
  }

  function fail(id: string, error: CauserieError): void {
    change(id, { status: 'failed', error });
    const row = find(id);
    if (row) void keep(row);
    waiters.get(id)?.reject(error);
    waiters.delete(id);
  }

  function settle(message: Message): void {
    const id = message.clientMessageId;
    const row = id === null || message.senderId !== scope.userId() ? undefined : find(id);
    if (row?.conversationId === message.conversationId) remove(row.clientMessageId)?.resolve(message);
  }

  /** What has not been sent before the page was reloaded. */
  async function read(userId: string): Promise<void> {
    const waiting = journal.read();
    const entries = await kept.read();
    if (scope.userId() !== userId) return;
    const before = new Map<string, Pending>();
    for (const [id, row] of [...entries, ...waiting]) {
      if (entries.has(id)) stored.add(id);
      if (!isPending(row)) remove(id);
      else if (!find(id) && !before.has(id)) before.set(id, asQueued(row));
    }
    rows.set([...before.values(), ...rows.getSnapshot()]);
    for (const id of waiting.keys()) if (stored.has(id)) journal.delete(id);
    for (const row of rows.getSnapshot()) if (!stored.has(row.clientMessageId)) void keep(row);
    flush();
  }

  /** Sends the first message of each conversation that is free. */
  function flush(): void {
    const seen = new Set<string>();
    for (const row of rows.getSnapshot()) {
      const { clientMessageId, conversationId, status } = row;
      if (status === 'failed' || removed.has(clientMessageId) || seen.has(conversationId)) continue;
      seen.add(conversationId);
      if (busy.has(conversationId) || lanes >= LANES) continue;
      busy.add(conversationId);
      void occupy(row);
    }
  }

  async function occupy(row: Pending): Promise<void> {
    const { conversationId } = row;
    lanes += 1;
    const delay = await transmit(row);
    lanes -= 1;
    const release = (): void => {
      busy.delete(conversationId);
      flush();
    };
    if (delay) clock.setTimer(delay, release);
    else busy.delete(conversationId);
    if (delay !== null) flush();
  }

  /** Answers after how long the next message may be sent; null when that has to wait for a connection. */
  async function transmit(row: Pending): Promise<number | null> {
    const { clientMessageId: id, attempts: before } = row;
    const attempts = before + 1;
    change(id, { status: 'sending', attempts });
    try {
      await written;
      await scope.untilAllowed();
      if (!find(id)) return 0;
      const { message } = await scope.emit('send_message', payloadOf(row));
      onStored(message);
      return 0;
    } catch (thrown) {
      const error = asCauserieError(thrown);
      if (!find(id)) return 0;
      const outcome = outcomeOf(error, attempts);
      if (outcome === 'failed') {
        fail(id, error);
        scope.noteGone(row.conversationId, error);
        return 0;
      }
      const isOffline = outcome === 'sign-out' || error.code === 'NETWORK';
      change(id, { status: 'queued', error, attempts: isOffline ? before : attempts });
      if (isOffline) return null;
      if (error.code === 'RATE_LIMITED') return 1;
      return repeatAfter(error, before);
    }
  }

  function retry(id: string): void {
    const row = find(id);
    if (row?.status !== 'failed') return;
    const queued: Pending = { ...row, status: 'queued', error: null, attempts: 0 };
    change(id, queued);
    void keep(queued);
    flush();
  }

  return {
    rows,
    settle,
    flush,
    async hasUnsent() {
      let count = 0;
      // Not just read: what this tab has sent may be about to be taken out.
      await kept.change((all) => (count = all.size));
      return count > 0;
    },
    send(conversationId, outgoing) {
      const problem = contentProblem(outgoing.content);
      if (problem) throw new CauserieError('VALIDATION_FAILED', `content: ${problem}`);
      if (rows.getSnapshot().length >= limits.outbox) {
        throw new CauserieError('UNSENT_MESSAGES', 'Too many unsent messages.');
      }
      const clientMessageId = outgoing.clientMessageId ?? scope.newId();
      const before = find(clientMessageId);
      const row: Pending = before ?? {
        ...outgoing,
        clientMessageId,
        conversationId,
        createdAt: new Date(clock.wallTime()).toISOString(),
        status: 'queued',
        error: null,
        attempts: 0,
      };
      const known = waiters.get(clientMessageId);
      if (known) return { ...row, settled: known.settled, stored: known.stored };
      let waiter = {} as Pick<Waiter, 'resolve' | 'reject'>;
      const settled = quiet(new Promise<Message>((resolve, reject) => (waiter = { resolve, reject })));
      const storing = deferred();
      const isStored = quiet(Promise.race([storing.promise, settled]).then(nothing));
      waiters.set(clientMessageId, { settled, stored: isStored, noteStored: storing.resolve, ...waiter });
      if (stored.has(clientMessageId)) storing.resolve();
      if (before) retry(clientMessageId);
      else {
        rows.set([...rows.getSnapshot(), row]);
        void keep(row);
        flush();
      }
      return { ...row, settled, stored: isStored };
    },
    retry,
    discard: (id) => remove(id)?.reject(new CauserieError('ABORTED')),
    drop(conversationId, error) {
      for (const row of rows.getSnapshot()) {
        if (row.conversationId === conversationId) remove(row.clientMessageId)?.reject(error);
      }
    },
    load(forgotten, keepsRows) {
      if (forgotten !== null) {
        kept.forget(forgotten);
        journal.forget(forgotten);
      }
      if (!keepsRows) {
        for (const waiter of waiters.values()) waiter.reject(new CauserieError('CLOSED'));
        waiters.clear();
        busy.clear();
        stored.clear();
        rows.set([]);
      }
      endWatch?.();
      const userId = scope.userId();
      if (userId === null) return;
      endWatch = kept.watch(() => void readRemovals());
      void read(userId);
    },
  };
}

/** What the server takes. */
function payloadOf(row: Pending): ClientEvents['send_message']['payload'] {
  const { conversationId, clientMessageId, content, replyToId, mentions, mentionsAll, metadata } = row;
  return { conversationId, clientMessageId, content, replyToId, mentions, mentionsAll, metadata };
}

/** Somebody else may have written what is in the storage. */
const isPending = (row: Partial<Pending> | null): row is Pending =>
  typeof row?.clientMessageId === 'string' &&
  typeof row.conversationId === 'string' &&
  typeof row.content === 'string';

const asQueued = (row: Pending): Pending => (row.status === 'failed' ? row : { ...row, status: 'queued' });
