import { Injectable } from '@nestjs/common';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { NodesPort } from '../../../../common/application/ports/nodes.port.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import type {
  DeliverEvent,
  OuterPosition,
  ReadMembership,
  RoomGate,
  RoomMembership,
  RoomPosition,
} from '../../../../common/application/room-gate.js';
import { CHAT_NAMESPACE, userRoom } from '../../../../common/domain/rooms.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { HiddenMessages } from '../../domain/events/hidden-messages.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { changeIn } from './change-in-payload.js';
import { JoinedRoom } from './joined-room.js';
import { MembershipLooks } from './membership-looks.js';
import { ThreadRooms } from './thread-rooms.js';

/** Milliseconds for which a membership that was read counts as confirmed, for events without a `rev`. */
const CONFIRMED_FOR = 2_000;
/** Numbers of the new epoch are all later: the members are read before anything is delivered. */
const UNKNOWN = -1;
/** Events that wait in a room; what comes beyond is dropped, and clients find it with `changes`. */
const MAX_WAITING = 1_024;

/**
 * Who is in a conversation's room on this node. Sockets whose membership has ended leave it before anything later is
 * written to it: at the removal on this node, when another node asks, and at the latest when an event comes whose `rev`
 * shows that a change was missed. Events without a `rev` need a membership that was read in the last two seconds,
 * or that every node's removals have been received since.
 */
@Injectable()
export class JoinedRooms implements RoomGate {
  private readonly rooms = new Map<string, JoinedRoom>();
  private readonly threads = new ThreadRooms();
  private readonly looks: MembershipLooks;

  constructor(
    database: Database,
    epoch: DatabaseEpochPort,
    private readonly emitter: RoomEmitterPort,
    private readonly nodes: NodesPort,
  ) {
    emitter.guardRooms(CHAT_NAMESPACE, this);
    this.looks = new MembershipLooks(database, {
      find: (room) => this.rooms.get(room),
      usersIn: (room) => emitter.usersIn(CHAT_NAMESPACE, room),
      evict: (room, userId, rev) => this.evict(room, userId, rev),
      hearsOthers: () => nodes.hearsAllSince !== null,
    });
    epoch.onRenewal(() => {
      for (const [room, { hidden }] of this.rooms) {
        hidden?.forgetRevs();
        this.rooms.set(room, new JoinedRoom(UNKNOWN, -Infinity, hidden));
      }
    });
  }

  /** The conversations and threads that sockets of this node have joined. */
  listRooms(): string[] {
    return [...this.rooms.keys(), ...this.threads.list()];
  }

  admitJoin(room: string, socketId: string, membership: ReadMembership): boolean {
    const { rev, readAt, visibleFromSeq, outer } = membership;
    if (outer) return this.admitToThread(room, socketId, outer);
    const joined = this.rooms.get(room) ?? new JoinedRoom(rev, readAt);
    if (!joined.admits(rev)) return false;
    joined.addSocket(socketId, rev);
    joined.hideBefore(socketId, rev, visibleFromSeq);
    this.rooms.set(room, joined);
    return true;
  }

  confirmJoin(room: string, socketId: string, { rev, visibleFromSeq }: RoomMembership): void {
    const joined = this.rooms.get(room);
    joined?.addSocket(socketId, rev);
    joined?.hideBefore(socketId, rev, visibleFromSeq);
  }

  admitEvent(
    room: string,
    event: string,
    payload: object,
    deliver: DeliverEvent,
    after?: RoomPosition,
  ): void {
    const parent = isThreadId(room) ? this.threads.parentOf(room) : undefined;
    if (parent !== undefined) return this.admitInThread(parent, deliver, after);
    const joined = this.rooms.get(room);
    // A room of the server's own, such as that of a user.
    if (!joined) return deliver();
    const change = changeIn(room, event, payload);
    if (change?.formerMemberId !== undefined) this.evict(room, change.formerMemberId, change.rev);
    if (joined.waiting >= MAX_WAITING) return;
    if (change) {
      joined.takeChange(change, () => deliver(joined.hidden?.exceptionsTo(event, change)));
      if (joined.awaited !== null) this.looks.readMissed(room);
    } else this.deliverConfirmed(room, joined, deliver);
  }

  /** Who leaves the room of a conversation, leaves those of its threads. */
  forgetSocket(room: string, socketId: string): void {
    this.rooms.get(room)?.forgetSocket(socketId);
    for (const thread of this.threads.of(room)) {
      this.emitter.removeFromRoom(CHAT_NAMESPACE, thread, socketId);
    }
  }

  forgetRoom(room: string): void {
    this.rooms.delete(room);
    this.threads.forget(room);
    this.looks.forget(room);
  }

  /**
   * The sockets of a former member leave.
   * @param userId null when all memberships have ended
   * @param rev the change that ended the membership
   */
  evict(room: string, userId: string | null, rev: number): void {
    const staying = this.rooms.get(room)?.endMembership(rev);
    if (!staying) return;
    this.emitter.removeFromRoom(CHAT_NAMESPACE, room, userId === null ? room : userRoom(userId), staying);
  }

  /**
   * A member does not see the first messages any more: its sockets are told of no changes of them, and leave the threads that begin
   * there. Those stay as they are that were let in with a later membership than the one that was read, as far as this node knows.
   */
  hideHistory({ conversationId: room, userId, rev, visibleFromSeq }: HiddenMessages): void {
    const joined = this.rooms.get(room);
    const sockets = this.emitter.socketsIn(CHAT_NAMESPACE, room, userRoom(userId));
    for (const socketId of sockets) {
      if (!joined?.admitsWithin(socketId, rev)) continue;
      joined.hideBefore(socketId, rev, visibleFromSeq);
      for (const thread of this.threads.beginningBefore(room, visibleFromSeq)) {
        this.emitter.removeFromRoom(CHAT_NAMESPACE, thread, socketId);
      }
    }
  }

  /** A thread's room needs no more: its members are those of the parent's room. */
  private admitToThread(thread: string, socketId: string, outer: OuterPosition): boolean {
    if (!this.rooms.get(outer.room)?.admitsWithin(socketId, outer.rev)) return false;
    this.threads.add(thread, outer);
    return true;
  }

  /** The members of the parent's room must be those of its history up to there. */
  private admitInThread(parent: string, deliver: DeliverEvent, after: RoomPosition | undefined): void {
    const joined = this.rooms.get(parent);
    if (!joined || joined.waiting >= MAX_WAITING) return;
    if (after?.room !== parent) return this.deliverConfirmed(parent, joined, deliver);
    joined.takeChange({ rev: after.rev, prevRev: after.rev }, () => deliver());
    if (joined.awaited !== null) this.looks.readMissed(parent);
  }

  /** Delivers an event that says nothing of what has come before it. */
  private deliverConfirmed(room: string, joined: JoinedRoom, deliver: DeliverEvent): void {
    if (joined.awaited === null && this.isConfirmed(room, joined)) return deliver();
    joined.keep(deliver);
    this.looks.confirm(room);
  }

  private isConfirmed(room: string, { confirmedAt }: JoinedRoom): boolean {
    const { hearsAllSince } = this.nodes;
    if (hearsAllSince !== null && hearsAllSince <= confirmedAt) return true;
    if (performance.now() - confirmedAt > CONFIRMED_FOR) return false;
    this.looks.refresh(room);
    return true;
  }
}
