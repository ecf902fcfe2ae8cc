import type { Contestant } from '../contestants/contestant.js';
import { HttpConnection } from '../generator/http-connection.js';
import { concatSamples } from '../generator/samples.js';
import { progress } from '../progress.js';
import { planRooms, type Room, type User } from '../setup/population.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import { quantileWithInterval } from '../statistics/quantile-interval.js';
import type { Workload } from './workload.js';

const REACTORS = 250;

/** What a round was answered. */
interface Round {
  /** Numbers that the message has taken: each is one event to the whole room. */
  readonly events: number;
  readonly milliseconds: number;
  readonly latencies: Float64Array;
}

interface Answer {
  readonly message: { readonly rev: number; readonly reactions?: readonly { readonly count: number }[] };
}

export const reactions: Workload = {
  name: 'reactions',
  title: '250 members of a room of 5,000 react to one message at once',
  withoutBaseline: true,
  run: async ({ options, contestants: [causerie], users }) => {
    const [room] = planRooms(users, 1, options.quick ? 500 : 5_000);
    const [sender] = room?.members ?? [];
    if (!room || !sender) throw new Error('There is no room.');
    await causerie.addRooms([room]);
    const crowd = await Promise.all(room.members.slice(0, REACTORS).map((user) => open(causerie, user)));
    const rounds: Round[] = [];
    for (let round = 0; round <= options.rounds; round += 1) {
      const measured = await runRound(room, crowd);
      const seconds = (measured.milliseconds / 1_000).toFixed(2);
      progress(
        `  ${round === 0 ? 'warm-up' : `${round}/${options.rounds}`}: ${measured.events} events in ${seconds} s`,
      );
      if (round > 0) rounds.push(measured);
    }
    for (const { connection } of crowd) connection.close();
    const latencies = concatSamples(rounds.map((round) => round.latencies));
    const { p50, p95, p99 } = percentiles(latencies);
    const pace = rounds.map(({ events, milliseconds }) => (events - 1) / (milliseconds / 1_000));
    return {
      figures: [
        {
          name: 'events a second behind the first',
          unit: 'ratio',
          goal: { atMost: 1 },
          estimate: medianWithInterval(pace),
        },
        {
          name: 'p99 of a reaction',
          unit: 'ms',
          goal: { atMost: 2_000 },
          estimate: quantileWithInterval(latencies, 0.99),
        },
      ],
      details: [{ of: causerie.name, measures: { 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99 } }],
      violations: [],
    };
  },
};

async function open({ server }: Contestant, user: User) {
  return { user, connection: await HttpConnection.open(server.url) };
}

/** A new message, to which everybody reacts at the same time. */
async function runRound(
  { id }: Room,
  crowd: readonly { readonly user: User; readonly connection: HttpConnection }[],
): Promise<Round> {
  const [first] = crowd;
  if (!first) throw new Error('There is nobody.');
  const path = `/chat/conversations/${id}/messages`;
  const sent = JSON.parse(
    (await first.connection.post(path, first.user.token, '{"content":"Hello!"}')).body,
  ) as {
    readonly id: string;
    readonly rev: number;
  };
  const start = performance.now();
  const answers = await Promise.all(
    crowd.map(async ({ user, connection }) => {
      const answer = await connection.put(`${path}/${sent.id}/reactions/x`, user.token);
      if (answer.status !== 200) throw new Error(`PUT was answered ${answer.status}: ${answer.body}`);
      return { message: (JSON.parse(answer.body) as Answer).message, took: performance.now() - start };
    }),
  );
  const last = answers.toSorted((a, b) => a.message.rev - b.message.rev).at(-1);
  if (last?.message.reactions?.[0]?.count !== crowd.length) throw new Error('A reaction is not counted.');
  return {
    events: last.message.rev - sent.rev,
    milliseconds: performance.now() - start,
    latencies: Float64Array.from(answers, ({ took }) => took),
  };
}
