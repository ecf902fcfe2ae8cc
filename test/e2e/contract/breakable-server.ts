import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { InFlightWork } from '../../../src/arch/common/application/in-flight-work.js';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { AvatarStorePort } from '../../../src/arch/modules/user/application/ports/avatar-store.port.js';
import { createApp } from '../../../src/arch/create-app.js';
import { testConfig } from '../../support/test-config.js';
import { TestDatabase } from '../../support/test-database.js';

/** The real application, which can be broken step by step. */
export async function startBreakableServer() {
  const folder = await mkdtemp(join(tmpdir(), 'causerie-break-'));
  const uploads = join(folder, 'uploads');
  const config = testConfig({ UPLOAD_DIR: uploads });
  const database = await TestDatabase.create();
  const { port, host } = database.connection;
  const socketName = `.s.PGSQL.${port}`;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(join(host, socketName));
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(side);
      side.pipe(other);
      side.on('error', () => other.destroy());
      side.on('close', () => other.destroy());
    }
  });
  proxy.listen(join(folder, socketName));
  await once(proxy, 'listening');
  const app = await createApp(config, { ...database.connection, host: folder }, pino({ level: 'silent' }));
  const url = `http://127.0.0.1:${await listen(app, 0)}`;
  const avatars = app.get(AvatarStorePort);
  const stopDatabase = (): void => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url,
    config,
    /** Renames tables, and breaks the code that opens images. */
    async spoil(): Promise<void> {
      await database.query('drop schema public cascade');
      avatars.openImage = () => Promise.reject(new TypeError('a defect'));
    },
    /** Makes the database unavailable, and replaces the upload folder by a file. */
    async takeDatabase(): Promise<void> {
      stopDatabase();
      Reflect.deleteProperty(avatars, 'openImage');
      await rm(uploads, { recursive: true, force: true });
      await writeFile(uploads, 'No folder.');
    },
    /** Brings the server into the state between the signal and its end. */
    shutDown: () => app.get(InFlightWork).drainWork(),
    async stop(): Promise<void> {
      await app.close();
      stopDatabase();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
