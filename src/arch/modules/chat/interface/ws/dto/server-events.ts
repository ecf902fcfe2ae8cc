import type { z } from 'zod';
import { sessionEvents } from '../../../../../common/interface/ws/session/session-events.js';
import { chatEvents } from './chat-events.js';

interface ServerEvent {
  /** Its audience and its meaning. */
  readonly description: string;
  readonly payload: z.ZodType;
}

/** All events of the server by their wire names. */
export const serverEvents: Readonly<Record<string, ServerEvent>> = {
  ...sessionEvents,
  ...Object.fromEntries(
    Object.values(chatEvents).map(({ name, audience, description, payload }) => [
      name,
      { description: `To ${audience.label}: ${description}`, payload },
    ]),
  ),
};
