import type { ServerEvent } from '../../../../../common/interface/ws/document/asyncapi.js';
import { chatEvents } from './chat-events.js';

/** The events of conversations by their wire names. */
export const serverEvents: Readonly<Record<string, ServerEvent>> = Object.fromEntries(
  Object.values(chatEvents).map(({ name, audience, description, payload }) => [
    name,
    { description: `To ${audience.label}: ${description}`, payload },
  ]),
);
