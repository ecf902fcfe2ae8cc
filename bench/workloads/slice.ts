import type { Contestant } from '../contestants/contestant.js';
import type { Audience } from '../generator/audience.js';
import type { Latencies } from '../generator/ledger.js';
import type { Load } from '../generator/load.js';

/** The measurements of one server, from the first send to the last delivery. */
export interface Slice {
  readonly messages: number;
  readonly deliveries: number;
  readonly milliseconds: number;
  /** CPU microseconds of the server's process; undefined on a system without /proc. */
  readonly cpu: number | undefined;
  /** CPU microseconds of the generator, which shares the cores. */
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
  const cpuBefore = contestant.server.readCpuMicroseconds();
  const ownBefore = process.cpuUsage();
  const start = performance.now();
  await load(audience, milliseconds);
  await audience.ledger.whenSettled();
  const elapsed = performance.now() - start;
  const cpuAfter = contestant.server.readCpuMicroseconds();
  const own = process.cpuUsage(ownBefore);
  audience.clearLogs();
  const latencies = audience.ledger.takeLatencies();
  return {
    messages: audience.ledger.acked - ackedBefore,
    deliveries: latencies.delivery.length,
    milliseconds: elapsed,
    cpu: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
    generatorCpu: own.user + own.system,
    latencies,
  };
}

/** @returns messages acknowledged and delivered per second */
export const messagesPerSecond = ({ messages, milliseconds }: Slice): number =>
  (messages / milliseconds) * 1_000;
export const cpuPerMessage = ({ cpu = Number.NaN, messages }: Slice): number => cpu / messages;
export const cpuPerDelivery = ({ cpu = Number.NaN, deliveries }: Slice): number => cpu / deliveries;
