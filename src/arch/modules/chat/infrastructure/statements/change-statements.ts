import type { ChangeKind, ChangeOf, ChangeResults } from '../../domain/models/conversation-change.model.js';
import type { ChangeCounts } from './change-log.js';

/** The SQL of one kind of change. It runs in the change's transaction, behind its conversation's lock. */
export interface ChangeStatements<Kind extends ChangeKind> extends ChangeCounts {
  /** Stores everything except the conversation's numbers and the row of the log, before these. */
  write(conversationId: string, change: ChangeOf<Kind>): Promise<void>;
  /** Reads what answers and events show of the change, after it is stored. */
  readResult(conversationId: string, change: ChangeOf<Kind>, actorId: string): Promise<ChangeResults[Kind]>;
}
