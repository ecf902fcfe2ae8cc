import type { ClientChanges } from '../api/client.ts';
import type { Conversation, Message, PositionedMessage, ServerEvents, TimelineEvent } from '../contract.ts';
import { asCauserieError } from '../errors/error-of.ts';
import type { Rooms } from './create-rooms.ts';
import { afterCreation, isFirst, noteMessage, type Position } from './position.ts';
import { quiet } from './quiet.ts';
import type { Scope } from './scope.ts';
import { REORDERING } from './reordering.ts';
import { repeatAfter } from './repeat-after.ts';

/** Live messages that wait for the listeners, at most: later ones are asked for. */
const WAITING = 200;

type Listener<E extends keyof ClientChanges> = (payload: ClientChanges[E]) => void | Promise<void>;

/** Tells listeners of every change once, in the order of `rev`, and remembers how far it has come. */
export interface Feed {
  readonly on: <E extends keyof ClientChanges>(event: E, listener: Listener<E>) => () => void;
  readonly remove: (conversationId: string, reason: string | null) => void;
  /** Another user is signed in. */
  readonly clear: () => void;
}

/** What is known of a conversation, whose changes are told one at a time. */
interface Lane {
  position: Position | null;
  /** The highest `rev` heard of. */
  head: number;
  /** Messages that have come live. */
  waiting: PositionedMessage[];
  isRunning: boolean;
}

