import type { Conversation } from '../../domain/models/conversation.model.js';

/** A row of `threadColumns`. */
interface ThreadRow extends Omit<Conversation, 'parent'> {
  readonly parentId: string;
  readonly rootSeq: number;
  readonly rootId: string;
}

export function toThread({ parentId, rootSeq, rootId, ...conversation }: ThreadRow): Conversation {
  return { ...conversation, parent: { conversationId: parentId, messageId: rootId, seq: rootSeq } };
}
