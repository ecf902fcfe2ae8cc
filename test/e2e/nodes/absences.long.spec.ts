import { expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { AbsenceRace, RACE_LIMITS } from './absence-race.js';
import { TwoNodes } from './two-nodes.js';

/** With `TEST_ABSENCES=1000` a thousand of each, which take five minutes. */
const ABSENCES = Number(process.env['TEST_ABSENCES'] ?? 300);
/** A thousand on two nodes take four minutes on two busy cores. */
const TIMEOUT_MS = ABSENCES * 1_200;
/** What may not happen. */
async function findFaults(server: TestServer, urls: readonly string[]) {
  const { inside, unheard, replies } = await AbsenceRace.run(server, urls, ABSENCES);
  return { inside, unheard, replies: replies.filter(([accepted, told]) => accepted !== told) };
}
const NOTHING = { inside: [], unheard: [], replies: [] };

it(`of ${ABSENCES} absences nothing lands inside one, on one node`, { timeout: TIMEOUT_MS }, async () => {
  const server = await TestServer.start(RACE_LIMITS);
  expect(await findFaults(server, [server.url])).toEqual(NOTHING);
  await server.stop();
});

it(`of ${ABSENCES} absences nothing lands inside one, on two nodes`, { timeout: TIMEOUT_MS }, async () => {
  const nodes = await TwoNodes.start(RACE_LIMITS);
  expect(await findFaults(nodes.one, nodes.urls)).toEqual(NOTHING);
  await nodes.stop();
});
