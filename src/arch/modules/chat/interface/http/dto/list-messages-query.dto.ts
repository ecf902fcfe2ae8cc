import { z } from 'zod';
import {
  integerParameter,
  limitParameter,
} from '../../../../../common/interface/validation/parameter.schema.js';
import { ListMessageWindowQuery } from '../../../application/queries/list-message-window.query.js';
import { ListMessagesQuery } from '../../../application/queries/list-messages.query.js';
import { eventsParameter, revParameter } from './events-parameter.dto.js';

const place = integerParameter(0).optional();
/** Kept for clients from before windows had their own path, and documented there. */
const olderPlace = place.meta({ 'x-internal': true });

const chosen = (...keys: readonly unknown[]): number => keys.filter((key) => key !== undefined).length;

export const listMessagesQuerySchema = z
  .strictObject({
    page: integerParameter(1)
      .optional()
      .meta({ description: 'Number of the page: 1, the default, has the newest messages.' }),
    limit: limitParameter,
    before: olderPlace,
    after: olderPlace,
    around: olderPlace,
    events: eventsParameter.meta({ 'x-internal': true }),
    rev: revParameter,
  })
  .refine(
    ({ page, before, after, around }) => chosen(page, before, after, around) < 2,
    'page, before, after and around exclude each other',
  )
  .refine(
    ({ events, before, after, around }) => events === undefined || chosen(before, after, around) === 1,
    'events belong to before, after or around',
  );

export const listMessageWindowQuerySchema = z
  .strictObject({
    before: place.meta({ description: 'The messages just below this `seq`.' }),
    after: place.meta({ description: 'The messages just above this `seq`.' }),
    around: place.meta({
      description:
        'The messages around this `seq`, half of them on each side; near an end of the history the other side has more.',
    }),
    limit: limitParameter,
    events: eventsParameter,
    rev: revParameter,
  })
  .refine(
    ({ before, after, around }) => chosen(before, after, around) === 1,
    'one of before, after and around is required',
  );

export type ListMessagesQueryDto = Omit<z.output<typeof listMessageWindowQuerySchema>, 'page'> & {
  readonly page?: number | undefined;
};

/** A page, or a window around a position, depending on the parameters. */
export function toListMessagesQuery(
  conversationId: string,
  requesterId: string,
  { page, limit, events, ...places }: ListMessagesQueryDto,
): ListMessagesQuery | ListMessageWindowQuery {
  for (const kind of ['before', 'after', 'around'] as const) {
    const seq = places[kind];
    if (seq === undefined) continue;
    return new ListMessageWindowQuery(conversationId, requesterId, { kind, seq }, limit, events === 'true');
  }
  return new ListMessagesQuery(conversationId, requesterId, page ?? 1, limit);
}
