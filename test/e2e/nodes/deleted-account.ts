import assert from 'node:assert/strict';
import { vi } from 'vitest';
import { callApi } from '../../support/api.js';
import type { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { PASSWORD } from '../auth/support.js';
import { type EvictionTraffic, type Heard, ofRoom } from './eviction-traffic.js';

interface Deletion {
  readonly url: string;
  /** Whether the account owns the conversation, which another member inherits. */
  readonly isOwner: boolean;
  /** Whether the other nodes are asked before the answer. */
  readonly isRedisUp: boolean;
}

/**
 * An account is deleted on one of the nodes while others write in its conversation on all of them; it has sockets on each
 * node: in the room, and joining at that moment. Resolves when all of them have been disconnected: they hear nothing more.
 * @returns what was heard and must not have been
 */
export async function deleteAccount(
  server: TestServer,
  traffic: EvictionTraffic,
  { url, isOwner, isRedisUp }: Deletion,
): Promise<readonly Heard[]> {
  const user = await server.signUp('deleted');
  const connect = () => Promise.all(traffic.urls.map((to) => TestSocket.connect(to, user.token)));
  const [inRoom, joining] = [await connect(), await connect()];
  const sockets = [...inRoom, ...joining];
  const { owner, early, late, later } = traffic.people;
  const others = [owner, early, late, later];
  const [founder, ...members] = isOwner ? [user, ...others] : [owner, user, early, late, later];
  const id = await server.createConversation(founder, members);
  const join = (joiners: readonly TestSocket[]) =>
    joiners
      .filter(({ client }) => client.connected)
      .map((socket) => socket.emit('join_room', { conversationId: id }).catch(() => ({ ok: false })));
  for (const { ok } of await Promise.all(join(inRoom))) assert(ok);
  await traffic.joinAll(id, others);

  const sent = [traffic.send(id, 'before'), traffic.sendPassing(id, early)];
  const joins = join(joining);
  const answer = callApi(url, 'DELETE', '/users/me', { token: user.token, body: { password: PASSWORD } });
  sent.push(traffic.send(id, 'meanwhile'));
  assert.equal((await answer).status, 204);
  sent.push(traffic.sendPassing(id, late), traffic.send(id, 'after'));
  for (const { ok } of await Promise.all(join(sockets)))
    assert(!ok, 'It joins after its account was deleted.');
  await Promise.all([...sent, ...joins]);

  await vi.waitFor(() => assert(sockets.every(({ client }) => !client.connected)), {
    interval: 20,
    timeout: 10_000,
  });
  const ends = await server.database.query<{ rev: number }>(
    `select rev::int from conversation_changes
     where conversation_id = $1 and subject_id = $2 and kind = 'member_removed'`,
    [id, user.id],
  );
  const end = ends[0]?.rev;
  assert(end !== undefined && ends.length === 1);
  const events = sockets.flatMap((socket) => ofRoom(socket, id).filter(({ rev = 0 }) => rev >= end));
  const passing = sockets.flatMap((socket) => [
    ...socket.all<Heard>('typing'),
    ...socket.all<Heard>('message_read'),
  ]);
  return [...events, ...passing.filter(({ userId }) => isRedisUp && userId === late.id)];
}
