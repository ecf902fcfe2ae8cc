import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../verify/random.js';
import { cleanUp } from '../../faults/server-process.js';
import { CONNECTION_SCENARIOS } from './connection-scenarios.js';
import { SERVER_SCENARIOS } from './server-scenarios.js';
import { SESSION_SCENARIOS } from './session-scenarios.js';
import { Stage } from './stage.js';

/** How often all scenarios are played, and the order of the first time: `TEST_BREAK_ROUNDS`, `TEST_BREAK_SEED`. */
const ROUNDS = Number(process.env['TEST_BREAK_ROUNDS'] ?? 1);
const SEED = Number(process.env['TEST_BREAK_SEED'] ?? randomInt(2 ** 31));

const SCENARIOS = Object.entries({ ...CONNECTION_SCENARIOS, ...SERVER_SCENARIOS, ...SESSION_SCENARIOS });

describe.for(Array.from({ length: ROUNDS }, (_, round) => SEED + round))(
  'everybody has everything, once (the order of seed %i), after:',
  (seed) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.open();
    });
    afterAll(async () => {
      await stage.close();
      await cleanUp();
    });

    const order = new Random(seed).sample(SCENARIOS, SCENARIOS.length);
    it.concurrent.for(order)('%s', { timeout: 300_000 }, async ([, play]) => {
      await expect(play(stage)).resolves.toBeUndefined();
    });
  },
);
