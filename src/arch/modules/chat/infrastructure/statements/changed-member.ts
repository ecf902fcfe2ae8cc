import { and, eq } from 'drizzle-orm';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { memberPositions, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { ChangedMember } from '../../domain/models/conversation-change.model.js';
import { memberColumns, shownReadSeq } from './chat.columns.js';

/** Reads the member that a change is about, as everybody is shown it. */
export async function readChangedMember(
  database: Database,
  conversationId: string,
  userId: string,
  actorId: string,
): Promise<ChangedMember> {
  const [found] = await database.query((db) =>
    db
      .select({
        member: memberColumns(null),
        areOn: userProfiles.readReceipts,
        position: memberPositions.lastReadSeq,
        positionForActor: shownReadSeq(actorId),
      })
      .from(memberPositions)
      .innerJoin(userProfiles, eq(userProfiles.id, memberPositions.userId))
      .where(and(eq(memberPositions.conversationId, conversationId), eq(memberPositions.userId, userId))),
  );
  if (!found) throw new Error('The member is not there.');
  const { member, areOn, position, positionForActor } = found;
  return {
    member,
    ...(!areOn && { hiddenReadSeq: position }),
    seenByActor: { ...member, lastReadSeq: positionForActor },
  };
}
