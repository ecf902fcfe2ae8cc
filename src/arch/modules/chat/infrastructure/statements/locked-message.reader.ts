import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { LockedMessage } from '../../domain/models/message-change.model.js';
import { LockedConversationReader } from './locked-conversation.reader.js';
import { VisibleMessageReader } from './visible-message.reader.js';

/** $1 conversation, $2 actor. The first message that the actor sees is null when it is not a member. */
const SURROUNDINGS = {
  name: 'locked_message_surroundings',
  text: `
select clock_timestamp() as now, (
    select visible_from_seq::text from conversation_members where conversation_id = c.id and user_id = $2
  ) as visible_from_seq
from conversations c where c.id = $1`,
};

interface Row extends Record<string, unknown> {
  readonly now: Date;
  readonly visible_from_seq: string | null;
}

/** Like `LockedConversationReader`, for a change of one message. */
export class LockedMessageReader {
  private readonly locked;
  private readonly visible;

  constructor(private readonly database: Database) {
    this.locked = new LockedConversationReader(database);
    this.visible = new VisibleMessageReader(database);
  }

  /** Also returns the first message that the actor sees. */
  async read(
    conversationId: string,
    actorId: string,
    messageId: string,
  ): Promise<LockedMessage & { readonly visibleFromSeq: number }> {
    const { conversation, actorRole, isBlocked } = await this.locked.read(conversationId, actorId, []);
    const values = [conversationId, actorId];
    const [row] = await this.database.execute<Row>({ ...SURROUNDINGS, values });
    if (!row) throw new Error('The locked conversation is not there.');
    const visibleFromSeq = Number(row.visible_from_seq ?? Infinity);
    const message =
      actorRole === null ? null : await this.visible.find(conversationId, messageId, visibleFromSeq, actorId);
    return { conversation, actorRole, message, visibleFromSeq, isBlocked, now: row.now };
  }
}
