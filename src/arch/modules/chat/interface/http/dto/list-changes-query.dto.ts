import { z } from 'zod';
import { parameterWithDefault } from '../../../../../common/interface/validation/parameter.schema.js';
import { ListChangesQuery } from '../../../application/queries/list-changes.query.js';
import { ListTimelineQuery } from '../../../application/queries/list-timeline.query.js';
import { CHANGES_MAX } from '../../../domain/models/conversation-catch-up.model.js';
import { eventsParameter, readsParameter } from './events-parameter.dto.js';

/** Maximum characters of an `epoch`. */
const EPOCH_MAX = 64;
/** Default number of messages of a page. */
const CHANGES_DEFAULT = 100;

export const epochSchema = z.string().min(1).max(EPOCH_MAX).optional().meta({
  description:
    'The `epoch` that was answered with `since`. It is `CURSOR_INVALID` if the database has another one now.',
});

export const listChangesQuerySchema = z.strictObject({
  since: parameterWithDefault(0, 0).meta({ description: 'The `rev` up to which you know all changes.' }),
  epoch: epochSchema,
  limit: parameterWithDefault(CHANGES_DEFAULT, 1, CHANGES_MAX).meta({
    description: 'Maximum number of messages; with `events`, of messages and events together.',
  }),
  events: eventsParameter,
  reads: readsParameter,
});

export type ListChangesQueryDto = z.output<typeof listChangesQuerySchema>;

/** Messages alone with the list of members, or messages and events, depending on the parameters. */
export function toListChangesQuery(
  conversationId: string,
  requesterId: string,
  { since, epoch, limit, events, reads }: ListChangesQueryDto,
): ListChangesQuery | ListTimelineQuery {
  const Asked = events === 'true' ? ListTimelineQuery : ListChangesQuery;
  return new Asked(conversationId, requesterId, since, limit, epoch, reads === 'true');
}
