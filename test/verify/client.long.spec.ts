import { beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_FAULTS } from '../../verify/faults/client-faults.ts';
import type { PlantedFault } from '../../verify/faults/planted-fault.ts';
import { findMissedRules, type Outcome, verifyWith } from '../../verify/faults/run.ts';
import { programFile } from '../faults/server-process.js';
import { urlOf } from '../faults/test-postgres.js';
import { TestDatabase } from '../support/test-database.js';

/** Milliseconds, a time limit for hangs: servers and their clients on a busy machine. */
const PATIENCE = 400_000;

beforeAll(() => programFile('main'));

async function verify(faults: readonly PlantedFault[], options: readonly string[] = []): Promise<Outcome> {
  const database = await TestDatabase.create();
  try {
    return await verifyWith(faults, ['--client', '--database', urlOf(database.connection), ...options]);
  } finally {
    await database.drop();
  }
}

describe.concurrent('pnpm verify --client', { timeout: PATIENCE }, () => {
  it('ends with 0 and finds nothing where nothing is planted', async () => {
    const { status, output } = await verify([], ['--patience', '20']);
    expect(output).toMatch(/no violations\n$/);
    expect(status).toBe(0);
  });

  it.each(CLIENT_FAULTS)('finds that $name', async (fault) => {
    const { missed, outputs } = await findMissedRules([fault.rule], () => verify([fault]));
    expect({ missed, outputs }).toMatchObject({ missed: [] });
  });
});
