import type { Presence, PublicProfilePage, Sender } from '../contract.ts';
import type { Observable } from './observable.ts';

/** Other people. */
export interface Users {
  /** Batched, cached, the last seen wins (also `user_updated`). */
  profile(id: string): Observable<Sender | null>;
  /** Watched (`subscribe_presence`) while subscribed to. */
  presence(id: string): Observable<Presence | null>;
  /** Users whose name begins like this. */
  search(text: string, cursor?: string): Promise<PublicProfilePage>;
  /** Blocks a user. */
  block(userId: string): Promise<void>;
  /** Unblocks a user. */
  unblock(userId: string): Promise<void>;
}
