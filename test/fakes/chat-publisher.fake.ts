import type { ChatPublisherPort } from '../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import type {
  ChatEvent,
  MessageRead,
  MeUpdated,
  TypingSignalled,
} from '../../src/arch/modules/chat/domain/events/chat-event.js';
import type { Eviction } from '../../src/arch/modules/chat/domain/events/eviction.js';
import type { HiddenMessages } from '../../src/arch/modules/chat/domain/events/hidden-messages.js';

type Paced = MessageRead | MeUpdated | TypingSignalled;

/** Records the emitted events, in order. Its clock stands still until a test advances it by a second. */
export class ChatPublisherFake implements ChatPublisherPort {
  readonly published: ChatEvent[] = [];
  /** How often it has detected that the database went back in time. */
  epochsEnded = 0;
  /** Each with the number of events that were published before it. */
  readonly evictions: { readonly eviction: Eviction; readonly after: number }[] = [];
  readonly hidden: HiddenMessages[] = [];
  private readonly revs = new Map<string, number>();
  /**
   * The events that are emitted once a second: the last one that was emitted in this second, and the one that will be
   * at its end.
   */
  private seconds = new Map<string, { readonly emitted: Paced; next?: Paced }>();

  publish(event: ChatEvent): void {
    if (isPaced(event)) this.publishOnceASecond(event);
    else if (!('rev' in event) || this.rises(event.conversationId, event.rev)) this.published.push(event);
  }

  async evict(eviction: Eviction): Promise<void> {
    this.evictions.push({ eviction, after: this.published.length });
  }

  async hideHistory(hidden: HiddenMessages): Promise<void> {
    this.hidden.push(hidden);
  }

  withholdReceipts(userId: string): void {
    for (const second of this.seconds.values()) {
      if (second.next?.kind === 'message_read' && second.next.userId === userId) delete second.next;
    }
  }

  endSecond(): void {
    const over = this.seconds;
    this.seconds = new Map();
    for (const { next } of over.values()) if (next) this.publishOnceASecond(next);
  }

  /** Another epoch of the database begins. */
  forget(): void {
    this.revs.clear();
    for (const key of this.seconds.keys()) if (!key.startsWith('typing')) this.seconds.delete(key);
  }

  private publishOnceASecond(event: Paced): void {
    const key = `${event.kind} ${event.conversationId} ${event.userId}`;
    const second = this.seconds.get(key);
    if (!second) {
      this.seconds.set(key, { emitted: event });
      this.published.push(event);
    } else if (isNews(event, second.next ?? second.emitted)) {
      second.next = second.next ? combine(second.next, event) : event;
    }
  }

  private rises(conversationId: string, rev: number): boolean {
    const rises = rev > (this.revs.get(conversationId) ?? 0);
    if (rises) this.revs.set(conversationId, rev);
    else this.epochsEnded += 1;
    return rises;
  }
}

function isPaced(event: ChatEvent): event is Paced {
  return event.kind === 'message_read' || event.kind === 'me_updated' || event.kind === 'typing';
}

/**
 * `typing` lasts longer when it is signalled again; a read position must be further on, and a membership of a higher
 * version.
 */
function isNews(event: Paced, last: Paced): boolean {
  if (event.kind === 'message_read' && last.kind === 'message_read') {
    return event.lastReadSeq > last.lastReadSeq;
  }
  if (event.kind !== 'me_updated' || last.kind !== 'me_updated') return true;
  return event.own !== undefined || isLater(event, last);
}

function isLater({ me }: MeUpdated, { me: last }: MeUpdated): boolean {
  return me !== undefined && (!last || me.version > last.version);
}

function combine(waiting: Paced, later: Paced): Paced {
  if (later.kind !== 'me_updated' || waiting.kind !== 'me_updated') return later;
  const me = isLater(later, waiting) ? later.me : waiting.me;
  const sets = new Map([...(waiting.own ?? []), ...(later.own ?? [])].map((set) => [set.messageId, set]));
  return {
    ...later,
    ...(me && { me }),
    ...(sets.size > 0 && { own: [...sets.values()] }),
    socketId: waiting.socketId === later.socketId ? later.socketId : undefined,
  };
}
