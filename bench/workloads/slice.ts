import type { Contestant } from '../contestants/contestant.js';
import type { Audience } from '../generator/audience.js';
import type { Latencies } from '../generator/ledger.js';
import type { Load } from '../generator/load.js';

/** One turn of one server: from the first send to the last delivery. */
export interface Slice {
  readonly messages: number;
  readonly deliveries: number;
  readonly milliseconds: number;
  /** Microseconds of the server process; undefined where they cannot be read. */
  readonly cpu: number | undefined;
  /** Microseconds of the generator, which shares the cores. */
  readonly generatorCpu: number;
  readonly latencies: Latencies;
}

export interface Entrant {
  readonly contestant: Contestant;
  readonly audience: Audience;
}

export async function runSlice(
  { contestant, audience }: Entrant,
  load: Load,
  milliseconds: number,
): Promise<Slice> {
  const ackedBefore = audience.ledger.acked;
  const cpuBefore = contestant.server.cpuMicroseconds();
  const ownBefore = process.cpuUsage();
  const start = performance.now();
  await load(audience, milliseconds);
  await audience.ledger.whenSettled();
  const elapsed = performance.now() - start;
  const cpuAfter = contestant.server.cpuMicroseconds();
  const own = process.cpuUsage(ownBefore);
  audience.rest();
  const latencies = audience.ledger.take();
  return {
    messages: audience.ledger.acked - ackedBefore,
    deliveries: latencies.delivery.length,
    milliseconds: elapsed,
    cpu: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
    generatorCpu: own.user + own.system,
    latencies,
  };
}

/** Messages acknowledged and delivered a second. */
export const rate = ({ messages, milliseconds }: Slice): number => (messages / milliseconds) * 1_000;
export const cpuPerMessage = ({ cpu = Number.NaN, messages }: Slice): number => cpu / messages;
export const cpuPerDelivery = ({ cpu = Number.NaN, deliveries }: Slice): number => cpu / deliveries;
