import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Server } from 'socket.io';
import { beforeEach, expect, it } from 'vitest';
import { guardUpgrades } from './guard-upgrades.js';

let httpServer: EventEmitter;
let engine: EventEmitter;
let socket: PassThrough;

beforeEach(() => {
  [httpServer, engine] = [new EventEmitter(), new EventEmitter()];
  guardUpgrades({ httpServer, engine } as unknown as Server);
  socket = new PassThrough();
});

/** An upgrade that engine.io has taken: it has parsed the query. */
function upgrade(): void {
  httpServer.emit('upgrade', { _query: {} }, socket);
}

it.each([
  ['timeout', []],
  ['error', [new Error('ECONNRESET')]],
])('a connection whose upgrade engine.io has not answered yet is destroyed on %s', (event, args) => {
  upgrade();
  socket.emit(event, ...args);
  expect(socket.destroyed).toBe(true);
});

it('a connection that has become a websocket is left to its own listeners', () => {
  upgrade();
  engine.emit('headers', [], { socket });
  expect([socket.listenerCount('timeout'), socket.listenerCount('error')]).toEqual([0, 0]);
});
