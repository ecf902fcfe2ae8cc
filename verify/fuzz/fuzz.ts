import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../random.ts';
import { openPolling, openWebSocket, pollSession, postPackets } from './engine-steps.ts';
import { FuzzedServer } from './fuzzed-server.ts';
import { requestRoute, requestUpgrade, sendGarbage, sendIncomplete } from './http-steps.ts';
import { createConversation, routesOf, signUp } from './prepare.ts';
import type { FuzzReport } from './report.ts';
import type { ServerState } from './report-state.ts';
import { type FuzzAccount, Resident } from './resident.ts';
import { World } from './world.ts';

type Step = (world: World, random: Random) => Promise<void>;

/** How often each step is chosen, in percent. */
const WEIGHTS: readonly (readonly [Step | 'chat', number])[] = [
  [requestRoute, 28],
  [openPolling, 9],
  [postPackets, 17],
  [pollSession, 8],
  [openWebSocket, 15],
  [requestUpgrade, 7],
  [sendIncomplete, 5],
  [sendGarbage, 3],
  ['chat', 8],
];
const DECK = WEIGHTS.flatMap(([step, weight]) => Array.from({ length: weight }, () => step));
/** Maximum steps in progress at the same time. */
const MAX_IN_PROGRESS = 8;
/** Steps after which other accounts are used, because steps may have ended the sessions of the earlier ones. */
const RENEW_EVERY = 500;
/** Steps before the first measurement of memory, so that code is compiled and caches are filled. */
const WARM_UP = 1_000;
/** Milliseconds in which the server must close connections that were left open. */
const SETTLE_LIMIT = 60_000;

interface FuzzOptions {
  readonly steps: number;
  /** Seed of the random choices; the timing of the network is not repeated. */
  readonly seed: number;
  /** Seconds after which no step is started any more. */
  readonly seconds: number;
}

/** Runs the steps against a server that is started here. @returns what happened to the server */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const server = await FuzzedServer.start();
  try {
    const before = await server.readState();
    const run = await runSteps(server, options);
    const ended = await server.stop();
    return { ...run, seed: options.seed, ended, before, errors: server.readErrors() };
  } finally {
    await server.stop();
    await server.remove();
  }
}

async function runSteps(server: FuzzedServer, { steps, seed, seconds }: FuzzOptions) {
  const { id, token } = await signUp(server.url);
  const conversationId = await createConversation(server.url, token, []);
  const wellBehaved = await Resident.join(server.url, token, conversationId);
  const random = new Random(seed);
  const world = new World(server.port, await routesOf(server.url));
  const unserved: string[] = [];
  const recordError = (error: unknown): void => void unserved.push(String(error));
  const inProgress = new Set<Promise<void>>();
  const deadline = Date.now() + seconds * 1_000;
  const connections = (await server.readState())?.connections ?? 0;
  let warm: ServerState | undefined;
  let done = 0;
  for (; done < steps && Date.now() < deadline && server.isRunning; done += 1) {
    if (done % RENEW_EVERY === 0)
      await renewAccounts(server.url, world, [id, conversationId]).catch(recordError);
    if (done === Math.min(WARM_UP, Math.floor(steps / 4))) {
      await Promise.all(inProgress);
      warm = await readStateAtRest(server, world, connections);
    }
    const step = random.pick(DECK);
    const fork = random.fork();
    const running = (step === 'chat' ? wellBehaved.chat() : step(world, fork))
      .catch(recordError)
      .finally(() => inProgress.delete(running));
    inProgress.add(running);
    if (inProgress.size >= MAX_IN_PROGRESS) await Promise.race(inProgress);
  }
  await Promise.all(inProgress);
  const after = await readStateAtRest(server, world, connections);
  wellBehaved.disconnect();
  return { steps: done, ...world.findings, unserved, warm, after };
}

async function renewAccounts(url: string, world: World, known: readonly string[]): Promise<void> {
  const accounts: FuzzAccount[] = [];
  for (let count = 0; count < 3; count += 1) accounts.push(await signUp(url));
  const [first, ...others] = accounts;
  const conversationId = await createConversation(
    url,
    first?.token ?? '',
    others.map(({ id }) => id),
  );
  world.useAccounts(
    accounts.map(({ token }) => token),
    [...known, conversationId, ...accounts.map(({ id }) => id)],
  );
}

/** Closes all peers, waits until the server has no more connections than at first, or a minute, and reads its state. */
async function readStateAtRest(
  server: FuzzedServer,
  world: World,
  connections: number,
): Promise<ServerState | undefined> {
  world.closePeers();
  const limit = Date.now() + SETTLE_LIMIT;
  let state = await server.readState();
  while (state && state.connections > connections && Date.now() < limit) {
    await delay(250);
    state = await server.readState();
  }
  return state;
}
