import type { RoomEmitterPort } from '../../src/arch/common/application/ports/room-emitter.port.js';

/** Remembers what was emitted, in order. */
export class RoomEmitterFake implements RoomEmitterPort {
  readonly emitted: { room: string; event: string; payload: object }[] = [];

  emit(room: string, event: string, payload: object): void {
    this.emitted.push({ room, event, payload });
  }
}
