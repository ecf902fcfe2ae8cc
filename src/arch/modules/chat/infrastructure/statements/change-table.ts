import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ChangeKind } from '../../domain/models/conversation-change.model.js';
import type { ChangeStatements } from './change-statements.js';
import type { ConversationListReader } from './conversation-list.reader.js';
import { memberAddedStatements } from './member-added.statements.js';
import { memberRemovedStatements } from './member-removed.statements.js';

/** A row for each kind of change: one without it does not compile. */
export type ChangeTable = { readonly [Kind in ChangeKind]: ChangeStatements<Kind> };

export function changeTable(database: Database, list: ConversationListReader): ChangeTable {
  return {
    member_added: memberAddedStatements(database, list),
    member_removed: memberRemovedStatements(database),
  };
}
