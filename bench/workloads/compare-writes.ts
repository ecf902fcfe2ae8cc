import type { Contestant } from '../contestants/contestant.js';
import { HttpConnection } from '../generator/http-connection.js';
import { concatSamples, Samples } from '../generator/samples.js';
import { progress } from '../progress.js';
import { type Estimate, medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import type { Context, Detail } from './workload.js';

/** One kind of request that writes. */
export interface Write {
  readonly name: string;
  /**
   * Sends the n-th request of this kind.
   * @throws Error when the answer is not the expected one
   */
  send(connection: HttpConnection, number: number): Promise<void>;
}

export interface WriteComparison {
  /** Ratios of each kind's rate to that of the first kind; the first has none. */
  readonly ratios: readonly Estimate[];
  readonly details: readonly Detail[];
}

interface Turn {
  readonly perSecond: number;
  readonly cpuPerRequest: number;
  readonly latencies: Float64Array;
}

const CONNECTIONS = 32;

/** Measures kinds of writes to one server in turn, a slice of each; the order of a round is that of the last one reversed. */
export async function compareWrites(
  { options, contestants: [contestant] }: Context,
  writes: readonly Write[],
): Promise<WriteComparison> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => HttpConnection.open(contestant.server.url)),
  );
  const sent = writes.map(() => 0);
  const rounds: Turn[][] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const turns: Turn[] = [];
    const order = [...writes.entries()];
    for (const [index, write] of round % 2 === 0 ? order : order.toReversed()) {
      const next = () => {
        const number = sent[index] ?? 0;
        sent[index] = number + 1;
        return number;
      };
      turns[index] = await runTurn(contestant, connections, write, next, options.slice);
    }
    const line = writes
      .map(({ name }, index) => `${name} ${turns[index]?.perSecond.toFixed(0)}/s`)
      .join(' · ');
    progress(`  ${round === 0 ? 'warm-up' : `${round}/${options.rounds}`}: ${line}`);
    if (round > 0) rounds.push(turns);
  }
  for (const connection of connections) connection.close();
  const rate = (turns: readonly Turn[], index: number) => turns[index]?.perSecond ?? Number.NaN;
  return {
    ratios: writes
      .slice(1)
      .map((_, index) => medianWithInterval(rounds.map((turns) => rate(turns, index + 1) / rate(turns, 0)))),
    details: writes.map(({ name }, index) =>
      describeWrite(
        name,
        rounds.flatMap((turns) => turns[index] ?? []),
      ),
    ),
  };
}

async function runTurn(
  { server }: Contestant,
  connections: readonly HttpConnection[],
  write: Write,
  nextNumber: () => number,
  milliseconds: number,
): Promise<Turn> {
  const latencies = new Samples();
  const cpuBefore = server.readCpuMicroseconds() ?? Number.NaN;
  const start = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let begun = performance.now(); begun < start + milliseconds; begun = performance.now()) {
        await write.send(connection, nextNumber());
        latencies.add(performance.now() - begun);
      }
    }),
  );
  const elapsed = performance.now() - start;
  const cpu = (server.readCpuMicroseconds() ?? Number.NaN) - cpuBefore;
  const taken = latencies.takeAll();
  return { perSecond: (taken.length / elapsed) * 1_000, cpuPerRequest: cpu / taken.length, latencies: taken };
}

function describeWrite(of: string, turns: readonly Turn[]): Detail {
  const { p50, p95, p99 } = percentiles(concatSamples(turns.map(({ latencies }) => latencies)));
  return {
    of,
    measures: {
      'requests/s': medianWithInterval(turns.map(({ perSecond }) => perSecond)).median,
      'CPU-µs/request': medianWithInterval(turns.map(({ cpuPerRequest }) => cpuPerRequest)).median,
      'p50 ms': p50,
      'p95 ms': p95,
      'p99 ms': p99,
    },
  };
}
