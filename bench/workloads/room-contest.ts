import { Audience } from '../generator/audience.js';
import type { Load } from '../generator/load.js';
import { concat } from '../generator/samples.js';
import { planRooms, type Room } from '../setup/population.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import { alternate, type Round } from './alternate.js';
import { cpuPerDelivery, cpuPerMessage, type Entrant, rate, runSlice, type Slice } from './slice.js';
import { heardViolations, verifyStored } from './verify.js';
import type { Context, Detail } from './workload.js';

export interface RoomContest {
  readonly rooms: readonly Room[];
  readonly first: Entrant;
  readonly second: Entrant;
}

/** New rooms on both servers with everybody connected; when `work` is done, everything is checked. */
export async function withRooms<T extends { details: readonly Detail[] }>(
  { contestants, users }: Context,
  count: number,
  size: number,
  work: (contest: RoomContest) => Promise<T>,
): Promise<T & { violations: string[] }> {
  const rooms = planRooms(users, count, size);
  const [first, second] = await Promise.all([enter(contestants[0], rooms), enter(contestants[1], rooms)]);
  try {
    const result = await work({ rooms, first, second });
    const checked = [await check(first, rooms, size), await check(second, rooms, size)];
    return {
      ...result,
      details: [...result.details, ...checked.map(({ detail }) => detail)],
      violations: checked.flatMap(({ violations }) => violations),
    };
  } finally {
    await Promise.all([first.audience.close(), second.audience.close()]);
  }
}

/** Slices of the same load on both in turn. */
export function compete(
  { options }: Context,
  { first, second }: RoomContest,
  load: Load,
  milliseconds: number = options.slice,
): Promise<Round<Slice>[]> {
  return alternate(
    options.rounds,
    () => runSlice(first, load, milliseconds),
    () => runSlice(second, load, milliseconds),
    (round) =>
      `${line(first.contestant.name, round.first)} · ${line(second.contestant.name, round.second)} · ` +
      `ratio ${(rate(round.first) / rate(round.second)).toFixed(2)}`,
  );
}

function line(name: string, slice: Slice): string {
  const { p99 } = percentiles(slice.latencies.delivery);
  return (
    `${name} ${rate(slice).toFixed(0)} msg/s, p99 ${p99.toFixed(1)} ms, ` +
    `${cpuPerMessage(slice).toFixed(0)} CPU-µs/msg`
  );
}

/** The figures of one server under one load. */
function describeSlices(of: string, slices: readonly Slice[]): Detail {
  const all = (key: keyof Slice['latencies']) =>
    percentiles(concat(slices.map(({ latencies }) => latencies[key])));
  const median = (value: (slice: Slice) => number) => medianWithInterval(slices.map(value)).median;
  const ack = all('ack');
  const delivery = all('delivery');
  const last = all('lastDelivery');
  return {
    of,
    measures: {
      'messages/s': median(rate),
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

async function enter(contestant: Context['contestants'][number], rooms: readonly Room[]): Promise<Entrant> {
  await contestant.addRooms(rooms);
  return { contestant, audience: await Audience.open(contestant.server.url, rooms) };
}

async function check({ contestant, audience }: Entrant, rooms: readonly Room[], size: number) {
  const { acked } = audience.ledger;
  const { lastSeqs, violations } = await verifyStored(contestant, rooms, acked);
  const heard = audience.heard(lastSeqs);
  return {
    violations: [...violations, ...heardViolations(contestant, heard, acked * size)],
    detail: {
      of: `${contestant.name}, all slices`,
      measures: {
        'messages acknowledged': acked,
        deliveries: heard.deliveries,
        'out of order %': (heard.reordered / heard.deliveries) * 100,
      },
    },
  };
}
