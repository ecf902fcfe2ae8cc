import type { OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import type { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import type { RoomPosition } from '../../../../common/application/room-gate.js';
import type { VisibilityReports } from '../../../../common/application/visibility-reports.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import type { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { ChatChangeEvent, ChatEvent } from '../../domain/events/chat-event.js';
import type { Eviction } from '../../domain/events/eviction.js';
import type { HiddenMessages } from '../../domain/events/hidden-messages.js';
import type { EventDeliveries, EventDelivery } from '../../domain/events/event-delivery.js';
import { userOfVisibilityChange } from '../../domain/events/visibility-change.js';
import type { RoomEvictions } from '../live/room-evictions.js';
import { EmittedRevs } from '../live/emitted-revs.js';
import { MembershipUpdates } from '../live/membership-updates.js';
import type { DirectIntroductions } from '../live/direct-introductions.js';
import { ReadReceipts } from '../live/read-receipts.js';
import { TypingSignals } from '../live/typing-signals.js';

/**
 * The only place that emits to rooms. Emitting is synchronous. Handlers publish messages right after their write, and
 * the writer publishes other changes itself; one write per conversation is in flight. So everything with a `rev` is
 * emitted in its order, each once. A `rev` that does not rise was given a second time: the database has gone back in
 * time. All clients start over then, and the event, which they would take for a repeat, is not emitted.
 */
export class ChatPublisherAdapter implements ChatPublisherPort, OnApplicationShutdown {
  private readonly emitted = new EmittedRevs();
  private readonly receipts = new ReadReceipts((event) => this.emit(event));
  private readonly memberships = new MembershipUpdates((event) => this.emit(event));
  private readonly signals = new TypingSignals((event) => this.emit(event));

  /**
   * @param deliveries how each kind of event reaches clients; the module passes the table of the interface
   * @param evictions takes sockets out of rooms, and hides messages from them, on all nodes
   */
  constructor(
    private readonly deliveries: EventDeliveries,
    private readonly rooms: RoomEmitterPort,
    private readonly epoch: DatabaseEpochPort,
    private readonly visibility: VisibilityReports,
    private readonly introductions: Pick<DirectIntroductions, 'introduce'>,
    private readonly evictions: Pick<RoomEvictions, 'evict' | 'hideHistory'>,
  ) {
    epoch.onRenewal(() => {
      this.emitted.forgetRevs();
      this.receipts.cancelReceipts();
      this.memberships.cancelUpdates();
    });
  }

  publish(event: ChatEvent): void {
    if (event.kind === 'message_read') this.receipts.emitReceipt(event);
    else if (event.kind === 'me_updated') this.memberships.emitUpdate(event);
    else if (event.kind === 'typing') this.signals.emitTyping(event);
    else if (this.isNext(event)) {
      this.emit(event);
      if (event.kind === 'message_created' && event.message.seq === 1) this.introduce(event.conversationId);
    }
    const userId = userOfVisibilityChange(event);
    if (userId !== null) this.visibility.reportChange(userId);
  }

  evict(eviction: Eviction): Promise<void> {
    return this.evictions.evict(eviction);
  }

  hideHistory(hidden: HiddenMessages): Promise<void> {
    return this.evictions.hideHistory(hidden);
  }

  withholdReceipts(userId: string): void {
    this.receipts.withholdReceipts(userId);
  }

  onApplicationShutdown(): void {
    this.receipts.cancelReceipts();
    this.memberships.cancelUpdates();
    this.signals.cancelTyping();
  }

  /** A direct conversation begins for the other member with its first message, which one node stores and publishes. */
  private introduce(conversationId: string): void {
    this.introductions.introduce(conversationId, (event) => this.publish(event));
  }

  private emit(event: ChatEvent): void {
    const delivery: EventDelivery<ChatEvent> = this.deliveries[event.kind];
    const { name, audience } = delivery;
    const payload = delivery.toPayload(event);
    const other = delivery.otherwiseShown?.(event);
    const instead = other && { room: other.room, payload: delivery.toPayload(other.event) };
    const except = audience.exceptOf?.(event);
    const after = placeInParent(event);
    this.rooms.emitToRoom(CHAT_NAMESPACE, audience.roomOf(event), name, payload, except, instead, after);
  }

  private isNext(event: ChatEvent): boolean {
    if (!this.deliveries[event.kind].inRevOrder) return true;
    // By the table's type, all that is in this order has a `rev`.
    const { conversationId, rev } = event as ChatChangeEvent;
    const isNext = this.emitted.advanceRev(conversationId, rev);
    if (!isNext) this.epoch.endEpoch();
    return isNext;
  }
}

/** What has come before a change of a thread in its parent's room. */
function placeInParent(event: ChatEvent): RoomPosition | undefined {
  if (!('parent' in event) || !event.parent) return undefined;
  const { conversationId: room, rev } = event.parent;
  return { room, rev };
}
