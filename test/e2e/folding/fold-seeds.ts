import { isDeepStrictEqual } from 'node:util';
import { ConversationFold } from '../../support/folding/conversation-fold.js';
import { FoldingWorld } from '../../support/folding/folding-world.js';
import { MESSAGE_ACTIONS } from '../../support/folding/random-message-actions.js';
import type { TestServer } from '../../support/test-server.js';

/** Changes of each seed. */
const CHANGES = 6;
const ACCOUNTS = 3;
/** One in so many seeds begins with a thread: in the others one is opened too late for more than a first reply. */
const WITH_THREAD = 3;

/** Of each half; with `TEST_FOLDED_SEEDS=500` a thousand in all. One of some 40 finds a careless client. */
export const SEEDS = Number(process.env['TEST_FOLDED_SEEDS'] ?? 256);
/** Several at the same time, each with accounts of its own: while one waits, the others go on. */
const LANES = 4;
/** Seeds at a time, and at most, that follow while a rare action has not been taken. */
const FURTHER = 8;
const MOST_FURTHER = 512;
/** A time limit for hangs, also on a busy machine. */
export const SEEDS_TIMEOUT_MS = 1_800_000;

interface SeedsOutcome {
  /** The first seed after which a client has something else than a fresh reader, with what it has. */
  readonly counterexample: { readonly seed: number; readonly differences: readonly unknown[] } | undefined;
  /** The names of the actions with messages that were not refused. */
  readonly messageActions: ReadonlySet<string>;
}

/**
 * Few random changes of one conversation for each seed, with losses, repeats, swaps and reconnections, and a comparison of
 * a client with a fresh reader after each. Ends at the first difference.
 * @param watcher the place of the account that has the client; the others only act, and the first one is never removed
 */
export async function foldSeeds(
  server: TestServer,
  from: number,
  count: number,
  watcher: number,
  Fold = ConversationFold,
): Promise<SeedsOutcome> {
  const messageActions = new Set<string>();
  const options = { accounts: ACCOUNTS, watcher, talks: false, isFaulty: true, Fold };
  const world = await FoldingWorld.create(server, { ...options, seed: from });
  try {
    for (let seed = from; seed < from + count; seed += 1) {
      world.begin(seed);
      if (seed % WITH_THREAD === 0) await world.changes.beginThread();
      await world.changes.make(CHANGES);
      await world.reconnectAll();
      const comparisons = await world.compare();
      for (const name of world.changes.messageActions) messageActions.add(name);
      const differences = comparisons.filter(({ folded, fresh }) => !isDeepStrictEqual(folded, fresh));
      if (differences.length > 0) return { counterexample: { seed, differences }, messageActions };
      await world.changes.end();
    }
    return { counterexample: undefined, messageActions };
  } finally {
    await world.close();
  }
}

/** All seeds of a half, and further ones when chance has left out an action. */
export async function foldLanes(server: TestServer, first: number) {
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    foldSeeds(server, first + (lane * SEEDS) / LANES, SEEDS / LANES, lane % 2),
  );
  const outcomes = await Promise.all(lanes);
  const taken = () => new Set(outcomes.flatMap(({ messageActions }) => [...messageActions]));
  const isMissing = (): boolean => MESSAGE_ACTIONS.some((name) => !taken().has(name));
  for (let next = 0; next < MOST_FURTHER && isMissing(); next += FURTHER)
    outcomes.push(await foldSeeds(server, first + SEEDS + next, FURTHER, 0));
  return {
    counterexamples: outcomes.flatMap(({ counterexample }) => counterexample ?? []),
    messageActions: [...taken()].toSorted(),
  };
}
