import type { ChatChangeEvent, ChatEvent, ChatEventKind, ChatEventOf } from './chat-event.js';
import type { EventAudience } from './event-audience.js';
import type { OtherwiseShown } from './otherwise-shown.js';

/** How the events of one kind reach clients. */
export interface EventDelivery<Event extends ChatEvent> {
  /** The event's wire name. */
  readonly name: string;
  readonly audience: EventAudience<Event>;
  /**
   * Whether one conversation's events are emitted in the order of `rev`, each `rev` once: true for all that have one.
   */
  readonly inRevOrder: Event extends ChatChangeEvent ? true : false;
  /** The payload, built field by field: new fields of a model do not reach clients by themselves. */
  toPayload(event: Event): object;
  /** What some of the audience are shown in its place. */
  otherwiseShown?(event: Event): OtherwiseShown<Event>;
}

/** One delivery for each kind of event: a kind without one does not compile. */
export type EventDeliveries = { readonly [Kind in ChatEventKind]: EventDelivery<ChatEventOf<Kind>> };
