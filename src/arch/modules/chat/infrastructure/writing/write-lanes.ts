import type { Database } from '../../../../common/infrastructure/database/database.js';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { ThreadPlaces } from '../statements/thread-places.js';

/** Maximum threads whose parents are remembered: about 10 MiB. The least recently used ones are evicted. */
const MAX_THREADS = 65_536;

/**
 * The lane in which the writes of a conversation wait: its own, or that of the parent of a thread, so that what happens in
 * both stays in one order. The parent of a thread never changes.
 */
export class WriteLanes {
  private readonly parents = boundedCache<string, Promise<string>>(MAX_THREADS);

  private readonly places;

  constructor(database: Database) {
    this.places = new ThreadPlaces(database);
  }

  /**
   * Of a thread, callers go on in the order in which they have called, as the look-up is one for all of them.
   * @throws ConversationNotFoundError when there is no such thread; UnavailableError
   */
  of(conversationId: string): string | Promise<string> {
    if (!isThreadId(conversationId)) return conversationId;
    const known = this.parents.get(conversationId) ?? this.find(conversationId);
    this.parents.set(conversationId, known);
    return known;
  }

  private async find(threadId: string): Promise<string> {
    try {
      const place = await this.places.findPlace(threadId);
      if (!place) throw new ConversationNotFoundError();
      return place.parentId;
    } catch (error) {
      this.parents.delete(threadId);
      throw error;
    }
  }
}
