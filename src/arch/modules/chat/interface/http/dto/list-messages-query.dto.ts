import { z } from 'zod';
import {
  integerParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';
import { ListMessageWindowQuery } from '../../../application/queries/list-message-window.query.js';
import { ListMessagesQuery } from '../../../application/queries/list-messages.query.js';

const place = (description: string) => integerParameter(0).optional().meta({ description });

export const listMessagesQuerySchema = z
  .strictObject({
    page: integerParameter(1).optional().meta({ description: 'From 1, which is the newest; the default.' }),
    limit: limitParameter,
    before: place('The messages just below this `seq`.'),
    after: place('The messages just above this `seq`.'),
    around: place('The messages around this `seq`.'),
  })
  .refine(
    ({ page, before, after, around }) =>
      [page, before, after, around].filter((key) => key !== undefined).length < 2,
    'page, before, after and around exclude each other',
  );

export type ListMessagesQueryDto = z.output<typeof listMessagesQuerySchema>;

/** A page, or a window around a place: which of the two is asked for shows in the parameters. */
export function toListMessagesQuery(
  conversationId: string,
  requesterId: string,
  { page, limit, ...places }: ListMessagesQueryDto,
): ListMessagesQuery | ListMessageWindowQuery {
  for (const kind of ['before', 'after', 'around'] as const) {
    const seq = places[kind];
    if (seq !== undefined)
      return new ListMessageWindowQuery(conversationId, requesterId, { kind, seq }, limit);
  }
  return new ListMessagesQuery(conversationId, requesterId, page ?? 1, limit);
}
