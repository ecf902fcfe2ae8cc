import type { Member } from '../contract.ts';
import type { CauserieError } from '../errors/causerie-error.ts';
import type { LoadState } from './load-state.ts';
import type { Observable } from './observable.ts';

/** The part of a list of members that has been read. */
export interface MembersState {
  readonly items: readonly Member[];
  readonly status: LoadState;
  readonly error: CauserieError | null;
  readonly hasMore: boolean;
}

/** The members of a conversation. */
export interface MemberList extends Observable<MembersState> {
  /** Loads the first page when there is none yet. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
}
