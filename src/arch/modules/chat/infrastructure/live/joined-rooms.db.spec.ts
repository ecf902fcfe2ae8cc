import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addMember, converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { NodesFake } from '../../../../../../test/fakes/nodes.fake.js';
import { ListenerFake, RoomEmitterFake } from '../../../../../../test/fakes/room-emitter.fake.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { userRoom } from '../../../../common/domain/rooms.js';
import { conversationDeletion, memberRemoval } from '../../domain/models/conversation-change.model.js';
import { JoinedRooms } from './joined-rooms.js';

let subject: RealChatSubject;
let owner: string;
let bob: string;
let room: string;
let emitter: RoomEmitterFake;
let epoch: DatabaseEpochFake;
let nodes: NodesFake;
let joined: JoinedRooms;
let delivered: string[];

beforeAll(async () => {
  subject = await realChatSubject();
  [owner, bob] = [await signUp(subject), await signUp(subject)];
});
beforeEach(async () => {
  vi.restoreAllMocks();
  emitter = new RoomEmitterFake();
  epoch = new DatabaseEpochFake();
  nodes = new NodesFake();
  joined = new JoinedRooms(subject.database, epoch, emitter, nodes);
  delivered = [];
  room = await converse(subject, owner, bob);
  for (const user of [owner, bob]) join(user);
});
afterEach(() => void vi.useRealTimers());
afterAll(() => subject.close());

/** A socket of the user joins; its id is the user's. */
function join(userId: string, rev = 0, id = room, socketId = userId): boolean {
  const listener = new ListenerFake(socketId);
  const admitted = joined.admitJoin(id, socketId, { rev, readAt: performance.now() });
  if (admitted) for (const name of [id, userRoom(userId)]) emitter.join(name, listener);
  return admitted;
}
const change = (rev: number, id = room) =>
  joined.admitEvent(id, 'new_message', { conversationId: id, rev }, () => delivered.push(`change ${rev}`));
const passing = (id = room) =>
  joined.admitEvent(id, 'typing', { conversationId: id }, () => delivered.push('typing'));
/** Another node removes a member. */
const remove = (userId = bob, id = room) =>
  subject.change.change(id, owner, () => [memberRemoval(userId, 'removed', null)]);
const users = () => emitter.usersIn('/chat', room).toSorted();
const isDelivered = (...expected: string[]) => vi.waitFor(() => expect(delivered).toEqual(expected));
const statements = () => vi.spyOn(subject.database, 'execute');
const later = (milliseconds: number) => {
  const now = performance.now() + milliseconds;
  vi.spyOn(performance, 'now').mockReturnValue(now);
};

describe('events with a rev', () => {
  it('need no statement while none is missing', () => {
    const executed = statements();
    for (const rev of [1, 2, 3]) change(rev);
    expect(delivered).toEqual(['change 1', 'change 2', 'change 3']);
    expect(executed).not.toHaveBeenCalled();
  });

  it('wait until the missed end of a membership has been applied', async () => {
    await remove();
    change(2);
    change(3);
    expect(delivered).toEqual([]);
    await isDelivered('change 2', 'change 3');
    expect(users()).toEqual([owner]);
  });

  it('wait no longer when the missed one comes, without a statement', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const executed = statements();
    change(2);
    change(1);
    expect(delivered).toEqual(['change 1', 'change 2']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(executed).not.toHaveBeenCalled();
  });

  it('of many rooms share a statement', async () => {
    const others = await Promise.all(Array.from({ length: 50 }, () => converse(subject, owner, bob)));
    for (const id of others) {
      join(bob, 0, id);
      await remove(bob, id);
    }
    const executed = statements();
    for (const id of others) change(2, id);
    await vi.waitFor(() => expect(delivered).toHaveLength(50));
    expect(executed).toHaveBeenCalledTimes(1);
    expect(others.flatMap((id) => emitter.usersIn('/chat', id))).toEqual([]);
  });

  it('take a former member out themselves, when they are that event', () => {
    joined.admitEvent(room, 'member_removed', { conversationId: room, rev: 1, userId: bob }, () =>
      delivered.push(...users()),
    );
    expect(delivered).toEqual([owner]);
  });

  it('of a deleted conversation reach nobody', async () => {
    await subject.change.change(room, owner, () => [conversationDeletion([owner, bob])]);
    change(2);
    await isDelivered('change 2');
    expect(users()).toEqual([]);
  });

  it.each([false, true])(
    'wait for changes of members that an older node did not log, before a logged one: %s',
    async (isFollowed) => {
      await subject.removeMember(room, bob);
      await subject.postgres.query(
        'update conversations set rev = rev + 1, members_rev = rev + 1, member_count = 1 where id = $1',
        [room],
      );
      if (isFollowed) await addMember(subject, room, owner, await signUp(subject));
      change(isFollowed ? 3 : 2);
      await vi.waitFor(() => expect(delivered).toHaveLength(1));
      expect(users()).toEqual([owner]);
    },
  );

  it('wait while the database does not answer', async () => {
    await remove();
    statements().mockRejectedValueOnce(new UnavailableError());
    change(2);
    passing();
    await isDelivered('change 2');
    expect(users()).toEqual([owner]);
  });

  it('of another epoch are delivered when the members have been read', async () => {
    await subject.removeMember(room, bob);
    change(9);
    epoch.renew('epoch-2');
    change(2);
    await isDelivered('change 2');
    expect(users()).toEqual([owner]);
  });
});

