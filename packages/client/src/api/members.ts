import type { Member } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import type { LoadState } from './load-state.ts';
import type { Observable } from './observable.ts';

/** The part of a list of members that has been read. */
export interface MembersState {
  /** What has been read, in the order of joining. */
  readonly items: readonly Member[];
  /** Whether it has been read. */
  readonly status: LoadState;
  /** Why reading has failed the last time. */
  readonly error: CauserieError | null;
  /** Whether there are further pages. */
  readonly hasMore: boolean;
}

/** The members of a conversation. */
export interface MemberList extends Observable<MembersState> {
  /** Loads the first page when there is none yet. */
  load(): Promise<void>;
  /** Loads the next page; does nothing at the end. */
  loadMore(): Promise<void>;
}
