import type { Contestant } from '../contestants/contestant.js';
import type { DeliveryCounts } from '../generator/audience.js';
import type { Room } from '../setup/population.js';

interface StoredRoom {
  readonly id: string;
  readonly count: string;
  readonly highest: string;
}

/** Compares the messages in the database with the number of acknowledgements. */
export async function verifyStored(
  { name, database }: Contestant,
  rooms: readonly Room[],
  acked: number,
): Promise<{ lastSeqs: Map<string, number>; violations: string[] }> {
  const { rows } = await database.query<StoredRoom>(
    `select c.id, count(m.id), coalesce(max(m.seq), 0) as highest
     from conversations c left join messages m on m.conversation_id = c.id
     where c.id = any ($1::uuid[]) group by c.id`,
    [rooms.map(({ id }) => id)],
  );
  const stored = rows.reduce((sum, { count }) => sum + Number(count), 0);
  const gappy = rows.filter((row) => row.count !== row.highest);
  return {
    lastSeqs: new Map(rows.map(({ id, highest }) => [id, Number(highest)])),
    violations: [
      ...(stored === acked ? [] : [`${name}: ${acked} messages acknowledged, ${stored} stored.`]),
      ...(gappy.length === 0 ? [] : [`${name}: seq is not dense in ${gappy.length} conversations.`]),
    ],
  };
}

/** Checks that no delivery is missing, doubled, or out of order where order is promised. */
export function deliveryViolations(
  { name, ordered }: Pick<Contestant, 'name' | 'ordered'>,
  counts: DeliveryCounts,
  expected: number,
): string[] {
  const { deliveries, missing, doubled, reordered } = counts;
  return [
    ...(deliveries === expected ? [] : [`${name}: ${expected} deliveries expected, ${deliveries} received.`]),
    ...(missing === 0 ? [] : [`${name}: ${missing} deliveries are missing.`]),
    ...(doubled === 0 ? [] : [`${name}: ${doubled} deliveries are doubled.`]),
    ...(reordered === 0 || !ordered
      ? []
      : [`${name}: ${reordered} of ${deliveries} deliveries out of order.`]),
  ];
}
