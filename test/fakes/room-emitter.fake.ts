import type { RoomEmitterPort } from '../../src/arch/common/application/ports/room-emitter.port.js';

interface Emitted {
  readonly room: string;
  readonly event: string;
  readonly payload: object;
  readonly except?: string;
}

/** Remembers what was emitted, and which rooms were cut with what last event, in order. */
export class RoomEmitterFake implements RoomEmitterPort {
  readonly emitted: Emitted[] = [];
  readonly disconnected: Emitted[] = [];

  emit(room: string, event: string, payload: object, except?: string): void {
    this.emitted.push({ room, event, payload, ...(except === undefined ? {} : { except }) });
  }

  disconnect(room: string, event: string, payload: object): void {
    this.disconnected.push({ room, event, payload });
  }
}
