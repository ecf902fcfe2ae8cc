import * as fc from 'fast-check';
import { rounds } from '../../../../test/support/rounds.js';
import { differenceOf } from './invariants.ts';
import type { Input, Merging } from './merging.ts';
import { describe, ModelClient } from './model-client.ts';
import { ModelServer, USERS } from './model-server.ts';

const EMOJIS = ['+1', 'ship'];

/** A server, one client of it, and a network that loses, delays, reorders and doubles. */
class ModelWorld {
  readonly server = new ModelServer();
  readonly client: ModelClient;
  /** Events that are under way. */
  private events: Input[] = [];
  /** Lists of own reactions have been lost. */
  private hasLostOwn = false;
  private sent = 0;

  constructor(merging: Merging, hasPageRev: boolean) {
    this.client = new ModelClient(merging, this.server, hasPageRev);
  }

  /** The steps, each with how often it is taken. */
  private readonly kinds: readonly (readonly [number, (a: number, b: number) => void])[] = [
    [6, (a) => this.send(a)],
    [9, (a) => this.deliver(a)],
    [6, (a) => this.answer(a)],
    [4, (a) => this.ofMessage(a, (seq) => this.server.edit(seq))],
    [1, () => this.client.askPage('latest')],
    [2, () => this.client.join()],
    [2, () => this.client.catchUp()],
    [4, (a) => this.pick(this.client.requests, a)?.read()],
    [5, (a, b) => this.react(a, b)],
    [3, () => this.client.askPage('before')],
    [2, () => this.client.askPage('after')],
    [1, (a) => this.client.askPage('around', 1 + (a % (this.server.lastSeq + 1)))],
    [1, (a) => this.ofMessage(a, (seq) => this.server.delete(seq))],
    [1, () => this.changeMembers()],
    [2, (a) => this.lose(a)],
    [2, (a) => this.repeat(a)],
    [1, (a) => this.fail(a)],
    [3, (a) => this.write(a)],
    [1, (a, b) => this.trim(a, b)],
    [1, () => this.clear()],
    [1, () => this.disconnect()],
    [1, () => this.restart()],
    [1, () => this.emit()],
    [1, (a) => this.hear(a)],
  ];
  readonly steps = this.kinds.flatMap(([weight, step]) => Array.from({ length: weight }, () => step));

  /** The room is joined, and the end is held. */
  open(): void {
    this.client.join();
    for (const request of this.client.requests) this.client.finish(request);
    this.client.askPage('latest');
    for (const request of this.client.requests) this.client.finish(request);
  }

  /** Everything arrives, and the client has read everything. */
  settle(): void {
    const { client, server } = this;
    this.emit();
    for (const event of this.events) client.dispatch(event);
    this.events = [];
    client.join();
    for (const request of client.requests) client.finish(request);
    client.dispatch({ kind: 'heard', rev: server.rev, lastSeq: server.lastSeq });
    for (const _ of rounds(100 + 2 * server.rev)) {
      client.catchUp();
      if (client.requests.length === 0 && client.isEmpty) client.askPage('latest');
      if (client.requests.length === 0 && !client.state.follows) client.askPage('after');
      if (client.requests.length === 0 && !client.state.atStart) client.askPage('before');
      if (client.requests.length === 0) break;
      for (const request of client.requests) client.finish(request);
    }
    client.dispatch({ kind: 'visible-from', seq: server.visibleFromSeq });
    const difference = differenceOf(client.state, server, !this.hasLostOwn);
    if (difference) throw new Error(`${difference}: ${describe(client.state)}`);
  }

  /** The node emits what it has not emitted yet. */
  private emit(): void {
    const { client, server } = this;
    if (client.emitted === null) return;
    this.events.push(
      ...server.eventsSince(client.emitted).map((event) => ({ kind: 'event' as const, ...event })),
    );
    client.emitted = server.rev;
  }

  /** A change, which is emitted at once most of the time, and otherwise together with the next one. */
  private change(isLate: boolean, change: () => void): void {
    change();
    if (!isLate) this.emit();
  }

  private send(a: number): void {
    this.change(a % 5 === 4, () => this.server.send(USERS[1 + (a % 3)] ?? 'ann', null));
  }

  private ofMessage(a: number, change: (seq: number) => void): void {
    const { lastSeq } = this.server;
    if (lastSeq > 0) this.change(a % 5 === 4, () => change(1 + (a % lastSeq)));
  }

