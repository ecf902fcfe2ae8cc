import type { EnginePacket } from './engine-connection.js';
import { textFrame } from './text-frame.js';

/** An event in the forms in which transports take it, all made once. */
export interface OutgoingPacket {
  /** For `Client.writeToEngine`. */
  readonly encoded: readonly string[];
  readonly options: { readonly preEncoded: true; readonly wsPreEncodedFrame: readonly [Buffer] };
  /** For a websocket transport, which only reads it. */
  readonly packets: readonly EnginePacket[];
  /** The sockets of this room do not get it. */
  readonly except: string | undefined;
}

/** Of the Socket.IO protocol 5: an event without binary parts. */
const EVENT = 2;

/** @param payload JSON: without binary parts */
export function encodeEvent(
  nsp: string,
  event: string,
  payload: object,
  except: string | undefined,
): OutgoingPacket {
  const encoded = [`${EVENT}${nsp},${JSON.stringify([event, payload])}`];
  const options = { preEncoded: true, wsPreEncodedFrame: [textFrame(`4${encoded[0]}`, true)] } as const;
  return { encoded, options, packets: [message(options.wsPreEncodedFrame[0])], except };
}

/** Several events as one write. */
export function joinPackets(outgoing: readonly OutgoingPacket[]): readonly EnginePacket[] {
  const frames = outgoing.map(({ options }) => options.wsPreEncodedFrame[0]);
  return [message(Buffer.concat(frames))];
}

function message(frame: Buffer): EnginePacket {
  return { type: 'message', options: { wsPreEncodedFrame: [frame] } };
}
