import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ReactionChange, ReactionDraft } from '../../domain/models/reaction.model.js';
import type { StoredReactions } from '../../domain/models/stored-reactions.model.js';
import { ReactionDecisions } from '../../domain/services/reaction-decisions.js';
import { withReactions } from '../../domain/services/with-reactions.js';
import { readLockedReactions } from '../statements/locked-reactions.reader.js';
import { StoredMessagesReader } from '../statements/stored-messages.reader.js';

const REACT = { name: 'react', text: 'select * from react($1, $2, $3, $4, $5, $6)' };

/**
 * $1 transaction, $2 messages, $3 the `rev` of each. Which of them nobody has changed since; no row when the transaction
 * was not committed. Of an id that the database has not given out yet, which it has lost with its latest changes, it knows
 * nothing.
 */
const CURRENT = {
  name: 'current_reactions',
  text: `
select coalesce((
    select jsonb_agg(id) from unnest($2::uuid[], $3::bigint[]) s (id, rev) join messages m using (id, rev)
  ), '[]') as ids
where case
  when $1::xid8 < pg_snapshot_xmax(pg_current_snapshot()) then pg_xact_status($1::xid8) = 'committed'
end`,
};

/** Reactions, and the transaction that has stored them; null when nothing has changed. */
export interface OwnStoredReactions extends StoredReactions {
  readonly transaction: string | null;
}

/** Stores reactions, in a transaction that has the conversation's lock. */
export class ReactionStore {
  private readonly stored;

  constructor(private readonly database: Database) {
    this.stored = new StoredMessagesReader(database);
  }

  async storeAll(conversationId: string, drafts: readonly ReactionDraft[]): Promise<OwnStoredReactions> {
    const locked = await readLockedReactions(this.database, conversationId, drafts);
    const decisions = new ReactionDecisions(locked);
    const refusals = drafts.map((draft) => refusalOf(() => decisions.decide(draft)));
    const transaction = await this.write(conversationId, decisions.changes);
    const messages = await this.stored.findMessages([...locked.messages.keys()]);
    const { parent } = locked;
    return {
      ...withReactions(drafts, refusals, messages, decisions),
      transaction,
      ...(parent && { parent }),
    };
  }

  /**
   * For a lost answer to COMMIT, once the transaction has ended: what there is to tell. Of a message that was changed
   * again meanwhile, whoever has changed it tells the latest state, and an earlier one must not come after that.
   */
  async findStored({
    transaction,
    reacted,
    ...rest
  }: OwnStoredReactions): Promise<OwnStoredReactions | null> {
    if (transaction === null) return null;
    const messages = reacted.map(({ message }) => message);
    const values = [transaction, messages.map(({ id }) => id), messages.map(({ rev }) => rev)];
    const [row] = await this.database.execute<{ ids: readonly string[] }>({ ...CURRENT, values }, 'messages');
    if (!row) return null;
    const told = reacted.map((one) => ({ ...one, isCurrent: row.ids.includes(one.message.id) }));
    return { transaction, reacted: told, ...rest };
  }

  private async write(conversationId: string, changes: readonly ReactionChange[]): Promise<string | null> {
    if (changes.length === 0) return null;
    const values = [
      conversationId,
      changes.map(({ messageId }) => messageId),
      changes.map(({ userId }) => userId),
      changes.map(({ key }) => key),
      changes.map(({ emoji }) => emoji),
      changes.map(({ added }) => added),
    ];
    const [row] = await this.database.execute<{ transaction: string }>({ ...REACT, values });
    return row?.transaction ?? null;
  }
}

function refusalOf(decide: () => void): unknown {
  try {
    decide();
    return undefined;
  } catch (error) {
    return error;
  }
}
