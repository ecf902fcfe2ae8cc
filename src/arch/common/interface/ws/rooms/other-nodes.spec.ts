import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { BusFake } from '../../../../../../test/fakes/bus.fake.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import type { RoomPosition } from '../../../application/room-gate.js';
import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';
import { OtherNodes } from './other-nodes.js';

const payload = { id: '1', content: 'Grüße 👋\u2028', nested: [{ a: null }] };

let bus: BusFake;
let epoch: DatabaseEpochFake;
let nodes: OtherNodes;
const deliver =
  vi.fn<
    (
      room: string,
      event: string,
      payload: object,
      except?: string,
      instead?: PayloadInstead,
      after?: RoomPosition,
    ) => void
  >();

beforeEach(() => {
  bus = new BusFake();
  epoch = new DatabaseEpochFake();
  deliver.mockClear();
  nodes = new OtherNodes('/chat', { deliverEvent: deliver }, bus, epoch);
});

const instead = { room: 'receipts:off', payload: { lastReadSeq: 0 } };
const published = () => bus.published.map(({ message }) => message);
/** A message as an older node publishes it with `serverSideEmit` of `@socket.io/redis-adapter` 8.3.0. */
const byOlderNode = (...data: unknown[]) => JSON.stringify({ uid: 'Zm9vYm', type: 6, data });

it('what a node publishes, the others deliver, in the topic of their namespace', () => {
  nodes.publish('room', 'new_message', payload, undefined);
  nodes.publish('room', 'typing', { userId: 'a' }, 'user:a');
  nodes.publish('room', 'member_added', { lastReadSeq: 1 }, undefined, instead);
  nodes.publish('thread', 'new_message', payload, undefined, undefined, { room: 'room', rev: 7 });
  expect(bus.published.map(({ channel }) => channel)).toEqual(['/chat', '/chat', '/chat', '/chat']);
  for (const message of published()) bus.deliverMessage('/chat', message);
  expect(deliver.mock.calls).toEqual([
    ['room', 'new_message', payload, undefined, undefined, undefined],
    ['room', 'typing', { userId: 'a' }, 'user:a', undefined, undefined],
    ['room', 'member_added', { lastReadSeq: 1 }, undefined, instead, undefined],
    ['thread', 'new_message', payload, undefined, undefined, { room: 'room', rev: 7 }],
  ]);
});

describe('an older node, which has `@socket.io/redis-adapter`,', () => {
  it('understands what this one publishes', () => {
    nodes.publish('room', 'new_message', payload, undefined);
    nodes.publish('room', 'typing', { userId: 'a' }, 'user:a');
    nodes.publish('room', 'member_added', { lastReadSeq: 1 }, undefined, instead);
    // The check that an older node makes before it delivers a message.
    const understood = z.object({
      uid: z.string(),
      type: z.literal(6),
      requestId: z.never().optional(),
      data: z
        .tuple([z.literal('room'), z.string(), z.string(), z.looseObject({}), z.string().optional()])
        .rest(z.unknown()),
    });
    expect(published().map((message) => understood.parse(JSON.parse(message)).data)).toEqual([
      ['room', 'room', 'new_message', payload, '', epoch.current],
      ['room', 'room', 'typing', { userId: 'a' }, 'user:a', epoch.current],
      ['room', 'room', 'member_added', { lastReadSeq: 1 }, '', epoch.current, instead],
    ]);
  });

  it('is understood, whether it names its epoch or is too old for that', () => {
    bus.deliverMessage('/chat', byOlderNode('room', 'room', 'new_message', payload, '', epoch.current));
    bus.deliverMessage('/chat', byOlderNode('room', 'room', 'new_message', payload));
    bus.deliverMessage('/chat', byOlderNode('room', 'room', 'typing', payload, 'user:a', epoch.current));
    expect(deliver.mock.calls).toEqual([
      ['room', 'new_message', payload, undefined, undefined, undefined],
      ['room', 'new_message', payload, undefined, undefined, undefined],
      ['room', 'typing', payload, 'user:a', undefined, undefined],
    ]);
  });
});

it('a newer node may add fields', () => {
  const after = { room: 'outer', rev: 1, more: 1 };
  bus.deliverMessage(
    '/chat',
    byOlderNode('room', 'room', 'new_message', payload, '', epoch.current, { ...instead, more: 1 }, after, 1),
  );
  bus.deliverMessage('/chat', JSON.stringify({ type: 6, data: ['room', 'room', 'said', payload], more: 1 }));
  expect(deliver).toHaveBeenCalledTimes(2);
});

it('an event of another epoch is not delivered, and makes this node check its own', () => {
  const suspect = vi.spyOn(epoch, 'suspectOtherEpoch');
  bus.deliverMessage('/chat', byOlderNode('room', 'room', 'new_message', payload, '', 'another'));
  expect(deliver).not.toHaveBeenCalled();
  expect(suspect).toHaveBeenCalledOnce();
});

it.each([
  '',
  'null',
  '{',
  '{}',
  byOlderNode('room'),
  byOlderNode('connection', 'room', 'said', payload),
  byOlderNode('room', 5, 'said', payload),
  byOlderNode('room', 'room', 'said', 'text'),
  byOlderNode('room', 'room', 'said', null),
  byOlderNode('room', 'room', 'said', payload, 5),
  byOlderNode('room', 'room', 'said', payload, '', 5),
  byOlderNode('room', 'room', 'said', payload, '', 'epoch', { room: 'receipts:off' }),
  byOlderNode('room', 'room', 'disconnect', payload),
  JSON.stringify({ uid: 'x', type: 4, data: ['room', 'room', 'said', payload] }),
  JSON.stringify({ uid: 'x', type: 6, requestId: 'y', data: ['room', 'room', 'said', payload] }),
])('what is no event of a room is dropped: %s', (message) => {
  bus.deliverMessage('/chat', message);
  expect(deliver).not.toHaveBeenCalled();
});
