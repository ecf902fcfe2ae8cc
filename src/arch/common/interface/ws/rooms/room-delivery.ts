import type { Namespace, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { closeConnectionOf, connectionOf, type EnginePacket } from '../engine/engine-connection.js';
import { sendAway } from '../engine/end-connection.js';
import { encodeEvent, type Exceptions, joinPackets, type OutgoingPacket } from '../engine/outgoing-packet.js';
import { RoomSlices } from './room-slices.js';

const deliveries = new WeakMap<Namespace, RoomDelivery>();

/** Writes a socket's pending room events at once. The server calls it before it closes a socket. */
export function finishSocket({ nsp: namespace, id }: Pick<Socket, 'nsp' | 'id'>): void {
  deliveries.get(namespace)?.finishSocket(id);
}

/** Written out, as it is asked for each packet of each socket. */
const isForAll = ({ except, hiddenFrom, isMeant, instead, adjustedFor }: OutgoingPacket): boolean =>
  except === undefined &&
  hiddenFrom === undefined &&
  isMeant === undefined &&
  instead === undefined &&
  adjustedFor === undefined;

/** Delivers events to the sockets of a room on this node: encoded once, in order, to large rooms in slices. */
export class RoomDelivery {
  private readonly slices: RoomSlices<OutgoingPacket>;
  private readonly writeTo: (id: string, outgoing: readonly OutgoingPacket[]) => void;
  private scheduled = false;
  /** The last joined packets, because most members of a room get the same ones. */
  private joinedFrom: readonly OutgoingPacket[] | undefined;
  private joined: readonly EnginePacket[] = [];

  constructor(private readonly namespace: Namespace) {
    const { adapter } = namespace;
    deliveries.set(namespace, this);
    const close = (id: string): void => this.closeSocket(id);
    this.writeTo = guardListener(
      (id: string, outgoing: readonly OutgoingPacket[]) => this.writePackets(id, outgoing),
      close,
    );
    this.slices = new RoomSlices(adapter.rooms, this.writeTo);
    adapter.on(
      'join-room',
      guardListener(
        (room: string, id: string) => this.slices.memberJoined(room, id),
        (_room, id) => close(id),
      ),
    );
  }

  /**
   * Sends an event to every socket that is in the room now; a socket that leaves before its turn does not get it.
   * @param exceptions sockets that do not get it, or get something else
   */
  deliverEvent(room: string, event: string, payload: object, exceptions?: Exceptions): void {
    if (!this.namespace.adapter.rooms.has(room)) return;
    const outgoing = encodeEvent(this.namespace.name, event, payload, exceptions);
    this.slices.deliverItem(room, outgoing, outgoing.options.wsPreEncodedFrame[0].length);
    this.scheduleSlice();
  }

  /** Joins each socket of one room to another. */
  addToRoom(room: string, joiners: string): void {
    const { adapter, sockets } = this.namespace;
    for (const id of adapter.rooms.get(joiners) ?? []) void sockets.get(id)?.join(room);
  }

  /**
   * Writes to each socket that is in both rooms its pending events, and takes it out of the first room, all at once.
   * @param staying ids of sockets that are not taken out
   */
  removeFromRoom(room: string, leavers: string, staying?: ReadonlySet<string>): void {
    const { adapter, sockets } = this.namespace;
    const leave = guardListener(
      (id: string) => {
        this.slices.finishMember(id);
        void sockets.get(id)?.leave(room);
      },
      (id) => this.closeSocket(id),
    );
    for (const id of adapter.rooms.get(leavers) ?? []) {
      if (adapter.rooms.get(room)?.has(id) && !staying?.has(id)) leave(id);
    }
  }

  /** The users of the room's sockets, each once. */
  usersIn(room: string): string[] {
    const ids = [...(this.namespace.adapter.rooms.get(room) ?? [])];
    return [...new Set(ids.flatMap((id) => this.userOf(id) ?? []))];
  }

  /** The ids of the sockets that are in both rooms; the second one is the smaller one. */
  socketsIn(room: string, other: string): string[] {
    const { rooms } = this.namespace.adapter;
    return [...(rooms.get(other) ?? [])].filter((id) => rooms.get(room)?.has(id));
  }

  /** The user of a socket; undefined when it has gone. */
  userOf(id: string): string | undefined {
    const data: AuthenticatedSocket['data'] | undefined = this.namespace.sockets.get(id)?.data;
    return data?.user.sub;
  }

  /** Sends an event to single sockets, at once: each after the events of its small rooms, maybe before those of large ones. */
  deliverToSockets(ids: readonly string[], event: string, payload: object): void {
    const outgoing = [encodeEvent(this.namespace.name, event, payload)];
    for (const id of ids) this.writeTo(id, outgoing);
  }

  /** Writes to each of the room's sockets its pending events and a last one, and closes it, all at once. */
  disconnectRoom(room: string, event: string, payload: object): void {
    const { adapter, sockets, name } = this.namespace;
    const ids = [...(adapter.rooms.get(room) ?? [])];
    if (ids.length === 0) return;
    const last = [encodeEvent(name, event, payload)];
    const end = guardListener(
      (id: string) => {
        this.slices.finishMember(id);
        this.writeTo(id, last);
        const socket = sockets.get(id);
        if (socket) sendAway(socket);
      },
      (id) => this.closeSocket(id),
    );
    for (const id of ids) end(id);
  }

  /** Writes a socket's pending events at once. */
  finishSocket(id: string): void {
    this.slices.finishMember(id);
  }

  private scheduleSlice(): void {
    if (this.scheduled || this.slices.isEmpty) return;
    this.scheduled = true;
    setImmediate(this.writeSlice);
  }

  private readonly writeSlice = guardListener(() => {
    this.scheduled = false;
    this.slices.writeSlice();
    this.scheduleSlice();
  });

  private writePackets(id: string, outgoing: readonly OutgoingPacket[]): void {
    const meant = this.packetsFor(id, outgoing);
    const [first] = meant;
    const socket = this.namespace.sockets.get(id);
    if (!socket || !first) return;
    const connection = connectionOf(socket);
    const { transport, readyState, writeBuffer } = connection;
    if (transport.name === 'websocket' && writeBuffer.length === 0) {
      // The same as engine.io does, without its objects and events for each packet of each socket.
      if (readyState === 'open') transport.send(meant.length > 1 ? this.joinedPackets(meant) : first.packets);
    } else {
      for (const { encoded, options } of meant) connection.write(encoded, options);
    }
  }

  /** What a socket gets of these: the same list when it gets all of them as they are. */
  private packetsFor(id: string, outgoing: readonly OutgoingPacket[]): readonly OutgoingPacket[] {
    if (outgoing.every(isForAll)) return outgoing;
    const { rooms } = this.namespace.adapter;
    const isIn = (room: string | undefined) => room !== undefined && rooms.get(room)?.has(id) === true;
    const isWithheld = ({ except, hiddenFrom, isMeant }: OutgoingPacket) =>
      isIn(except) || hiddenFrom?.has(id) === true || isMeant?.(id) === false;
    const packetFor = (packet: OutgoingPacket) => {
      const shown = packet.instead && isIn(packet.instead.room) ? packet.instead.packet : packet;
      return shown.adjustedFor?.(id) ?? shown;
    };
    const meant = outgoing.filter((packet) => !isWithheld(packet)).map(packetFor);
    return meant.length === outgoing.length && meant.every((packet, index) => packet === outgoing[index])
      ? outgoing
      : meant;
  }

  private closeSocket(id: string): void {
    const socket = this.namespace.sockets.get(id);
    if (socket) closeConnectionOf(socket);
  }

  private joinedPackets(outgoing: readonly OutgoingPacket[]): readonly EnginePacket[] {
    if (this.joinedFrom !== outgoing) {
      this.joinedFrom = outgoing;
      this.joined = joinPackets(outgoing);
    }
    return this.joined;
  }
}
