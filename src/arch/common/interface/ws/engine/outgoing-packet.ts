import type { PayloadInstead } from '../../../application/ports/room-emitter.port.js';
import type { EventExceptions } from '../../../application/room-gate.js';
import type { EnginePacket } from './engine-connection.js';
import { textFrame } from './text-frame.js';

/** The sockets that do not receive an event. */
interface Withheld {
  /** A room whose sockets do not receive it. */
  readonly except?: string | undefined;
  /** Ids of sockets that do not receive it. */
  readonly hiddenFrom?: ReadonlySet<string> | undefined;
  /** Whether a socket receives it, by its id: asked once for each time that the socket's turn has come. */
  readonly isMeant?: ((socketId: string) => boolean) | undefined;
}

export interface Exceptions extends Withheld {
  readonly instead?: PayloadInstead | undefined;
  readonly adjusted?: EventExceptions['adjusted'] | undefined;
}

/** An event encoded once for both transports. */
export interface OutgoingPacket extends Withheld {
  /** Argument of `Connection.write`. */
  readonly encoded: string;
  readonly options: { readonly preEncoded: true; readonly wsPreEncodedFrame: readonly [Buffer] };
  /** Argument of a websocket transport's `send`, which does not modify it. */
  readonly packets: readonly EnginePacket[];
  /** A room whose sockets receive another packet. */
  readonly instead: { readonly room: string; readonly packet: OutgoingPacket } | undefined;
  /** Returns the packet that a single socket receives in place of this one, if it does. */
  readonly adjustedFor: ((socketId: string) => OutgoingPacket | undefined) | undefined;
}

/** Packet type of the Socket.IO protocol 5: an event without binary parts. */
const EVENT = 2;

/** @param payload JSON without binary parts */
export function encodeEvent(
  nsp: string,
  event: string,
  payload: object,
  { except, hiddenFrom, isMeant, instead, adjusted }: Exceptions = {},
): OutgoingPacket {
  const encoded = `${EVENT}${nsp},${JSON.stringify([event, payload])}`;
  const options = { preEncoded: true, wsPreEncodedFrame: [textFrame(`4${encoded}`, true)] } as const;
  return {
    encoded,
    options,
    packets: [message(options.wsPreEncodedFrame[0])],
    except,
    hiddenFrom,
    isMeant,
    instead: instead && {
      room: instead.room,
      packet: encodeEvent(nsp, event, instead.payload, { adjusted }),
    },
    adjustedFor: adjusted && encodeOnDemand(adjusted, (adjust) => encodeEvent(nsp, event, adjust(payload))),
  };
}

/** Each packet is encoded once, when the first socket is written to that gets it. */
function encodeOnDemand(
  adjusted: EventExceptions['adjusted'],
  encode: (adjust: (payload: object) => object) => OutgoingPacket,
): (socketId: string) => OutgoingPacket | undefined {
  const encoded = new Map<(payload: object) => object, OutgoingPacket>();
  return (socketId) => {
    const adjust = adjusted.get(socketId);
    if (!adjust) return undefined;
    const packet = encoded.get(adjust) ?? encode(adjust);
    encoded.set(adjust, packet);
    return packet;
  };
}

/** Joins several events into one write. */
export function joinPackets(outgoing: readonly OutgoingPacket[]): readonly EnginePacket[] {
  const frames = outgoing.map(({ options }) => options.wsPreEncodedFrame[0]);
  return [message(Buffer.concat(frames))];
}

function message(frame: Buffer): EnginePacket {
  return { type: 'message', options: { wsPreEncodedFrame: [frame] } };
}
