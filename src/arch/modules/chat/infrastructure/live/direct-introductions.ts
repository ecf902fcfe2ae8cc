import { guardListener } from '../../../../common/application/guard-listener.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ChatEventOf } from '../../domain/events/chat-event.js';
import type { ConversationListReader } from '../statements/conversation-list.reader.js';

type Introduction = ChatEventOf<'conversation_added'>;

/** $1 conversation. No row for a group, and for notes to oneself. */
const WHO_HAS_NOT_OPENED = {
  name: 'who_has_not_opened',
  text: `
select m.user_id from conversations c
join conversation_members m on m.conversation_id = c.id and m.user_id <> c.created_by
where c.id = $1 and c.type = 'direct'`,
};

/** Finds out whom the first message of a direct conversation shows it to: the member who has not opened it. */
export class DirectIntroductions {
  constructor(
    private readonly database: Database,
    private readonly list: ConversationListReader,
  ) {}

  /**
   * Emits `conversation_added` for that member, as soon as the database answers.
   * @param conversationId a conversation of any type whose first message was stored
   */
  readonly introduce = guardListener(async (conversationId: string, emit: (event: Introduction) => void) => {
    this.database.work.beginOwnWork();
    try {
      const introduction = await this.database.outsideTransaction(() => this.find(conversationId));
      if (introduction) emit(introduction);
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      this.introduceLater(conversationId, emit);
    } finally {
      this.database.work.endOwnWork();
    }
  });

  private introduceLater(conversationId: string, emit: (event: Introduction) => void): void {
    let introduction: Introduction | null = null;
    this.database.recoverCommit({
      isStored: async () => {
        introduction = await this.find(conversationId);
        return introduction !== null;
      },
      publish: () => introduction && emit(introduction),
    });
  }

  private async find(conversationId: string): Promise<Introduction | null> {
    const values = [conversationId];
    const [row] = await this.database.execute<{ user_id: string }>({ ...WHO_HAS_NOT_OPENED, values });
    if (!row) return null;
    const conversation = await this.list.findOne(row.user_id, conversationId);
    // After a restore the message may not be there any more.
    if (!conversation || conversation.lastSeq === 0) return null;
    return { kind: 'conversation_added', userId: row.user_id, conversation };
  }
}
