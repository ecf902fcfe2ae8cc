import { afterAll, expect, it } from 'vitest';
import { cleanUp } from './server-process.js';
import { ALL_STORED, stopInFlight } from './stop-in-flight.js';

afterAll(cleanUp);

it('finishes what is under way on SIGINT, and nothing else', async () => {
  expect(await stopInFlight('SIGINT')).toEqual(ALL_STORED);
});
