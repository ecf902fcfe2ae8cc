import { type IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Server } from 'socket.io';
import { beforeEach, expect, it } from 'vitest';
import { InFlightWork } from '../../../application/in-flight-work.js';
import { refuseWhileDraining } from './refuse-while-draining.js';

type Middleware = (request: object, response: object, next: () => void) => void;

let work: InFlightWork;
let middleware: Middleware;

beforeEach(() => {
  work = new InFlightWork();
  const engine = { use: (used: Middleware) => (middleware = used) };
  refuseWhileDraining({ engine } as unknown as Server, work);
});

/** Whether a request gets through to engine.io; `sid` is that of the open connection that it names. */
function isServed(sid: string | undefined, isUpgrade: boolean): boolean {
  const request = {
    _query: { sid },
    headers: {},
    url: '/socket.io/',
    socket: new PassThrough(),
    on: () => request,
  };
  const response = isUpgrade ? {} : new ServerResponse(request as unknown as IncomingMessage);
  let served = false;
  middleware(request, response, () => (served = true));
  return served;
}

const KINDS = [
  ['handshake by polling', undefined, false],
  ['handshake by websocket', undefined, true],
  ['poll of an open connection', 'sid', false],
  ['upgrade of an open connection', 'sid', true],
] as const;

it.each(KINDS)('a %s is served before', (_, sid, isUpgrade) => {
  expect(isServed(sid, isUpgrade)).toBe(true);
});

it('only polls of open connections are served while the server drains', async () => {
  await work.drainWork();
  const served = KINDS.filter(([, sid, isUpgrade]) => isServed(sid, isUpgrade)).map(([kind]) => kind);
  expect(served).toEqual(['poll of an open connection']);
});