export function createFeed(scope: Scope, rooms: Rooms): Feed {
  const { clock, log, onEvent, onOnline, storage } = scope;
  const listeners = new Map<keyof ClientChanges, Set<Listener<never>>>();
  let lanes = new Map<string, Lane>();
  const placeOf = (id: string): string => scope.key(`cursor:${id}`);
  const isActive = (): boolean => [...listeners.values()].some(({ size }) => size > 0);

  function laneOf(id: string): Lane {
    const lane = lanes.get(id) ?? { position: null, head: 0, waiting: [], isRunning: false };
    lanes.set(id, lane);
    return lane;
  }

  async function tell<E extends keyof ClientChanges>(event: E, payload: ClientChanges[E]): Promise<void> {
    for (const listener of listeners.get(event) ?? []) {
      try {
        await (listener as unknown as Listener<E>)(payload);
      } catch {
        log({ level: 'warn', event: 'listener-failed' });
      }
    }
  }

  const pause = (): Promise<void> => new Promise((resolve) => clock.setTimer(REORDERING, resolve));

  /** Tells of all that is there, unless that is going on already. Gaps that wait together are asked for together. */
  async function run(id: string, wait = pause): Promise<void> {
    const lane = laneOf(id);
    if (lane.isRunning || !lane.position) return;
    lane.isRunning = true;
    try {
      while (isActive() && lanes.get(id) === lane && lane.head > lane.position.rev) {
        if (await tellLive(id, lane, lane.position)) continue;
        await wait();
        wait = pause;
        await tellMissed(id, lane, lane.position);
      }
    } catch (thrown) {
      const error = asCauserieError(thrown);
      log({ level: 'debug', event: 'feed-failed', code: error.code, conversationId: id });
      if (error.retryable) clock.setTimer(repeatAfter(error, 2), () => void run(id));
    } finally {
      lane.isRunning = false;
    }
  }

  /** The next message, when it has come live, and nothing is missing before it. */
  async function tellLive(id: string, lane: Lane, position: Position): Promise<boolean> {
    lane.waiting = lane.waiting.filter(({ rev }) => rev > position.rev);
    const next = lane.waiting.find(({ rev, prevRev = rev - 1 }) => prevRev <= position.rev);
    if (next) await tellMessage(id, lane, next);
    return next !== undefined;
  }

  async function tellMissed(id: string, lane: Lane, position: Position): Promise<void> {
    if (lane.waiting.some(({ rev, prevRev = rev - 1 }) => prevRev <= position.rev && rev > position.rev))
      return;
    const page = await rooms.changes(id, position.rev);
    const { joinedAt } = page.conversation.me;
    const told = page.data.filter(({ createdAt }) => !position.isNew || createdAt >= joinedAt);
    const changes: (PositionedMessage | TimelineEvent)[] = [...told, ...(page.events ?? [])];
    changes.sort((a, b) => a.rev - b.rev);
    for (const change of changes) {
      if (lanes.get(id) !== lane) return;
      if ('kind' in change) {
        await tell('change', { conversationId: id, event: change });
        await move(id, lane, { ...(lane.position ?? position), rev: change.rev });
      } else await tellMessage(id, lane, change);
    }
    lane.head = Math.max(lane.head, page.conversation.rev);
    if (!page.hasMore) lane.head = Math.min(lane.head, page.rev);
    const { isNew: _, ...rest } = lane.position ?? position;
    await move(id, lane, { ...rest, rev: page.rev, ...(page.hasMore && position.isNew && { isNew: true }) });
  }

  async function tellMessage(id: string, lane: Lane, message: Message): Promise<void> {
    const { position } = lane;
    if (!position || message.rev <= position.rev) return;
    await tell('message', { conversationId: id, message, isNew: isFirst(position, message) });
    await move(id, lane, noteMessage(position, message));
  }

  async function move(id: string, lane: Lane, position: Position): Promise<void> {
    if (lanes.get(id) !== lane) return;
    lane.position = position;
    await storage.set(placeOf(id), JSON.stringify(position));
  }

  onEvent((name, payload) => {
    if (!isActive()) return;
    if (name === 'conversation_added') begin(payload as Conversation);
    const { conversationId: id, rev } = payload as { conversationId?: string; rev?: number };
    if (id === undefined || rev === undefined || !lanes.has(id)) return;
    const event = { [name]: payload } as Partial<ServerEvents>;
    const changed = event.message_updated;
    const message = event.new_message ?? (changed && { ...changed.message, prevRev: changed.prevRev });
    const lane = laneOf(id);
    lane.head = Math.max(lane.head, rev);
    if (message && lane.waiting.length < WAITING) lane.waiting.push(message as PositionedMessage);
    void run(id);
  });

  /** What has happened in a new conversation before it was announced is told, too, when it begins with that. */
  function begin(conversation: Conversation): void {
    const lane = laneOf(conversation.id);
    lane.position ??= afterCreation(conversation);
    lane.head = Math.max(lane.head, conversation.rev);
    void run(conversation.id);
    const joining = rooms.join(conversation.id).then((head) => {
      lane.head = Math.max(lane.head, head?.rev ?? 0);
      return run(conversation.id);
    });
    void quiet(joining);
  }

  /** Goes on where it was left off; conversations that are new since begin with their membership. */
  async function resume(): Promise<void> {
    const epoch = rooms.epoch();
    if (!isActive() || epoch === undefined) return;
    const mine = lanes;
    const before = await storage.get(scope.key('feed'));
    for (const [id, head] of rooms.heads()) {
      const lane = laneOf(id);
      const kept = before === epoch && !lane.position ? await storage.get(placeOf(id)) : null;
      if (mine !== lanes) return;
      const fresh: Position =
        before === epoch
          ? { rev: 0, seq: 0, holes: [], isNew: true }
          : { rev: head.rev, seq: head.lastSeq, holes: [] };
      lane.position ??= kept === null ? fresh : (JSON.parse(kept) as Position);
      lane.head = Math.max(lane.head, head.rev);
      if (kept === null) await move(id, lane, lane.position);
    }
    let waiting: Promise<void> | undefined;
    for (const id of mine.keys()) void run(id, () => (waiting ??= pause()));
    await storage.set(scope.key('feed'), epoch);
  }

  onOnline(async (heads) => {
    const before = await storage.get(scope.key('feed'));
    if (before !== null && before !== heads.epoch) lanes = new Map();
    void resume();
  });

  return {
    on(event, listener) {
      const wasActive = isActive();
      // Each call counts, also with the same function.
      const own = (payload: never): void | Promise<void> => listener(payload);
      listeners.set(event, (listeners.get(event) ?? new Set()).add(own));
      if (!wasActive) void resume();
      return () => void listeners.get(event)?.delete(own);
    },
    remove(conversationId, reason) {
      if (!lanes.delete(conversationId)) return;
      void storage.delete(placeOf(conversationId));
      void tell('removed', { conversationId, reason });
    },
    clear: () => void (lanes = new Map()),
  };
}
