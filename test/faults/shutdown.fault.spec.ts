import { afterAll, expect, it } from 'vitest';
import { cleanUp } from './server-process.js';
import { ALL_STORED, stopInFlight } from './stop-in-flight.js';

afterAll(cleanUp);

it('finishes what is under way on SIGTERM, and nothing else', async () => {
  expect(await stopInFlight('SIGTERM')).toEqual(ALL_STORED);
});
