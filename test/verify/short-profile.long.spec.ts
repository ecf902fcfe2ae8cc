import { expect, it } from 'vitest';
import { Counts } from '../../verify/counts.ts';
import { verify } from '../../verify/verify.ts';
import { TestServer } from '../support/test-server.js';

const profile = { minutes: Infinity, clients: 8, conversations: 3, seed: 5, patience: 10_000 };

it('finds nothing wrong with this server, however often its clients retry and lose connections', async () => {
  const server = await TestServer.start();
  try {
    const counts = new Counts();
    const violations = await verify([server.url], { ...profile, messages: 400 }, counts);

    expect(violations).toEqual([]);
    expect(counts.acknowledged).toBeGreaterThanOrEqual(400);
    expect(counts.attempts).toBeGreaterThan(counts.sends);
    expect(counts.deliveries).toBeGreaterThan(counts.acknowledged);
    const wanted = ['duplicatesAnswered', 'answersLost', 'drops', 'reconnects', 'caughtUp'] as const;
    expect(wanted.filter((count) => counts[count] === 0)).toEqual([]);
    expect(counts.strangersRefused).toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});

it('finds messages that a server loses', async () => {
  const server = await TestServer.start();
  try {
    const losing = {
      begin: () => undefined,
      end: async () => {
        const [lost] = await server.database.query(
          'delete from messages where id = (select id from messages where seq = 5 limit 1) returning id',
        );
        expect(lost).toBeDefined();
      },
    };
    const violations = await verify([server.url], { ...profile, messages: 100 }, new Counts(), losing);

    expect(new Set(violations.map(({ kind }) => kind))).toEqual(new Set(['lost', 'hole', 'diverging-list']));
  } finally {
    await server.stop();
  }
});
