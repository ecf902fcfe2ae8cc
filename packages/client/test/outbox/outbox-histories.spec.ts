import { array, assert, asyncProperty, nat, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import type { ClientEvents, Message } from '../../src/contract.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import { createOutbox } from '../../src/outbox/create-outbox.ts';
import { rounds } from '../../../../test/support/rounds.js';
import { settle } from '../support/fake-clock.ts';
import { fakeScope, ME, messageOf } from '../support/fake-scope.ts';

type Sent = ClientEvents['send_message']['payload'];
type Code = ConstructorParameters<typeof CauserieError>[0];

const WAITS: readonly Code[] = [
  'NETWORK',
  'TIMEOUT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'SLOW_MODE',
  'TOKEN_EXPIRED',
];
const CONVERSATIONS = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Attempt {
  readonly sent: Sent;
  readonly tab: number;
  readonly accept: (message: Message) => void;
  readonly refuse: (error: CauserieError) => void;
}

/** A server that stores each id once, and tabs that send to it from one storage. */
class World {
  readonly stored = new Map<string, Message>();
  readonly failed = new Set<string>();
  /** What a tab must not do. */
  readonly faults: string[] = [];
  attempts: Attempt[] = [];
  private readonly storage = memoryStorage();
  private readonly tabs: ReturnType<World['open']>[] = [];
  private numbers = 0;

  constructor() {
    this.reload();
  }

  get tab() {
    const tab = this.tabs.at(-1);
    if (!tab) throw new Error('There is no tab.');
    return tab;
  }

  /** The tab before it is gone; of what it was sending, half arrives. */
  reload(): void {
    this.tabs.push(this.open(this.tabs.length));
    for (const [index, { sent }] of this.attempts.entries()) if (index % 2 === 0) this.store(sent);
    this.attempts = [];
  }

  send(conversation: number): void {
    const conversationId = CONVERSATIONS[conversation % CONVERSATIONS.length] ?? 'a';
    const number = String((this.numbers += 1)).padStart(3, '0');
    this.tab.outbox.send(conversationId, { content: number, clientMessageId: `m${number}` });
  }

  /** One attempt ends: with the answer, without it, by the event before it, or with a refusal. */
  end(which: number, how: number): void {
    const attempt = this.attempts[which % this.attempts.length];
    if (!attempt) return;
    const code = WAITS[how % WAITS.length] ?? 'NETWORK';
    this.attempts = this.attempts.filter((one) => one !== attempt);
    const { sent } = attempt;
    if (how % 8 === 7 && !this.stored.has(sent.clientMessageId ?? '')) {
      this.failed.add(sent.clientMessageId ?? '');
      attempt.refuse(new CauserieError('POSTING_RESTRICTED'));
    } else if (how % 4 === 3) attempt.refuse(new CauserieError(code, code, { retryAfterMs: 50 }));
    else {
      const message = this.store(sent);
      if (how % 4 === 1) this.tab.outbox.settle(message);
      if (how % 4 === 2) attempt.refuse(new CauserieError('TIMEOUT'));
      else attempt.accept(message);
    }
  }

  async quiet(): Promise<void> {
    for (const _ of rounds(300)) {
      await this.tab.clock.pass(60_000);
      this.tab.outbox.flush();
      await settle();
      const waits = this.tab.outbox.rows.getSnapshot().some(({ status }) => status !== 'failed');
      if (!waits) return;
      for (let count = 0; count < 10_000 && this.attempts.length > 0; count += 1) {
        this.end(0, 0);
        await settle();
      }
    }
  }

  private store(sent: Sent): Message {
    const id = sent.clientMessageId ?? '';
    const { conversationId, content } = sent;
    const fields = { conversationId, content, senderId: ME, clientMessageId: id };
    const message = this.stored.get(id) ?? messageOf(this.stored.size + 1, fields);
    this.stored.set(id, message);
    return message;
  }

  private open(tab: number) {
    const send_message = (sent: Sent) => {
      if (tab !== this.tabs.length - 1) throw new CauserieError('NETWORK');
      const mine = this.attempts.filter((attempt) => attempt.tab === tab);
      const { conversationId } = sent;
      if (mine.some((attempt) => attempt.sent.conversationId === conversationId))
        this.faults.push('overtaking');
      if (mine.length >= 4) this.faults.push('too many at once');
      return new Promise((resolve, reject) => {
        const accept = (message: Message) => resolve({ message, duplicate: false });
        this.attempts.push({ sent, tab, accept, refuse: reject });
      });
    };
    const fake = fakeScope({ send_message }, this.storage);
    const outbox = createOutbox(fake.scope, (message) => outbox.settle(message));
    outbox.load(null, false);
    return { outbox, clock: fake.clock };
  }
}

const step = tuple(nat(9), nat(31), nat(31));

it('stores each message once, in the order of sending, or says that it has failed', async () => {
  const history = asyncProperty(array(step, { maxLength: 25, size: 'max' }), async (steps) => {
    const world = new World();
    await settle();
    for (const [kind, which, how] of steps) {
      if (kind < 3) world.send(which);
      else if (kind < 8) world.end(which, how);
      else if (kind === 8) await world.tab.clock.pass(which * 100);
      else if (how % 4 === 0) world.reload();
      else world.tab.outbox.flush();
      await settle();
    }
    await world.quiet();
    expect(world.faults).toEqual([]);
    const left = world.tab.outbox.rows.getSnapshot();
    expect(left.map(({ status }) => status)).toEqual(left.map(() => 'failed'));
    expect(left.filter(({ clientMessageId }) => !world.failed.has(clientMessageId))).toEqual([]);
    expect(world.stored.size + left.length).toBe(steps.filter(([kind]) => kind < 3).length);
    const last = new Map<string, string>();
    for (const { conversationId, content } of world.stored.values()) {
      expect(content > (last.get(conversationId) ?? '')).toBe(true);
      last.set(conversationId, content);
    }
  });
  await assert(history, { numRuns: 100 });
});
