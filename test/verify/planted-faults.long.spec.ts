import { beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../verify/faults/faults.ts';
import { type Outcome, findMissedRules, verifyWith } from '../../verify/faults/run.ts';
import { programFile } from '../faults/server-process.js';
import { urlOf } from '../faults/test-postgres.js';
import { TestDatabase } from '../support/test-database.js';

/** One run must find all of these: each breaks a rule of its own. `pnpm verify:faults` plants all faults one by one. */
const TOGETHER = [
  'addition-missing',
  'invitation-missing',
  'changes-members',
  'unread-count',
  'read-missing',
  'head',
  'ended-session',
  'conversation-doubled',
  'change-lost',
  'event-missing',
  'outside',
];

/** Recoveries after a lost commit. */
const LOST = FAULTS.filter(({ name }) => name.includes('of a lost commit'));

/** Milliseconds, a time limit for hangs: several servers and their clients on a busy machine. */
const PATIENCE = 400_000;

beforeAll(() => programFile('main'));

async function verify(faults = FAULTS.slice(0, 0)): Promise<Outcome> {
  const database = await TestDatabase.create();
  try {
    return await verifyWith(faults, ['--database', urlOf(database.connection)]);
  } finally {
    await database.drop();
  }
}

describe.concurrent('pnpm verify', { timeout: PATIENCE }, () => {
  it('ends with 1 and names each rule that the server breaks', async () => {
    const faults = FAULTS.filter((fault) => TOGETHER.includes(fault.rule) && !LOST.includes(fault));
    const { missed, outputs } = await findMissedRules(TOGETHER, () => verify(faults));
    expect({ missed, outputs }).toMatchObject({ missed: [] });
  });

  it('finds that messages, conversations and members of lost commits are not published', async () => {
    const rules = LOST.map(({ rule }) => rule);
    const { missed, outputs } = await findMissedRules(rules, () => verify(LOST));
    expect({ missed, outputs }).toMatchObject({ missed: [] });
  });

  it('ends with 0 and finds nothing where nothing is planted', async () => {
    const { status, output } = await verify();
    expect(output).toMatch(/no violations\n$/);
    expect(status).toBe(0);
  });
});