  private react(a: number, b: number): void {
    const user = USERS[b % USERS.length] ?? 'ann';
    const emoji = EMOJIS[(b >> 2) % 2] ?? '';
    // Many to few messages.
    this.ofMessage(a % 5 === 4 ? a : (a >> 3) % 2, (seq) => {
      const { id, rev } = this.server.react(user, seq, emoji);
      // On another device: its list comes beside the event.
      const isTold = user === 'me' && this.client.emitted !== null && seq >= this.server.visibleFromSeq;
      if (isTold)
        this.events.push({ kind: 'own', reactions: { [id]: this.server.ownAt(seq) }, revs: { [id]: rev } });
    });
  }

  private changeMembers(): void {
    this.change(false, () => this.server.changeMembers());
  }

  private clear(): void {
    this.emit();
    this.server.clear();
    this.events.push({ kind: 'visible-from', seq: this.server.visibleFromSeq });
  }

  private deliver(a: number): void {
    const event = this.pick(this.events, a);
    if (!event) return;
    this.events = this.events.filter((one) => one !== event);
    this.client.dispatch(event);
  }

  private repeat(a: number): void {
    const event = this.pick(this.events, a);
    if (event) this.client.dispatch(event);
  }

  private lose(a: number): void {
    const event = this.pick(this.events, a);
    if (event?.kind !== 'own') this.events = this.events.filter((one) => one !== event);
  }

  private hear(a: number): void {
    if (this.server.rev > 0) this.client.dispatch({ kind: 'heard', rev: 1 + (a % this.server.rev) });
  }

  private answer(a: number): void {
    const request = this.pick(this.client.requests, a);
    if (!request) return;
    // The acknowledgement of a room comes on the socket.
    this.client.finish(request);
    this.emit();
  }

  private fail(a: number): void {
    const request = this.pick(this.client.requests, a);
    if (!request) return;
    this.client.finish(request, true);
    this.hasLostOwn ||= request.name === 'write';
  }

  /** The client sends, sends again, edits or reacts. */
  private write(a: number): void {
    const { server, client } = this;
    const seq = server.lastSeq === 0 ? 0 : 1 + (a % server.lastSeq);
    const isSend = seq < server.visibleFromSeq || a % 3 > 0;
    if (isSend && a % 3 === 1) this.sent += 1;
    const clientMessageId = `c${this.sent}`;
    client.write(() => {
      const message = isSend
        ? server.send('me', clientMessageId)
        : a % 2 === 0
          ? server.edit(seq)
          : server.react('me', seq, EMOJIS[0] ?? '');
      return { kind: 'answer', message, own: server.ownOf([message]) };
    });
  }

  private trim(a: number, b: number): void {
    const first = this.client.state.first + (a % 4);
    this.client.dispatch({ kind: 'trim', first, last: first + (b % 8) });
  }

  private disconnect(): void {
    this.hasLostOwn ||= this.events.some(({ kind }) => kind === 'own');
    this.events = [];
    this.client.emitted = null;
    this.client.requests = this.client.requests.filter(({ name }) => name !== 'join');
    this.server.reconnect();
  }

  private restart(): void {
    this.disconnect();
    this.client.restart();
  }

  private pick<T>(all: readonly T[], a: number): T | undefined {
    return all[a % all.length];
  }
}

/** Checks that a client with this reducer has in the end what the server has, and shows nothing wrong on the way. */
export function checkHistories(merging: Merging, numRuns: number, seed?: number) {
  const stepKinds = new ModelWorld(merging, true).steps.length;
  const step = fc.tuple(fc.nat(stepKinds - 1), fc.nat(63), fc.nat(63));
  // Without bias, which would make most of them short.
  const steps = fc.noBias(fc.array(step, { maxLength: 60, size: 'max' }));
  const history = fc.property(fc.boolean(), fc.boolean(), steps, (hasPageRev, isOpen, taken) => {
    const world = new ModelWorld(merging, hasPageRev);
    if (isOpen) world.open();
    for (const [kind, a, b] of taken) world.steps[kind]?.(a, b);
    world.settle();
  });
  return fc.check(history, { numRuns, ...(seed !== undefined && { seed }) });
}

/** The shortest history that was found to fail, and why; null when none was. */
export function reportOf({ failed, counterexample, errorInstance, seed }: ReturnType<typeof checkHistories>) {
  return failed ? JSON.stringify({ seed, counterexample, error: String(errorInstance) }) : null;
}
