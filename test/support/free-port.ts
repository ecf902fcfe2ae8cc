import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { rounds } from './rounds.js';

/** Above them systems choose those of connections that go out: one could take the port before it is listened on, or between two starts. */
const [LOWEST, HIGHEST] = [10_000, 32_000];
const MOST_ATTEMPTS = 1_000;

/** A port of the loopback address that is free at present. */
export async function freePort(): Promise<number> {
  for (const _ of rounds(MOST_ATTEMPTS)) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