describe('events without a rev', () => {
  it('need no statement while all nodes are heard', () => {
    const executed = statements();
    later(60_000);
    passing();
    expect(delivered).toEqual(['typing']);
    expect(executed).not.toHaveBeenCalled();
  });

  it('need none for two seconds, then one: who is no member any more leaves first', async () => {
    nodes.hearsAllSince = null;
    await remove();
    const executed = statements();
    later(1_900);
    passing();
    expect([delivered, executed.mock.calls.length, users().length]).toEqual([['typing'], 0, 2]);
    later(200);
    passing();
    passing();
    await isDelivered('typing', 'typing', 'typing');
    expect(users()).toEqual([owner]);
    expect(executed).toHaveBeenCalledTimes(1);
    passing();
    expect(delivered).toHaveLength(4);
  });

  it('need one after an interruption, although all nodes are heard again', async () => {
    await remove();
    later(60_000);
    nodes.hearsAllSince = performance.now();
    passing();
    await isDelivered('typing');
    expect(users()).toEqual([owner]);
  });

  it('that come during a reading wait for others before the next one', async () => {
    nodes.hearsAllSince = null;
    later(3_000);
    const others = await Promise.all([1, 2].map(() => converse(subject, owner, bob)));
    for (const id of others) join(bob, 0, id);
    later(3_000);
    const executed = statements();
    const [first = '', second = ''] = others;
    executed.mockImplementationOnce(async () => {
      passing(first);
      setTimeout(() => passing(second), 5);
      return [];
    });
    passing();
    await vi.waitFor(() => expect(delivered).toHaveLength(3));
    expect(executed).toHaveBeenCalledTimes(2);
  });

  it('that came long before a reading ends are read at once after it', async () => {
    nodes.hearsAllSince = null;
    later(3_000);
    const other = await converse(subject, owner, bob);
    join(bob, 0, other);
    later(3_000);
    const warned = vi.spyOn(process, 'emitWarning');
    statements().mockImplementationOnce(async () => {
      passing(other);
      later(1_000);
      return [];
    });
    passing();
    await vi.waitFor(() => expect(delivered).toHaveLength(2));
    // Node warns of a timer with a negative duration.
    expect(warned).not.toHaveBeenCalled();
  });

  it('are dropped while the database does not answer', async () => {
    nodes.hearsAllSince = null;
    later(3_000);
    const executed = statements().mockRejectedValueOnce(new UnavailableError());
    passing();
    await vi.waitFor(() => expect(executed).toHaveBeenCalledTimes(1));
    passing();
    await isDelivered('typing');
  });

  it('stay behind changes that wait', async () => {
    change(3);
    passing();
    await isDelivered('change 3', 'typing');
    expect(users()).toHaveLength(2);
  });
});

describe('who joins', () => {
  it('with a membership from before one ended reads it again', () => {
    joined.evict(room, bob, 5);
    expect([join(bob, 4), join(bob, 5)]).toEqual([false, true]);
  });

  it('with a membership from before one ended without a row in the log reads it again', async () => {
    const id = await converse(subject, owner, bob);
    join(owner, 0, id);
    await subject.postgres.query('update conversations set rev = 1, members_rev = 1 where id = $1', [id]);
    change(2, id);
    await isDelivered('change 2');
    expect([join(bob, 0, id), join(bob, 1, id)]).toEqual([false, true]);
  });

  it('again with a hidden history is shown nothing earlier, when its first membership was read as it joined', () => {
    joined.confirmJoin(room, bob, { rev: 2, visibleFromSeq: 2 });
    const hidden: unknown[] = [];
    joined.admitEvent(room, 'new_message', { conversationId: room, rev: 1, seq: 1 }, (exceptions) =>
      hidden.push(exceptions?.hiddenFrom),
    );
    expect(hidden).toEqual([new Set([bob])]);
  });

  it('after it was added again stays, when the removal before comes late', async () => {
    await remove();
    await addMember(subject, room, owner, bob);
    expect(join(bob, 2, room, 'again')).toBe(true);
    change(3);
    await isDelivered('change 3');
    expect(emitter.removed.map(({ staying }) => staying)).toEqual([['again']]);
    joined.evict(room, bob, 1);
    expect(emitter.removed).toHaveLength(1);
  });

  it('leaves nothing behind when the last socket has left', () => {
    joined.forgetRoom(room);
    expect(joined['rooms'].size).toBe(0);
    change(1);
    expect(delivered).toEqual(['change 1']);
  });
});
