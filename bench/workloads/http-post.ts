import type { Contestant } from '../contestants/contestant.js';
import { HttpConnection } from '../generator/http-connection.js';

import { concatSamples, Samples } from '../generator/samples.js';
import { planRooms, type Room } from '../setup/population.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import { runAlternately, ratioOf } from './alternate.js';
import { verifyStored } from './verify.js';
import type { Context, Detail, Workload } from './workload.js';

const CONNECTIONS = 64;
const ROOMS = 500;

interface Client {
  readonly contestant: Contestant;
  readonly connections: readonly HttpConnection[];
  /** Every `seq` in the answers, by conversation. */
  readonly answered: Map<string, Set<number>>;
  sent: number;
}

interface Turn {
  readonly perSecond: number;
  readonly cpuPerRequest: number;
  readonly latencies: Float64Array;
}

/** No socket is connected: only the request is measured, not the delivery. */
export const httpPost: Workload = {
  name: 'http-post',
  title: 'HTTP POST of a message, 64 connections, against bare Fastify',
  run: async (context) => {
    const rooms = planRooms(context.users, ROOMS, 2);
    const [first, second] = await Promise.all([
      openClient(context.contestants[0], rooms),
      openClient(context.contestants[1], rooms),
    ]);
    const { options } = context;
    const rounds = await runAlternately(
      options.rounds,
      () => runTurn(first, rooms, options.slice),
      () => runTurn(second, rooms, options.slice),
      (round) =>
        `${formatLine(first, round.first)} · ${formatLine(second, round.second)} · ` +
        `ratio ${(round.first.perSecond / round.second.perSecond).toFixed(2)}`,
    );
    const perSecond = ratioOf(rounds, (turn) => turn.perSecond);
    return {
      figures: [{ name: 'requests/s', unit: 'ratio', goal: { atLeast: 1.1 }, estimate: perSecond }],
      details: [
        describeTurns(
          first,
          rounds.map((round) => round.first),
        ),
        describeTurns(
          second,
          rounds.map((round) => round.second),
        ),
      ],
      violations: [...(await checkAnswers(first, rooms)), ...(await checkAnswers(second, rooms))],
    };
  },
};

async function openClient(
  contestant: Context['contestants'][number],
  rooms: readonly Room[],
): Promise<Client> {
  await contestant.addRooms(rooms);
  const opening = Array.from({ length: CONNECTIONS }, () => HttpConnection.open(contestant.server.url));
  const answered = new Map(rooms.map(({ id }) => [id, new Set<number>()]));
  return { contestant, connections: await Promise.all(opening), answered, sent: 0 };
}

async function runTurn(client: Client, rooms: readonly Room[], milliseconds: number): Promise<Turn> {
  const latencies = new Samples();
  const cpuBefore = client.contestant.server.readCpuMicroseconds() ?? Number.NaN;
  const start = performance.now();
  const end = start + milliseconds;
  await Promise.all(
    client.connections.map(async (connection) => {
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        await sendPost(client, connection, rooms);
        latencies.add(performance.now() - sent);
      }
    }),
  );
  const elapsed = performance.now() - start;
  const cpu = (client.contestant.server.readCpuMicroseconds() ?? Number.NaN) - cpuBefore;
  const taken = latencies.takeAll();
  return { perSecond: (taken.length / elapsed) * 1_000, cpuPerRequest: cpu / taken.length, latencies: taken };
}

async function sendPost(client: Client, connection: HttpConnection, rooms: readonly Room[]): Promise<void> {
  const number = client.sent;
  client.sent += 1;
  const room = rooms[number % rooms.length];
  const sender = room?.members[Math.floor(number / rooms.length) % room.members.length];
  if (!room || !sender) throw new Error('There is no room.');
  const body = `{"content":"The quick brown fox jumps over the lazy dog, again and again.","clientMessageId":"m${number}"}`;
  const answer = await connection.post(`/chat/conversations/${room.id}/messages`, sender.token, body);
  if (answer.status !== 201) throw new Error(`POST was answered ${answer.status}: ${answer.body}`);
  const { seq } = JSON.parse(answer.body) as { seq: number };
  client.answered.get(room.id)?.add(seq);
}

/** Checks that every answered message is stored, and that no two answers have the same `seq`. */
async function checkAnswers(
  { contestant, connections, sent, answered }: Client,
  rooms: readonly Room[],
): Promise<string[]> {
  for (const connection of connections) connection.close();
  const distinct = [...answered.values()].reduce((sum, { size }) => sum + size, 0);
  const { violations } = await verifyStored(contestant, rooms, sent);
  return distinct === sent
    ? violations
    : [...violations, `${contestant.name}: ${sent} answers have only ${distinct} different seq.`];
}

function formatLine({ contestant }: Client, { perSecond, cpuPerRequest, latencies }: Turn): string {
  const { p99 } = percentiles(latencies);
  return `${contestant.name} ${perSecond.toFixed(0)} req/s, p99 ${p99.toFixed(1)} ms, ${cpuPerRequest.toFixed(0)} CPU-µs`;
}

function describeTurns({ contestant }: Client, turns: readonly Turn[]): Detail {
  const { p50, p95, p99 } = percentiles(concatSamples(turns.map(({ latencies }) => latencies)));
  return {
    of: contestant.name,
    measures: {
      'requests/s': medianWithInterval(turns.map(({ perSecond }) => perSecond)).median,
      'CPU-µs/request': medianWithInterval(turns.map(({ cpuPerRequest }) => cpuPerRequest)).median,
      'p50 ms': p50,
      'p95 ms': p95,
      'p99 ms': p99,
    },
  };
}
