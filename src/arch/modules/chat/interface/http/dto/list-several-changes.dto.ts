import { z } from 'zod';
import { ListSeveralChangesQuery } from '../../../application/queries/list-several-changes.query.js';
import { SEVERAL_MAX } from '../../../domain/models/timeline-event.model.js';
import { conversationExample, epochExample, messageExample } from './examples.js';
import { epochSchema } from './list-changes-query.dto.js';

/** Conversations whose reading costs as much as a request. */
const IDS_A_REQUEST = 10;

/** A record leaves this name out in silence; like any other that is no id it is refused. */
const refusedPrototype = (since: unknown): unknown =>
  Object.hasOwn(Object(since) as object, '__proto__') ? undefined : since;

export const listSeveralChangesSchema = z
  .strictObject({
    since: z
      .preprocess(refusedPrototype, z.record(z.guid('must be a UUID'), z.int().nonnegative()))
      .refine(
        (since) => Object.keys(since).length <= SEVERAL_MAX,
        `must name at most ${SEVERAL_MAX} conversations`,
      )
      .meta({
        description: `By the id of each conversation, at most ${SEVERAL_MAX}: the \`rev\` up to which you know all changes.`,
      }),
    epoch: epochSchema,
  })
  .meta({
    id: 'ListSeveralChanges',
    example: { since: { [conversationExample.id]: messageExample.rev - 1 }, epoch: epochExample },
  });

export type ListSeveralChangesDto = z.output<typeof listSeveralChangesSchema>;

/** An id that is spelt in two ways is one conversation: of both numbers the lower one is certain. */
export function toListSeveralChangesQuery(
  requesterId: string,
  { since, epoch }: ListSeveralChangesDto,
): ListSeveralChangesQuery {
  const known = new Map<string, number>();
  for (const [spelt, rev] of Object.entries(since)) {
    const id = spelt.toLowerCase();
    known.set(id, Math.min(rev, known.get(id) ?? rev));
  }
  const list = [...known].map(([conversationId, rev]) => ({ conversationId, since: rev }));
  return new ListSeveralChangesQuery(requesterId, list, epoch);
}

/** How many requests it counts as; of whatever was sent, before it is validated. */
export function costOfSeveralChanges(body: unknown): number {
  const { since } = Object(body) as { readonly since?: unknown };
  const ids = Math.min(SEVERAL_MAX, Object.keys(Object(since) as object).length);
  return Math.max(1, Math.ceil(ids / IDS_A_REQUEST));
}
