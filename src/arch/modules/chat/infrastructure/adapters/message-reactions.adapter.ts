import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ChatPublisherPort } from '../../application/ports/chat-publisher.port.js';
import type {
  MessageReactionsPort,
  ReactionsRequest,
} from '../../application/ports/message-reactions.port.js';
import { eventsOfReactions } from '../../domain/events/chat-event.js';
import type { ReactionDraft } from '../../domain/models/reaction.model.js';
import type { ReactionPage } from '../../domain/models/reaction-page.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import type { ReactionOutcome } from '../../domain/models/stored-reactions.model.js';
import { ReactionPageReader } from '../statements/reaction-page.reader.js';
import { ConversationWriter } from '../writing/conversation-writer.js';
import { PacedWrites } from '../writing/paced-writes.js';
import { type OwnStoredReactions, ReactionStore } from '../writing/reaction-store.js';
import { SharedWrites } from '../writing/shared-writes.js';

@Injectable()
export class MessageReactionsAdapter implements MessageReactionsPort {
  private readonly store;
  private readonly page;
  private readonly paced = new PacedWrites();
  private readonly shared = new SharedWrites<ReactionDraft, ReactionOutcome>((conversationId, close) =>
    this.writeAll(conversationId, close),
  );

  constructor(
    database: Database,
    private readonly writer: ConversationWriter,
    private readonly live: ChatPublisherPort,
  ) {
    this.store = new ReactionStore(database);
    this.page = new ReactionPageReader(database);
  }

  async react(draft: ReactionDraft, isLargeRoom: boolean): Promise<ReadMessage> {
    const write = () => this.shared.add(draft.conversationId, draft);
    const outcome = await (isLargeRoom ? this.paced.run(draft.messageId, write) : write());
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.message;
  }

  findReactions(request: ReactionsRequest): Promise<ReactionPage | null> {
    return this.page.read(request);
  }

  /** The first one of a batch begins it, in whose place the writer waits for the turn. */
  private async writeAll(
    conversationId: string,
    close: () => readonly ReactionDraft[],
  ): Promise<readonly ReactionOutcome[]> {
    let found: OwnStoredReactions | null = null;
    const { outcomes } = await this.writer.write(conversationId, {
      accountIds: [],
      work: () => this.store.storeAll(conversationId, close()),
      isStored: async (stored) => {
        found = await this.store.findStored(stored);
        return found !== null;
      },
      publish: (stored) => {
        for (const event of eventsOfReactions(conversationId, found ?? stored)) this.live.publish(event);
      },
    });
    return outcomes;
  }
}
