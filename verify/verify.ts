import { Account } from './account.ts';
import { Api } from './api.ts';
import { checkHistory } from './check/check-history.ts';
import type { Violation } from './check/violation.ts';
import type { Counts } from './counts.ts';
import type { Options } from './options.ts';
import type { Teller } from './progress.ts';
import { Random } from './random.ts';
import { runRound } from './round.ts';

/** Acknowledged messages after which the history is checked and a new one begun: what bounds the memory. */
const ROUND = 100_000;
const STRANGERS = 3;

export type Profile = Pick<
  Options,
  'minutes' | 'messages' | 'clients' | 'conversations' | 'seed' | 'patience'
>;

/** Something that goes wrong on purpose while the clients work. */
export interface Faults {
  begin(): void;
  /** Resolves when the server is whole again. */
  end(): Promise<void>;
}

/** Drives the nodes at `urls` and answers with everything that they did wrong. */
export async function verify(
  urls: readonly string[],
  { minutes, messages, clients, conversations, seed, patience }: Profile,
  counts: Counts,
  faults?: Faults,
  progress: Teller = { tell: () => undefined },
): Promise<Violation[]> {
  const random = new Random(seed);
  // Everybody asks one node, and listens at the next.
  const apis = urls.map((url, place) => new Api(url, counts, urls[(place + 1) % urls.length]));
  progress.tell(`Signing up ${clients} clients and ${STRANGERS} strangers`);
  const signUp = (name: string, place: number): Promise<Account> =>
    Account.signUp(apis[place % apis.length] as Api, `${name} ${place}`);
  const members = await Promise.all(Array.from({ length: clients }, (_, n) => signUp('client', n)));
  const strangers = await Promise.all(Array.from({ length: STRANGERS }, (_, n) => signUp('stranger', n)));
  const cast = {
    members,
    strangers,
    conversations,
    random,
    nodes: urls.length,
    patience,
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
    progress.tell('Checking what everybody was told');
    for (const violation of checkHistory(history)) violations.push(violation);
  } while (!done());
  return violations;
}
