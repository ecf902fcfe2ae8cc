import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { recordHttp } from '../e2e/recorded/http-session.js';
import { Recording } from '../e2e/recorded/recording.js';
import { recordSocket } from '../e2e/recorded/socket-session.js';
import { TestDatabase } from '../support/test-database.js';
import { TestServer } from '../support/test-server.js';
import { recordStatements } from './record-statements.js';
import { replayStatements } from './replay-statements.js';
import type { Transcript } from './statement-transcript.js';

/**
 * What nodes have sent during the recorded sessions, by the newest migration that they knew: when the recording began,
 * then a statement a line. Nodes of a release run beside the next one, so that its migrations leave all of it working.
 */
const FOLDER = join(import.meta.dirname, 'sent-statements');

let database: TestDatabase | undefined;
afterEach(() => database?.drop());

it.each(readdirSync(FOLDER))('what the node of %s sends is answered as it was then', async (file) => {
  database = await TestDatabase.create();
  const [begin = '', ...lines] = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
  const { beganAt } = JSON.parse(begin) as Transcript;
  const statements = lines.map((line) => JSON.parse(line) as Transcript['statements'][number]);
  expect(await replayStatements(database, { beganAt, statements })).toBeUndefined();
});

it('what this node sends can be recorded and sent again', async () => {
  const server = await TestServer.start();
  let transcript: Transcript;
  try {
    transcript = await recordStatements(server.database, async () => {
      const recording = new Recording(server.url);
      await recordHttp(recording);
      await recordSocket(recording, server, '4.8', 'websocket');
    });
  } finally {
    await server.stop();
  }
  expect(transcript.statements.length).toBeGreaterThan(100);
  database = await TestDatabase.create();
  const stored = JSON.parse(JSON.stringify(transcript)) as Transcript;
  expect(await replayStatements(database, stored)).toBeUndefined();
});
