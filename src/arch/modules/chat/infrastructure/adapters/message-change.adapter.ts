import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type { MessageChangePort } from '../../application/ports/message-change.port.js';
import { MessageNotFoundError } from '../../domain/errors/message-not-found.error.js';
import { messageUpdated } from '../../domain/events/chat-event.js';
import type { LockedMessage, MessageChange } from '../../domain/models/message-change.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { shownFrom, withOwnReactionsOf } from '../../domain/services/shown-message.js';
import { LockedMessageReader } from '../statements/locked-message.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { MessageChangeStore } from '../writing/message-change-store.js';

@Injectable()
export class MessageChangeAdapter implements MessageChangePort {
  private readonly locked;
  private readonly store;

  constructor(
    database: Database,
    private readonly writer: ConversationWriter,
    private readonly live: ChatPublisherPort,
  ) {
    this.locked = new LockedMessageReader(database);
    this.store = new MessageChangeStore(database);
  }

  async change(
    conversationId: string,
    actorId: string,
    messageId: string,
    decide: (found: LockedMessage) => MessageChange | null | Promise<MessageChange | null>,
  ): Promise<ReadMessage> {
    const { message, visibleFromSeq } = await this.writer.write(conversationId, {
      accountIds: [],
      work: async () => {
        const found = await this.locked.read(conversationId, actorId, messageId);
        const change = await decide(found);
        if (!found.message) throw new MessageNotFoundError();
        const own = change && (await this.store.store(found.message, actorId, change));
        const stored = own && { ...own, ...placeInParent(conversationId, found) };
        const now = stored ? withOwnReactionsOf(found.message, stored.message) : found.message;
        return { stored, message: now, visibleFromSeq: found.visibleFromSeq };
      },
      isStored: async ({ stored }) => stored !== null && (await this.store.isStored(stored)),
      publish: ({ stored }) => {
        if (stored) this.live.publish(messageUpdated(stored));
      },
    });
    return shownFrom(message, visibleFromSeq);
  }
}

/** Of a thread, whose rules are its parent's: what has come before the change there. */
function placeInParent(conversationId: string, { conversation: { id, rev } }: LockedMessage) {
  return id === conversationId ? {} : { parent: { conversationId: id, rev } };
}
