import { Audience } from '../generator/audience.js';
import type { Load } from '../generator/load.js';
import { concatSamples } from '../generator/samples.js';
import { planRooms, type Room } from '../setup/population.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import { runAlternately, type Round } from './alternate.js';
import {
  cpuPerDelivery,
  cpuPerMessage,
  type Entrant,
  messagesPerSecond,
  runSlice,
  type Slice,
} from './slice.js';
import { deliveryViolations, verifyStored } from './verify.js';
import type { Context, Detail } from './workload.js';

export interface RoomContest {
  readonly rooms: readonly Room[];
  readonly first: Entrant;
  readonly second: Entrant;
}

/** Creates rooms on both servers and connects all members; checks all deliveries when `work` is done. */
export async function withRooms<T extends { details: readonly Detail[] }>(
  { contestants, users }: Context,
  count: number,
  size: number,
  work: (contest: RoomContest) => Promise<T>,
): Promise<T & { violations: string[] }> {
  const rooms = planRooms(users, count, size);
  const [first, second] = await Promise.all([
    openEntrant(contestants[0], rooms),
    openEntrant(contestants[1], rooms),
  ]);
  try {
    const result = await work({ rooms, first, second });
    const checked = [await checkEntrant(first, rooms, size), await checkEntrant(second, rooms, size)];
    return {
      ...result,
      details: [...result.details, ...checked.map(({ detail }) => detail)],
      violations: checked.flatMap(({ violations }) => violations),
    };
  } finally {
    await Promise.all([first.audience.close(), second.audience.close()]);
  }
}

/** Measures slices of the same load on both servers in turn. */
export function compareUnderLoad(
  { options }: Context,
  { first, second }: RoomContest,
  load: Load,
  milliseconds: number = options.slice,
): Promise<Round<Slice>[]> {
  return runAlternately(
    options.rounds,
    () => runSlice(first, load, milliseconds),
    () => runSlice(second, load, milliseconds),
    (round) =>
      `${formatLine(first.contestant.name, round.first)} · ${formatLine(second.contestant.name, round.second)} · ` +
      `ratio ${(messagesPerSecond(round.first) / messagesPerSecond(round.second)).toFixed(2)}`,
  );
}

function formatLine(name: string, slice: Slice): string {
  const { p99 } = percentiles(slice.latencies.delivery);
  return (
    `${name} ${messagesPerSecond(slice).toFixed(0)} msg/s, p99 ${p99.toFixed(1)} ms, ` +
    `${cpuPerMessage(slice).toFixed(0)} CPU-µs/msg`
  );
}

/** Describes one server under one load. */
function describeSlices(of: string, slices: readonly Slice[]): Detail {
  const all = (key: keyof Slice['latencies']) =>
    percentiles(concatSamples(slices.map(({ latencies }) => latencies[key])));
  const median = (value: (slice: Slice) => number) => medianWithInterval(slices.map(value)).median;
  const ack = all('ack');
  const delivery = all('delivery');
  const last = all('lastDelivery');
  return {
    of,
    measures: {
      'messages/s': median(messagesPerSecond),
      'CPU-µs/message': median(cpuPerMessage),
      'CPU-µs/delivery': median(cpuPerDelivery),
      'generator CPU-µs/delivery': median(({ generatorCpu, deliveries }) => generatorCpu / deliveries),
      'ack p50 ms': ack.p50,
      'ack p95 ms': ack.p95,
      'ack p99 ms': ack.p99,
      'delivery p50 ms': delivery.p50,
      'delivery p95 ms': delivery.p95,
      'delivery p99 ms': delivery.p99,
      'last delivery p50 ms': last.p50,
      'last delivery p95 ms': last.p95,
      'last delivery p99 ms': last.p99,
    },
  };
}

export function describeBoth(contest: RoomContest, load: string, rounds: readonly Round<Slice>[]): Detail[] {
  const name = ({ contestant }: Entrant) => `${contestant.name}, ${load}`;
  return [
    describeSlices(
      name(contest.first),
      rounds.map(({ first }) => first),
    ),
    describeSlices(
      name(contest.second),
      rounds.map(({ second }) => second),
    ),
  ];
}

async function openEntrant(
  contestant: Context['contestants'][number],
  rooms: readonly Room[],
): Promise<Entrant> {
  await contestant.addRooms(rooms);
  return { contestant, audience: await Audience.open(contestant.server.url, rooms) };
}

async function checkEntrant({ contestant, audience }: Entrant, rooms: readonly Room[], size: number) {
  const { acked } = audience.ledger;
  const { lastSeqs, violations } = await verifyStored(contestant, rooms, acked);
  const counts = audience.countDeliveries(lastSeqs);
  return {
    violations: [...violations, ...deliveryViolations(contestant, counts, acked * size)],
    detail: {
      of: `${contestant.name}, all slices`,
      measures: {
        'messages acknowledged': acked,
        deliveries: counts.deliveries,
        'out of order %': (counts.reordered / counts.deliveries) * 100,
      },
    },
  };
}
