import type { Circle, OpenedDirect } from '../circle/circle.ts';
import type { Violation } from './violation.ts';

/**
 * Two people have one direct conversation, however often both open it at the same time; it is in the list of who has created
 * it, and with its first message in that of the other one.
 */
export function* checkCircleDirects(circle: Circle): Generator<Violation> {
  const name = (person: number): string => circle.people[person] ?? 'nobody';
  for (const [pair, opened] of Map.groupBy(circle.opened, pairOf)) {
    const ids = new Set(opened.map(({ id }) => id));
    const created = opened.filter(({ isNew }) => isNew).length;
    if (ids.size > 1 || created > 1)
      yield {
        kind: 'direct-doubled',
        text: `${pair} were answered ${ids.size} direct conversations, ${created} of them as new`,
      };
  }
  yield* checkShown(circle, name);
  yield* checkListed(circle, name);
}

function* checkShown({ shownDirects }: Circle, name: (person: number) => string): Generator<Violation> {
  const times = Map.groupBy(shownDirects, ({ connection, id }) => `${connection} ${id}`);
  for (const [first, ...more] of times.values()) {
    if (!first || more.length === 0) continue;
    yield {
      kind: 'direct-doubled',
      text: `${name(first.person)} received conversation_added of ${first.id} ${more.length + 1} times`,
    };
  }
}

function* checkListed(
  { opened, listedDirects }: Circle,
  name: (person: number) => string,
): Generator<Violation> {
  for (const { person, directs } of listedDirects) {
    if (new Set(directs.map(({ other }) => other)).size < directs.length)
      yield { kind: 'direct-doubled', text: `${name(person)} has two direct conversations with one person` };
    const ids = new Set(directs.map(({ id }) => id));
    for (const direct of opened) {
      const isOwn = direct.person === person && direct.isNew;
      const isShown = direct.hasMessage && (direct.person === person || direct.other === person);
      if ((isOwn || isShown) && !ids.has(direct.id))
        yield {
          kind: 'direct-missing',
          text: `${name(person)} lacks the direct conversation ${direct.id} of ${pairOf(direct)}`,
        };
    }
  }
}

function pairOf({ person, other }: OpenedDirect): string {
  return [person, other].toSorted((one, another) => one - another).join(' and ');
}
