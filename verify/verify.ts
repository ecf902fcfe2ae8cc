import { Account } from './account.ts';
import { Api } from './api.ts';
import { checkHistory } from './check/check-history.ts';
import type { Violation } from './check/violation.ts';
import type { Counts } from './counts.ts';
import type { Options } from './options.ts';
import type { StageReporter } from './progress.ts';
import { Random } from './random.ts';
import { runRound } from './round.ts';

/** Acknowledged messages after which the history is checked and another round begins. It bounds the memory. */
const ROUND = 100_000;
const STRANGERS = 3;
/** People of the conversations whose members change, and whose messages change. */
const CIRCLE = 6;

export type Profile = Pick<
  Options,
  'minutes' | 'messages' | 'clients' | 'conversations' | 'seed' | 'patience'
> &
  Partial<Pick<Options, 'client'>>;

/** Faults that are caused while the clients act. */
export interface Faults {
  begin(): void;
  /** Stops the faults. Resolves when all nodes are ready again. */
  end(): Promise<void>;
}

/** Drives the nodes at `urls` with clients. @returns all violations of the contract */
export async function verify(
  urls: readonly string[],
  { minutes, messages, clients, conversations, seed, patience, client = false }: Profile,
  counts: Counts,
  faults?: Faults,
  progress: StageReporter = { report: () => undefined },
): Promise<Violation[]> {
  const random = new Random(seed);
  // Each client sends HTTP requests to one node, and connects its socket to the next.
  const apis = urls.map((url, place) => new Api(url, counts, urls[(place + 1) % urls.length]));
  progress.report(`Signing up ${clients} clients, ${STRANGERS} strangers, and a circle of ${CIRCLE}`);
  const signUp = (name: string, place: number): Promise<Account> =>
    Account.signUp(apis[place % apis.length] as Api, `${name} ${place}`);
  const members = await Promise.all(Array.from({ length: clients }, (_, n) => signUp('client', n)));
  const strangers = await Promise.all(Array.from({ length: STRANGERS }, (_, n) => signUp('stranger', n)));
  const circle = await Promise.all(Array.from({ length: CIRCLE }, (_, n) => signUp('friend', n)));
  const cast = {
    members,
    strangers,
    circle,
    conversations,
    random,
    nodes: urls.length,
    patience,
    usesLibrary: client,
    earlier: new Set<string>(),
    progress,
  };
  const end = Date.now() + minutes * 60_000;
  const done = (): boolean => Date.now() >= end || counts.acknowledged >= messages;
  const violations: Violation[] = [];
  do {
    const full = counts.acknowledged + ROUND;
    const history = await runRound(
      cast,
      () => faults?.begin(),
      () => done() || counts.acknowledged >= full,
      async () => faults?.end(),
    );
    counts.rounds += 1;
    progress.report('Checking the history');
    for (const violation of checkHistory(history)) violations.push(violation);
  } while (!done());
  return violations;
}
