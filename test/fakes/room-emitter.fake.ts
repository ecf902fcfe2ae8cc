import type { RoomPosition } from '../../src/arch/common/application/room-gate.js';
import type {
  PayloadInstead,
  RoomEmitterPort,
} from '../../src/arch/common/application/ports/room-emitter.port.js';

interface Emitted {
  readonly room: string;
  readonly event: string;
  readonly payload: object;
  readonly except?: string;
  readonly after?: RoomPosition;
}

/** A connected client: the events that it received, and whether its connection was closed. */
export class ListenerFake {
  /** @param id of its socket */
  constructor(readonly id = '') {}

  readonly received: { event: string; payload: object }[] = [];
  closed = false;
}

/**
 * An emitter of one namespace. Records the emitted events, and the closed rooms with their last event, in order;
 * delivers events to joined clients.
 */
export class RoomEmitterFake implements RoomEmitterPort {
  readonly emitted: Emitted[] = [];
  readonly disconnected: Emitted[] = [];
  readonly removed: { readonly room: string; readonly leavers: string; readonly staying?: string[] }[] = [];
  private count = 0;
  private readonly rooms = new Map<string, Set<ListenerFake>>();

  constructor(private readonly namespace = '/chat') {}

  emitToRoom(
    namespace: string,
    room: string,
    event: string,
    payload: object,
    except?: string,
    instead?: PayloadInstead,
    after?: RoomPosition,
  ): void {
    if (namespace !== this.namespace) return;
    this.emitted.push({
      room,
      event,
      payload,
      ...(except === undefined ? {} : { except }),
      ...(after && { after }),
    });
    for (const listener of this.in(room)) {
      if (except !== undefined && this.in(except).has(listener)) continue;
      const isOther = instead !== undefined && this.in(instead.room).has(listener);
      listener.received.push({ event, payload: isOther ? instead.payload : payload });
    }
  }

  emitOnce(
    namespace: string,
    rooms: readonly string[],
    event: string,
    payload: object,
    exceptUsers: ReadonlySet<string>,
  ): void {
    if (namespace !== this.namespace) return;
    const excepted = new Set([...exceptUsers].flatMap((userId) => [...this.in(`user:${userId}`)]));
    for (const listener of new Set(rooms.flatMap((room) => [...this.in(room)]))) {
      if (excepted.has(listener)) continue;
      this.emitted.push({ room: listener.id, event, payload });
      listener.received.push({ event, payload });
    }
  }

  addToRoom(namespace: string, room: string, joiners: string): void {
    if (namespace !== this.namespace) return;
    for (const listener of this.in(joiners)) this.join(room, listener);
  }

  removeFromRoom(namespace: string, room: string, leavers: string, staying?: ReadonlySet<string>): void {
    if (namespace !== this.namespace) return;
    this.removed.push({ room, leavers, ...(staying && { staying: [...staying] }) });
    for (const listener of this.in(leavers)) if (!staying?.has(listener.id)) this.leave(room, listener);
  }

  emitToSockets(namespace: string, socketIds: readonly string[], event: string, payload: object): void {
    if (namespace !== this.namespace) return;
    for (const id of socketIds) {
      this.emitted.push({ room: id, event, payload });
      for (const listener of this.in(id)) listener.received.push({ event, payload });
    }
  }

  usersIn(namespace: string, room: string): readonly string[] {
    if (namespace !== this.namespace) return [];
    const listeners = this.in(room);
    return [...this.rooms].flatMap(([name, members]) =>
      name.startsWith('user:') && [...members].some((member) => listeners.has(member))
        ? [name.slice('user:'.length)]
        : [],
    );
  }

  socketsIn(namespace: string, room: string, other: string): readonly string[] {
    if (namespace !== this.namespace) return [];
    return [...this.in(other)].flatMap((listener) => (this.in(room).has(listener) ? [listener.id] : []));
  }

  guardRooms(): void {}

  disconnectRoom(room: string, event: string, payload: object): void {
    this.disconnected.push({ room, event, payload });
    for (const listener of this.in(room)) {
      listener.received.push({ event, payload });
      listener.closed = true;
      for (const members of this.rooms.values()) members.delete(listener);
    }
  }

  /** A new client, which is in the room of its own id, as every socket is. */
  connect(): ListenerFake {
    this.count += 1;
    const listener = new ListenerFake(`socket-${this.count}`);
    this.join(listener.id, listener);
    return listener;
  }

  join(room: string, listener: ListenerFake): void {
    this.rooms.set(room, this.in(room).add(listener));
  }

  leave(room: string, listener: ListenerFake): void {
    this.in(room).delete(listener);
  }

  private in(room: string): Set<ListenerFake> {
    return this.rooms.get(room) ?? new Set();
  }
}
