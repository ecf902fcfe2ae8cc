import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../random.ts';
import { openPolling, poll, post, webSocket } from './engine-steps.ts';
import { FuzzedServer } from './fuzzed-server.ts';
import { garbage, halfOpen, oddUpgrade, request } from './http-steps.ts';
import { createConversation, routesOf, signUp } from './prepare.ts';
import type { FuzzReport } from './report.ts';
import type { ServerState } from './report-state.ts';
import { type FuzzAccount, Resident } from './resident.ts';
import { World } from './world.ts';

type Step = (world: World, random: Random) => Promise<void>;

/** How often each comes, of a hundred. */
const WEIGHTS: readonly (readonly [Step | 'chat', number])[] = [
  [request, 28],
  [openPolling, 9],
  [post, 17],
  [poll, 8],
  [webSocket, 15],
  [oddUpgrade, 7],
  [halfOpen, 5],
  [garbage, 3],
  ['chat', 8],
];
const DECK = WEIGHTS.flatMap(([step, weight]) => Array.from({ length: weight }, () => step));
/** Steps under way at a time. */
const AT_ONCE = 8;
/** Steps after which other accounts take part: the sessions of the old ones may have been ended by steps. */
const RENEW_EVERY = 500;
/** Steps before memory is looked at for the first time, so that code is compiled and caches hold what they hold. */
const WARM_UP = 1_000;
/** Milliseconds for connections that were left to be given up by the server. */
const SETTLE_LIMIT = 60_000;

interface FuzzOptions {
  readonly steps: number;
  /** Repeats the choices, as far as the network lets it. */
  readonly seed: number;
  /** After which no step begins any more. */
  readonly seconds: number;
}

/** Does as many steps against a server of its own, and tells what became of the server. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const server = await FuzzedServer.start();
  try {
    const before = await server.state();
    const run = await perform(server, options);
    const ended = await server.stop();
    return { ...run, seed: options.seed, ended, before, errors: server.errors() };
  } finally {
    await server.stop();
    await server.remove();
  }
}

async function perform(server: FuzzedServer, { steps, seed, seconds }: FuzzOptions) {
  const { id, token } = await signUp(server.url);
  const conversationId = await createConversation(server.url, token, []);
  const decent = await Resident.join(server.url, token, conversationId);
  const random = new Random(seed);
  const world = new World(server.port, await routesOf(server.url));
  const unserved: string[] = [];
  const complain = (error: unknown): void => void unserved.push(String(error));
  const underWay = new Set<Promise<void>>();
  const deadline = Date.now() + seconds * 1_000;
  const connections = (await server.state())?.connections ?? 0;
  let warm: ServerState | undefined;
  let done = 0;
  for (; done < steps && Date.now() < deadline && server.isRunning; done += 1) {
    if (done % RENEW_EVERY === 0) await renew(server.url, world, [id, conversationId]).catch(complain);
    if (done === Math.min(WARM_UP, Math.floor(steps / 4))) {
      await Promise.all(underWay);
      warm = await settle(server, world, connections);
    }
    const step = random.pick(DECK);
    const fork = random.fork();
    const running = (step === 'chat' ? decent.chat() : step(world, fork))
      .catch(complain)
      .finally(() => underWay.delete(running));
    underWay.add(running);
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  const after = await settle(server, world, connections);
  decent.leave();
  return { steps: done, ...world.findings, unserved, warm, after };
}

async function renew(url: string, world: World, known: readonly string[]): Promise<void> {
  const accounts: FuzzAccount[] = [];
  for (let count = 0; count < 3; count += 1) accounts.push(await signUp(url));
  const [first, ...others] = accounts;
  const conversationId = await createConversation(
    url,
    first?.token ?? '',
    others.map(({ id }) => id),
  );
  world.meet(
    accounts.map(({ token }) => token),
    [...known, conversationId, ...accounts.map(({ id }) => id)],
  );
}

/** What the server holds once it has no more connections than it had, or has been waited for long enough. */
async function settle(
  server: FuzzedServer,
  world: World,
  connections: number,
): Promise<ServerState | undefined> {
  world.clear();
  const limit = Date.now() + SETTLE_LIMIT;
  let state = await server.state();
  while (state && state.connections > connections && Date.now() < limit) {
    await delay(250);
    state = await server.state();
  }
  return state;
}
