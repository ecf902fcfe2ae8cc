/** A fault of the server, or of the client library: replacements of text in one of its modules, made when that is loaded. */
export interface PlantedFault {
  readonly name: string;
  /** The violation that must be reported; others may be reported, too. */
  readonly rule: string;
  /** Path of the module below `dist/arch`, or below `packages/client/src`. */
  readonly module: string;
  /** Each text must occur exactly once in the module. */
  readonly replacements: readonly (readonly [text: string, by: string])[];
}

export const CHAT = 'modules/chat';
export const PUBLISHER = `${CHAT}/infrastructure/adapters/chat-publisher.adapter.js`;
/** Emits each event. */
export const EMIT =
  'this.rooms.emitToRoom(CHAT_NAMESPACE, audience.roomOf(event), name, payload, except, instead, after);';
