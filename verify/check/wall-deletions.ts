import type { Wall } from '../wall/wall.ts';
import type { Violation } from './violation.ts';

/** Nothing that a deleted message has ever said is in an answer to a request after its deletion. */
export function* checkDeletedContent({ acts, states, reads, people }: Wall): Generator<Violation> {
  const deletedAt = new Map<string, number>();
  for (const { kind, outcome, message, ended } of acts)
    if (kind === 'delete' && outcome === 'done')
      deletedAt.set(message, Math.min(ended, deletedAt.get(message) ?? Infinity));
  const said = new Map(states.map(({ id, content }) => [content, id]));
  for (const { kind, message, value } of acts) if (kind === 'edit') said.set(value, message);
  for (const { person, begun, texts } of reads) {
    for (const text of texts) {
      const message = said.get(text) ?? '';
      if (begun < (deletedAt.get(message) ?? Infinity)) continue;
      const name = people[person];
      yield {
        kind: 'deleted-content',
        text: `${name} was answered ${text} of ${message} after its deletion`,
      };
    }
  }
}
