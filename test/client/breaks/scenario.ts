import { expectWhole } from './expect-whole.js';
import type { Person } from './person.js';
import type { Stage } from './stage.js';

/** Breaks something on a stage, and checks that everything is whole afterwards. */
export type Scenario = (stage: Stage) => Promise<void>;

export interface Pair {
  readonly ada: Person;
  readonly bob: Person;
  readonly id: string;
}

/** Two people who look at a conversation of theirs. */
export async function meet(stage: Stage, node = stage.node): Promise<Pair> {
  const [ada, bob] = await Promise.all([stage.enter('Ada', node), stage.enter('Bob', node)]);
  const id = await ada.createConversation(bob);
  await Promise.all([ada.open(id), bob.open(id)]);
  return { ada, bob, id };
}

/** Breaks the connection of one of two; everything that `act` sends must be there for both afterwards. */
export function betweenTwo(act: (pair: Pair, stage: Stage) => Promise<readonly string[]>): Scenario {
  return async (stage) => {
    const pair = await meet(stage);
    const texts = await act(pair, stage);
    await expectWhole(stage, [pair.ada, pair.bob], pair.id, texts);
  };
}
