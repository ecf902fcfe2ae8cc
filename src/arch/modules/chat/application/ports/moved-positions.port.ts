import type { MovedPositions } from '../../domain/models/moved-positions.model.js';

/** Reads which read positions have moved. */
export abstract class MovedPositionsPort {
  /**
   * The last 500 members at most who have marked messages as read since the conversation had reached `since`, or at most
   * 200 changes before; as the list of members shows them: only oneself where positions are not shown. Nobody for a user
   * who is not a member. Of a thread nobody, and that there may be more: its positions are not kept by `rev`.
   * @param since a `rev`, from 0
   */
  abstract findMoved(conversationId: string, userId: string, since: number): Promise<MovedPositions>;
}
