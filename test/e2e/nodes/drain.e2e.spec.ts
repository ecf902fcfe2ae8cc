import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SocketIoRoomEmitter } from '../../../src/arch/common/interface/ws/rooms/socket-io-room-emitter.js';
import { RawListener } from '../ws/raw-listener.js';
import { chatDelivery, chatNamespace } from '../ws/server-side.js';
import { signToken } from '../ws/sign-token.js';
import { TwoNodes } from './two-nodes.js';

/** More sockets than one slice has. */
const CROWD = 100;
const MESSAGES = 8;

let nodes: TwoNodes;
beforeAll(async () => (nodes = await TwoNodes.start()));
afterAll(() => nodes.stop());

it('a node that drains writes the events of other nodes to its sockets, to the last slice', async () => {
  const { one, two } = nodes;
  const user = await one.signUp();
  const crowd = await Promise.all(
    Array.from({ length: CROWD }, async () =>
      RawListener.join(two.url, await signToken(one, user, { claims: { sub: randomUUID() } })),
    ),
  );
  const namespace = chatNamespace(two);
  for (const socket of namespace.sockets.values()) await socket.join('large');

  let received = 0;
  const delivery = chatDelivery(two);
  const deliver = delivery.deliverEvent.bind(delivery);
  const stopped = new Promise<void>((resolve, reject) => {
    vi.spyOn(delivery, 'deliverEvent').mockImplementation((...event) => {
      deliver(...event);
      received += 1;
      // Nothing has been written to the last socket yet.
      if (received === MESSAGES) two.app.close().then(resolve, reject);
    });
  });
  const emitter = one.app.get(SocketIoRoomEmitter);
  for (let number = 0; number < MESSAGES; number += 1)
    emitter.emitToRoom('/chat', 'large', 'numbered', { number });
  await stopped;
  const all = Array.from({ length: MESSAGES }, (_, number) => `["numbered",{"number":${number}}]`);
  for (const { events } of crowd) expect(events).toEqual(all);
});
