import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { LockedMessage } from '../../domain/models/message-change.model.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { isThreadId } from '../../domain/models/thread.model.js';
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

/** $1 thread, $2 actor. Its members and rules are those of its parent. */
const SURROUNDINGS_OF_THREAD = {
  name: 'locked_reply_surroundings',
  text: `
select clock_timestamp() as now, c.id as home_id, t.root_seq::text, (
    select visible_from_seq::text from conversation_members where conversation_id = c.id and user_id = $2
  ) as visible_from_seq
from conversations t join conversations c on c.id = t.parent_id where t.id = $1`,
};

interface Row extends Record<string, unknown> {
  readonly now: Date;
  readonly visible_from_seq: string | null;
  /** Of a thread: its parent, and the message at which it has begun. */
  readonly home_id?: string;
  readonly root_seq?: string;
}

/** Like `LockedConversationReader`, for a change of one message. */
export class LockedMessageReader {
  private readonly locked;
  private readonly visible;

  constructor(private readonly database: Database) {
    this.locked = new LockedConversationReader(database);
    this.visible = new VisibleMessageReader(database);
  }

  /**
   * Also returns the first message that the actor sees. The conversation and the role are those whose rules hold: of a
   * thread, the parent's.
   * @throws ConversationNotFoundError when it is a thread whose root the actor may not see
   */
  async read(
    conversationId: string,
    actorId: string,
    messageId: string,
  ): Promise<LockedMessage & { readonly visibleFromSeq: number }> {
    const statement = isThreadId(conversationId) ? SURROUNDINGS_OF_THREAD : SURROUNDINGS;
    const values = [conversationId, actorId];
    const [row] = await this.database.execute<Row>({ ...statement, values });
    if (!row) throw new Error('The locked conversation is not there.');
    const { conversation, actorRole, isBlocked } = await this.locked.read(
      row.home_id ?? conversationId,
      actorId,
      [],
    );
    const visibleFromSeq = firstVisible(row);
    const message =
      actorRole === null ? null : await this.visible.find(conversationId, messageId, visibleFromSeq, actorId);
    return { conversation, actorRole, message, visibleFromSeq, isBlocked, now: row.now };
  }
}

function firstVisible({ visible_from_seq, root_seq }: Row): number {
  if (visible_from_seq === null) return Infinity;
  if (root_seq === undefined) return Number(visible_from_seq);
  if (Number(visible_from_seq) > Number(root_seq)) throw new ConversationNotFoundError();
  return 1;
}
