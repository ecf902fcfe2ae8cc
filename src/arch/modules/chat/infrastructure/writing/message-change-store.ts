import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { MessageChange, StoredMessageChange } from '../../domain/models/message-change.model.js';
import type { Message } from '../../domain/models/message.model.js';
import { storeMessageChange } from '../statements/message-change-statements.js';
import { StoredMessagesReader } from '../statements/stored-messages.reader.js';

/**
 * $1 transaction, $2 message, $3 `rev`. Whether the transaction was committed, and nobody has changed the message since;
 * of an id that the database has not given out yet, which it has lost with its latest changes, it knows nothing.
 */
const IS_STORED = {
  name: 'is_message_change_stored',
  text: `
select from messages
where id = $2 and rev = $3 and case
  when $1::xid8 < pg_snapshot_xmax(pg_current_snapshot()) then pg_xact_status($1::xid8) = 'committed'
end`,
};

/** A stored change, and the transaction that has stored it. */
export interface OwnMessageChange extends StoredMessageChange {
  readonly transaction: string;
}

/** Stores changes of messages, in a transaction that has the conversation's lock. */
export class MessageChangeStore {
  private readonly stored;

  constructor(private readonly database: Database) {
    this.stored = new StoredMessagesReader(database);
  }

  async store(changed: Message, actorId: string, change: MessageChange): Promise<OwnMessageChange> {
    const { id, conversationId } = changed;
    const { kind } = change;
    const statement = storeMessageChange(changed, actorId, kind, change);
    const [row] = await this.database.execute<{ rev: string; transaction: string }>(statement);
    const [message] = await this.stored.findMessages([id]);
    if (!row || !message) throw new Error('The message of a locked conversation is not there.');
    const { transaction } = row;
    return { kind, conversationId, rev: Number(row.rev), actorId, message, transaction };
  }

  /**
   * For a lost answer to COMMIT, once the transaction has ended. False as well when the message was changed again
   * meanwhile: whoever has changed it tells its latest state, and an earlier one must not come after that.
   */
  async isStored({ transaction, message, rev }: OwnMessageChange): Promise<boolean> {
    const values = [transaction, message.id, rev];
    return (await this.database.execute({ ...IS_STORED, values }, 'messages')).length > 0;
  }
}
