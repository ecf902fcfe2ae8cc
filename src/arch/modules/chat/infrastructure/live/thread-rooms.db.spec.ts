import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { NodesFake } from '../../../../../../test/fakes/nodes.fake.js';
import { ListenerFake, RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { userRoom } from '../../../../common/domain/rooms.js';
import { memberRemoval } from '../../domain/models/conversation-change.model.js';
import { toThreadId } from '../../domain/models/thread.model.js';
import { JoinedRooms } from './joined-rooms.js';

/** The message at which the thread begins. */
const ROOT = 3;

let subject: RealChatSubject;
let owner: string;
let bob: string;
let parent: string;
let thread: string;
let emitter: RoomEmitterFake;
let nodes: NodesFake;
let epoch: DatabaseEpochFake;
let joined: JoinedRooms;
let delivered: string[];

beforeAll(async () => {
  subject = await realChatSubject();
  [owner, bob] = [await signUp(subject), await signUp(subject)];
});
beforeEach(async () => {
  vi.restoreAllMocks();
  [emitter, nodes, epoch] = [new RoomEmitterFake(), new NodesFake(), new DatabaseEpochFake()];
  joined = new JoinedRooms(subject.database, epoch, emitter, nodes);
  delivered = [];
  parent = await converse(subject, owner, bob);
  thread = toThreadId(randomUUIDv7());
  for (const user of [owner, bob]) {
    joinParent(user);
    joinThread(user);
  }
});
afterAll(() => subject.close());

const listeners = new Map<string, ListenerFake>();

/** The socket's id is that of its user, unless another one is given. */
function joinParent(userId: string, rev = 0, socketId = userId): boolean {
  const listener = new ListenerFake(socketId);
  listeners.set(socketId, listener);
  const admitted = joined.admitJoin(parent, socketId, { rev, readAt: performance.now() });
  if (admitted) for (const name of [parent, userRoom(userId), socketId]) emitter.join(name, listener);
  return admitted;
}
function joinThread(socketId: string, rev = 0): boolean {
  const outer = { room: parent, rev, seq: ROOT };
  const admitted = joined.admitJoin(thread, socketId, { rev: 0, readAt: performance.now(), outer });
  const listener = listeners.get(socketId);
  if (admitted && listener) emitter.join(thread, listener);
  return admitted;
}
/** An event of the thread, with what has come before it in the parent. */
const reply = (name: string, rev?: number) =>
  joined.admitEvent(
    thread,
    'new_message',
    { conversationId: thread, rev: 1 },
    () => delivered.push(name),
    rev === undefined ? undefined : { room: parent, rev },
  );
const change = (rev: number) =>
  joined.admitEvent(parent, 'message_updated', { conversationId: parent, rev }, () =>
    delivered.push(`parent ${rev}`),
  );
/** Another node removes the member. */
const remove = () => subject.change.change(parent, owner, () => [memberRemoval(bob, 'removed', null)]);
/** As the namespace says it when a socket has left a room. */
const leaveParent = (socketId: string) => {
  const listener = listeners.get(socketId);
  if (listener) emitter.leave(parent, listener);
  joined.forgetSocket(parent, socketId);
};
const usersInThread = () => emitter.usersIn('/chat', thread).toSorted();
const isDelivered = (...expected: string[]) => vi.waitFor(() => expect(delivered).toEqual(expected));
const statements = () => vi.spyOn(subject.database, 'execute');
/** The fake emitter does not say who has left a room: the namespace does. */
const followLeaving = () => {
  const leave = emitter.removeFromRoom.bind(emitter);
  emitter.removeFromRoom = (namespace, room, leavers, staying) => {
    const before = new Set([...listeners.values()].filter((one) => emitter['in'](room).has(one)));
    leave(namespace, room, leavers, staying);
    for (const one of before) if (!emitter['in'](room).has(one)) joined.forgetSocket(room, one.id);
  };
};

it('needs no statement while nothing of the parent is missing, and none for its own numbers', () => {
  const executed = statements();
  reply('first', 0);
  change(1);
  reply('second', 1);
  reply('third', 1);
  expect(delivered).toEqual(['first', 'parent 1', 'second', 'third']);
  expect(executed).not.toHaveBeenCalled();
});

it('waits until the missed end of a membership of the parent has been applied', async () => {
  followLeaving();
  await remove();
  reply('later', 1);
  expect(delivered).toEqual([]);
  await isDelivered('later');
  expect(usersInThread()).toEqual([owner]);
});

it('waits also without a place in the parent, when that is not confirmed', async () => {
  followLeaving();
  nodes.hearsAllSince = null;
  const now = performance.now() + 2_001;
  vi.spyOn(performance, 'now').mockReturnValue(now);
  await remove();
  reply('typing');
  expect(delivered).toEqual([]);
  vi.restoreAllMocks();
  await isDelivered('typing');
  expect(usersInThread()).toEqual([owner]);
});

it('comes after the change of the parent that it waits for, whichever came first', () => {
  reply('after 2', 2);
  change(2);
  expect(delivered).toEqual([]);
  change(1);
  expect(delivered).toEqual(['parent 1', 'parent 2', 'after 2']);
});

it('of another parent, as nobody sends it, is treated as one without a place', async () => {
  nodes.hearsAllSince = null;
  joined.admitEvent(thread, 'x', {}, () => delivered.push('x'), { room: thread, rev: 99 });
  expect(delivered).toEqual(['x']);
});

it('who leaves the room of the parent leaves those of its threads', () => {
  leaveParent(bob);
  expect(usersInThread()).toEqual([owner]);
});

it('whose membership has ended leaves both, on this node and when another one asks', () => {
  followLeaving();
  joined.evict(parent, bob, 1);
  expect(usersInThread()).toEqual([owner]);
  joined.evict(parent, null, 2);
  expect(usersInThread()).toEqual([]);
});

it('joins nobody who is not in the room of the parent, or whose membership was read before one ended', () => {
  joined.evict(parent, bob, 5);
  expect([joinThread(owner, 4), joinThread(owner, 5)]).toEqual([false, true]);
  joined.forgetRoom(parent);
  expect(joinThread(owner, 9)).toBe(false);
});

it('joins nobody with a membership from before the one with which the socket is in the room of the parent', () => {
  expect(joinParent(bob, 7, 'again')).toBe(true);
  expect([joinThread('again', 6), joinThread('again', 7)]).toEqual([false, true]);
});

it('who was added again stays in both, when the removal before comes late', () => {
  followLeaving();
  joinParent(bob, 2, 'again');
  joinThread('again', 2);
  joined.evict(parent, bob, 1);
  expect(usersInThread()).toEqual([bob, owner].toSorted());
});

/** The sockets that are not told of a change of the message. */
const hiddenFrom = (rev: number, seq: number) => {
  let hidden: readonly string[] = [];
  const payload = { conversationId: parent, rev, message: { seq } };
  joined.admitEvent(parent, 'message_updated', payload, (exceptions) => {
    hidden = [...(exceptions?.hiddenFrom ?? [])];
  });
  return hidden;
};

/** Bob's membership was read at the change. */
const hide = (visibleFromSeq: number, rev = 0) =>
  joined.hideHistory({ conversationId: parent, userId: bob, visibleFromSeq, rev });

describe('a member that hides the first messages from itself', () => {
  it('is told of no change of them, and leaves the threads that begin there', () => {
    hide(ROOT);
    expect(usersInThread()).toEqual([owner, bob].toSorted());
    expect([hiddenFrom(1, ROOT - 1), hiddenFrom(2, ROOT)]).toEqual([[bob], []]);
    hide(ROOT + 1);
    expect(usersInThread()).toEqual([owner]);
    expect([hiddenFrom(3, ROOT), hiddenFrom(4, ROOT + 1)]).toEqual([[bob], []]);
  });

  it('stays told of them with a later membership than the one that was read, whatever came first', () => {
    followLeaving();
    joinParent(bob, 7, 'again');
    hide(ROOT + 1, 6);
    expect(hiddenFrom(1, 1)).toEqual([bob]);
    joined.evict(parent, bob, 6);
    hide(9, 5);
    expect([hiddenFrom(2, 1), hiddenFrom(3, 8)]).toEqual([[], []]);
  });

  it('is in a room that nobody of this node has joined', () => {
    const conversationId = randomUUIDv7();
    expect(() =>
      joined.hideHistory({ conversationId, userId: bob, visibleFromSeq: 2, rev: 0 }),
    ).not.toThrow();
  });
});

it('in a new epoch nothing is delivered before the members of the parent were read', async () => {
  followLeaving();
  await subject.removeMember(parent, bob);
  await subject.postgres.query('update conversations set rev = 1, members_rev = 1 where id = $1', [parent]);
  epoch.renew('epoch-2');
  reply('later', 0);
  expect(delivered).toEqual([]);
  await isDelivered('later');
  expect(usersInThread()).toEqual([owner]);
});

it('leaves nothing behind', () => {
  joined.forgetRoom(thread);
  joined.forgetRoom(parent);
  expect([joined['threads'].parentOf(thread), joined['threads'].of(parent).size]).toEqual([undefined, 0]);
});
