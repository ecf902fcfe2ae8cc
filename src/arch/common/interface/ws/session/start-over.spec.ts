import { EventEmitter, once } from 'node:events';
import type { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { ConnectionFake } from '../../../../../../test/fakes/connection.fake.js';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import { StartOver } from './start-over.js';

it('the connections of another epoch are closed over a second, not all at once', async () => {
  const connections = Array.from({ length: 1_000 }, () => new ConnectionFake());
  const engine = Object.assign(new EventEmitter(), { clients: connections });
  const epoch = new DatabaseEpochFake();
  new StartOver(epoch).attachServer({ engine } as unknown as Server);
  const begun = performance.now();
  const millisecondsUntilClosed = Promise.all(
    connections.map((connection) => once(connection, 'close').then(() => performance.now() - begun)),
  );
  epoch.renew('epoch-2');
  const sorted = (await millisecondsUntilClosed).toSorted((a, b) => a - b);
  // A busy machine is late, and never early.
  expect(sorted.at(500)).toBeGreaterThan(400);
  expect(sorted.at(-1)).toBeGreaterThan(900);
});
