import { expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { AbsenceRace, RACE_LIMITS } from './absence-race.js';
import { TwoNodes } from './two-nodes.js';

const ABSENCES = Number(process.env['TEST_ABSENCES'] ?? 1_000);
/** A thousand on two nodes take four minutes on two busy cores. */
const TIMEOUT_MS = ABSENCES * 1_200;
const NOTHING = { inside: [], unheard: [] };

it(`of ${ABSENCES} absences nothing lands inside one, on one node`, { timeout: TIMEOUT_MS }, async () => {
  const server = await TestServer.start(RACE_LIMITS);
  expect(await AbsenceRace.run(server, [server.url], ABSENCES)).toMatchObject(NOTHING);
  await server.stop();
});

it(`of ${ABSENCES} absences nothing lands inside one, on two nodes`, { timeout: TIMEOUT_MS }, async () => {
  const nodes = await TwoNodes.start(RACE_LIMITS);
  expect(await AbsenceRace.run(nodes.one, nodes.urls, ABSENCES)).toMatchObject(NOTHING);
  await nodes.stop();
});
