import type { ConnectionSettings } from '../connection.js';
import { withClient } from '../with-client.js';
import { type EpochRow, readEpoch } from './epoch.statement.js';

/** Begins another epoch, for a restore that cannot be detected. Running nodes notice it within two seconds. */
export async function renewEpoch(connection: ConnectionSettings): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query<EpochRow>(readEpoch());
    await client.query(readEpoch(rows[0]?.epoch));
  });
}
