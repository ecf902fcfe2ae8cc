import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ChangeKind } from '../../domain/models/conversation-change.model.js';
import type { ChangeStatements } from './change-statements.js';
import { conversationDeletedStatements } from './conversation-deleted.statements.js';
import type { ConversationListReader } from './conversation-list.reader.js';
import { conversationUpdatedStatements } from './conversation-updated.statements.js';
import { memberAddedStatements } from './member-added.statements.js';
import { memberRemovedStatements } from './member-removed.statements.js';
import { memberUpdatedStatements } from './member-updated.statements.js';

/** A row for each kind of change: one without it does not compile. */
export type ChangeTable = { readonly [Kind in ChangeKind]: ChangeStatements<Kind> };

export function changeTable(database: Database, list: ConversationListReader): ChangeTable {
  return {
    member_added: memberAddedStatements(database, list),
    member_removed: memberRemovedStatements(database),
    member_updated: memberUpdatedStatements(database),
    conversation_updated: conversationUpdatedStatements(database),
    conversation_deleted: conversationDeletedStatements(database),
  };
}
