import type { Database } from '../../../../common/infrastructure/database/database.js';
import type {
  ChangeKind,
  ChangeOf,
  ConversationChange,
  StoredChange,
} from '../../domain/models/conversation-change.model.js';
import { ChangeLog, type LoggedChange } from '../statements/change-log.js';
import type { ChangeStatements } from '../statements/change-statements.js';
import { type ChangeTable, changeTable } from '../statements/change-table.js';
import type { ConversationListReader } from '../statements/conversation-list.reader.js';

/** The changes that one transaction stores. */
interface StoredChanges<Kind extends ChangeKind> {
  /** In the order of `rev`. */
  readonly changes: readonly StoredChange<Kind>[];
  /** The row of the first change: the transaction was committed when it exists. */
  readonly first: LoggedChange | null;
}

/** Stores changes of any kind, in a transaction that has the conversation's lock. */
export class ChangeStore {
  private readonly log;
  private readonly table: ChangeTable;

  constructor(database: Database, list: ConversationListReader) {
    this.log = new ChangeLog(database);
    this.table = changeTable(database, list);
  }

  async storeAll<Change extends ConversationChange>(
    conversationId: string,
    actorId: string,
    decided: readonly Change[],
  ): Promise<StoredChanges<Change['kind']>> {
    const changes: StoredChange<Change['kind']>[] = [];
    let first: LoggedChange | null = null;
    for (const change of decided) {
      const { row, stored } = await this.store(conversationId, actorId, change.kind, change);
      first ??= row;
      changes.push(stored as StoredChange<Change['kind']>);
    }
    return { changes, first };
  }

  /** For a lost answer to COMMIT, once the transaction has ended. */
  async isStored({ first }: StoredChanges<ChangeKind>): Promise<boolean> {
    return first !== null && (await this.log.has(first));
  }

  private async store<Kind extends ChangeKind>(
    conversationId: string,
    actorId: string,
    kind: Kind,
    change: ChangeOf<Kind>,
  ) {
    const statements: ChangeStatements<Kind> = this.table[kind];
    await statements.write(conversationId, change);
    const row = await this.log.append(conversationId, actorId, change, statements);
    const result = await statements.readResult(conversationId, change, actorId);
    return { row, stored: { kind, conversationId, rev: row.rev, actorId, change, result } };
  }
}
