import pLimit from 'p-limit';
import { startPlainSocketIo } from '../contestants/baseline.js';
import type { Contestant } from '../contestants/contestant.js';
import type { ServerProcess } from '../contestants/server-process.js';
import { ChatSocket } from '../generator/chat-socket.js';
import { planRooms, type Room } from '../setup/population.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { runAlternately, ratioOf } from './alternate.js';
import type { Context, Detail, Workload } from './workload.js';

const SOCKETS = 4_000;
const QUICK_SOCKETS = 500;
/** Sockets that are connected before the first measurement, so that memory that is allocated once is not counted. */
const WARM_UP_SOCKETS = 1_000;
/** Each round starts both servers again. Six rounds are enough for a 95 % interval. */
const MAX_ROUNDS = 8;
const NODE_ARGUMENTS = [
  '--expose-gc',
  '--import',
  new URL('../contestants/report-memory.ts', import.meta.url).href,
];

/** Bytes per idle socket that has joined a room of two. */
interface Cost {
  readonly rss: number;
  readonly used: number;
}

export const memory: Workload = {
  name: 'memory',
  title: 'Memory of an idle joined socket, against plain Socket.IO',
  withoutBaseline: true,
  run: async (context) => {
    const { quick, rounds } = context.options;
    const count = quick ? QUICK_SOCKETS : SOCKETS;
    const rooms = planRooms(context.users, (count + WARM_UP_SOCKETS) / 2, 2);
    await context.contestants[0].addRooms(rooms);
    const measured = await runAlternately(
      Math.min(rounds, MAX_ROUNDS),
      () => costOfCauserie(context, rooms),
      () => costOfPlain(rooms),
      ({ first, second }) => `Causerie ${formatCost(first)} · plain Socket.IO ${formatCost(second)}`,
    );
    const atMost = { unit: 'ratio', goal: { atMost: 1.15 } } as const;
    return {
      figures: [
        { name: 'resident memory', ...atMost, estimate: ratioOf(measured, ({ rss }) => rss) },
        { name: 'JavaScript memory', ...atMost, estimate: ratioOf(measured, ({ used }) => used) },
      ],
      details: [
        describeCosts(
          'Causerie',
          measured.map(({ first }) => first),
        ),
        describeCosts(
          'plain Socket.IO',
          measured.map(({ second }) => second),
        ),
      ],
      violations: [],
    };
  },
};

async function costOfCauserie(context: Context, rooms: readonly Room[]): Promise<Cost> {
  const causerie: Contestant = await context.startCauserie(NODE_ARGUMENTS);
  try {
    return await costOfSockets(causerie.server, rooms);
  } finally {
    await causerie.stop();
  }
}

async function costOfPlain(rooms: readonly Room[]): Promise<Cost> {
  const server = await startPlainSocketIo(NODE_ARGUMENTS);
  try {
    return await costOfSockets(server, rooms);
  } finally {
    await server.stop();
  }
}

async function costOfSockets(server: ServerProcess, rooms: readonly Room[]): Promise<Cost> {
  const lost: string[] = [];
  const warm = await connectAll(server, rooms.slice(0, WARM_UP_SOCKETS / 2), lost);
  const before = await server.readMemory();
  const sockets = await connectAll(server, rooms.slice(WARM_UP_SOCKETS / 2), lost);
  const after = await server.readMemory();
  if (lost.length > 0) throw new Error(`${lost.length} sockets were lost: ${lost[0]}`);
  await Promise.all([...warm, ...sockets].map((socket) => socket.close()));
  return {
    rss: (after.rss - before.rss) / sockets.length,
    used: (after.used - before.used) / sockets.length,
  };
}

function connectAll({ url }: ServerProcess, rooms: readonly Room[], lost: string[]): Promise<ChatSocket[]> {
  const listener = { onEvent: () => undefined, onLost: (reason: string) => void lost.push(reason) };
  const limit = pLimit(50);
  return Promise.all(
    rooms.flatMap(({ id, members }) =>
      members.map(({ token }) =>
        limit(async () => {
          const socket = await ChatSocket.connect(url, token, listener);
          await socket.joinRoom(id);
          return socket;
        }),
      ),
    ),
  );
}

const formatCost = ({ rss, used }: Cost) =>
  `${(rss / 1_024).toFixed(1)} KiB resident, ${(used / 1_024).toFixed(1)} KiB used`;

function describeCosts(of: string, costs: readonly Cost[]): Detail {
  const median = (key: keyof Cost) => medianWithInterval(costs.map((cost) => cost[key] / 1_024)).median;
  return { of, measures: { 'resident KiB/socket': median('rss'), 'JavaScript KiB/socket': median('used') } };
}
