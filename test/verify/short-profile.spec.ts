import { expect, it } from 'vitest';
import { Counts } from '../../verify/counts.ts';
import { verify } from '../../verify/verify.ts';
import { TestServer } from '../support/test-server.js';

it('finds nothing wrong with this server, however often its clients try again and lose connections', async () => {
  const server = await TestServer.start();
  try {
    const counts = new Counts();
    const profile = { minutes: Infinity, messages: 600, clients: 8, conversations: 3, seed: 5 };
    const violations = await verify(server.url, profile, counts);

    expect(violations).toEqual([]);
    expect(counts.acknowledged).toBeGreaterThanOrEqual(600);
    expect(counts.attempts).toBeGreaterThan(counts.sends);
    expect(counts.deliveries).toBeGreaterThan(counts.acknowledged);
    const wanted = ['duplicatesAnswered', 'answersLost', 'drops', 'reconnects', 'caughtUp'] as const;
    expect(wanted.filter((count) => counts[count] === 0)).toEqual([]);
    expect(counts.strangersRefused).toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});
