import { readFileSync } from 'node:fs';

const folder = new URL('../../src/arch/common/infrastructure/database/migrations/', import.meta.url);

/** Replaces the numbering with that before migration 0011, by counters that every message increments. */
export async function numberByCounters(client) {
  const text = readFileSync(new URL('0002_store_messages.sql', folder), 'utf8');
  await client.query(text.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  await client.query('drop index messages_conversation_id_sender_id_seq_idx');
}

/** The statement that calls the function of that migration. */
export const byCounters = ({ values }) => ({
  name: 'by_counters',
  text: 'select * from store_messages($1, $2, $3, $4, $5)',
  values,
});
