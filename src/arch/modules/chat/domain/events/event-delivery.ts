import type { ChatEvent, ChatEventKind, ChatEventOf } from './chat-event.js';
import type { EventAudience } from './event-audience.js';

/** How the events of one kind reach clients. */
export interface EventDelivery<Event extends ChatEvent> {
  /** On the wire. */
  readonly name: string;
  readonly audience: EventAudience<Event>;
  /** Whether one conversation's events go out in the order of `rev`, each `rev` once: true for all that have one. */
  readonly inRevOrder: Event extends { readonly rev: number } ? true : false;
  /** What it carries, picked field by field: no field of a model reaches clients by itself. */
  toPayload(event: Event): object;
}

/** One for each kind of event: a kind without one does not compile. */
export type EventDeliveries = { readonly [Kind in ChatEventKind]: EventDelivery<ChatEventOf<Kind>> };
