import type { ChangeKind, ChangeOf, ChangeResults } from '../../domain/models/conversation-change.model.js';
import type { ChangeCounts } from './change-log.js';

/** The SQL of one kind of change. All of it runs in the change's transaction, behind its conversation's lock. */
export interface ChangeStatements<Kind extends ChangeKind> extends ChangeCounts {
  /** What is stored besides the conversation's numbers and the row of the log, and before them. */
  write(conversationId: string, change: ChangeOf<Kind>): Promise<void>;
  /** What answers and events show of it, afterwards. */
  readResult(conversationId: string, change: ChangeOf<Kind>): Promise<ChangeResults[Kind]>;
}
