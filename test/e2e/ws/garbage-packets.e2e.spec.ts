import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { Bystander } from './bystander.js';
import { RawWebSocket } from './raw-websocket.js';

const test = apiTest
  .extend('bystander', PER_FILE, ({ server }) => Bystander.join(server))
  .extend('steps', PER_FILE, ({ server, bystander }) => ({
    join: () => RawWebSocket.join(server.url, bystander.user.token),
    leave: () => `42/chat,1["leave_room",{"conversationId":"${bystander.conversationId}"}]`,
  }));

test.afterAll(({ bystander }) => {
  bystander.leave();
});

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a connection is closed for', () => {
  test.for<[string, (string | Uint8Array<ArrayBuffer>)[]]>([
    ['an unknown engine.io packet', ['9']],
    ['a packet of no type', ['garbage']],
    ['a ping, which is the server’s to send', ['2']],
    ['an unknown Socket.IO packet', ['49']],
    ['an event that is no JSON', ['42/chat,{not json']],
    ['an event that is no array', ['42/chat,{"a":1}']],
    ['an event without a name', ['42/chat,[]']],
    ['an event with null for a name', ['42/chat,[null]']],
    ['an event whose name Socket.IO keeps to itself', ['42/chat,["disconnect"]']],
    ['an event of a namespace it is not in', ['42/nowhere,["join_room"]']],
    ['an event of the namespace /', ['42["join_room"]']],
    ['joining /chat a second time', ['40/chat,{}']],
    ['a CONNECT with an array', ['40/chat,[]']],
    ['a CONNECT_ERROR', ['44/chat,{"message":"x"}']],
    ['too many binary parts', ['4599999999-/chat,["join_room"]']],
    ['a binary event that counts no parts', ['45-/chat,["join_room"]']],
    ['binary out of turn', [bytes(1, 2, 3)]],
    ['an unfinished text', [`42/chat,["join_room",${'['.repeat(50_000)}`]],
    ['text in place of binary', ['451-/chat,["x",{"_placeholder":true,"num":0}]', '42/chat,1["y"]']],
    ['binary that fits nowhere', ['451-/chat,["x",{"_placeholder":true,"num":7}]', bytes(1)]],
    ['deep binary', [`451-/chat,["x",${deep('[', ']', 30_000)}]`, bytes(1)]],
  ])('%s', async ([, frames], { steps, bystander }) => {
    const raw = await steps.join();
    for (const frame of frames) raw.send(frame);
    await raw.closed;
    expect(await bystander.problems()).toEqual([]);
  });
});

const odd: [string, string][] = [
  ['an event that is only an ack id', '42/chat,7'],
  ['an event that is nothing', '42/chat,'],
  ['an ack that nobody asked for', '43/chat,7["x"]'],
  ['an ack without a body', '43/chat,7'],
  ['an ack id beyond all numbers', `42/chat,${'9'.repeat(400)}["nope"]`],
  ['a pong that nobody asked for', '3'],
  ['an upgrade out of turn', '5'],
  ['a noop', '6'],
  ['deep arrays', `42/chat,["join_room",${deep('[', ']', 30_000)}]`],
  ['deep objects', `42/chat,["join_room",${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}]`],
  // The most expensive payloads to encode: the encoder, though not the decoder, ran out of stack.
  [
    'deep objects of integer keys',
    `42/chat,["send_message",${'{"1":'.repeat(10_833)}1${'}'.repeat(10_833)}]`,
  ],
  ['a deep field', `42/chat,["send_message",{"content":${deep('[', ']', 30_000)}}]`],
  [
    'thousands of fields',
    `42/chat,["join_room",{${Array.from({ length: 5_000 }, (_, i) => `"${i}":0`).join()}}]`,
  ],
  ['hostile keys', '42/chat,["join_room",{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}]'],
  ['fields that objects have', '42/chat,["join_room",{"toJSON":1,"then":1,"toString":1,"valueOf":1}]'],
];

test.for(odd)('a connection stays open after %s', async ([, frame], { steps, bystander }) => {
  const raw = await steps.join();
  raw.send(frame);
  raw.send(steps.leave());
  expect(await raw.frame(/^43\/chat,1\[/)).toContain('"ok":true');
  raw.close();
  expect(await bystander.problems()).toEqual([]);
  expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});

test('and after all of them between events that wait', async ({ steps, bystander }) => {
  const raw = await steps.join();
  const send = JSON.stringify(['send_message', { conversationId: bystander.conversationId, content: 'x' }]);
  for (const [, frame] of odd) {
    raw.send(`42/chat,${send}`);
    raw.send(frame);
  }
  raw.send(steps.leave());
  expect(await raw.frame(/^43\/chat,1\[/)).toContain('"ok":true');
  raw.close();
  expect(await bystander.problems()).toEqual([]);
});
