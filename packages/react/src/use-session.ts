import type { ConnectionState, Pending, SessionState, Totals } from '@causerie/client';
import { useClient } from './client-context.ts';
import { CONNECTION, NONE, SESSION, TOTALS } from './initial-states.ts';
import { useObservable } from './use-observable.ts';

/** Who is signed in: `unknown` on a server, and until the storage has been read. */
export const useSession = (): SessionState => useObservable(useClient().session.state, SESSION);

const idOf = ({ user }: SessionState): string | undefined => user?.id;
/** Changes when another user is signed in. */
export const useUserId = (): string | undefined => useObservable(useClient().session.state, SESSION, idOf);

/** What the socket is doing. */
export const useConnection = (): ConnectionState => useObservable(useClient().connection, CONNECTION);

/** The unsent messages of all conversations. */
export const useOutbox = (): readonly Pending[] => useObservable(useClient().outbox, NONE);

/** What is unread, for a badge. */
export const useTotals = (): Totals => useObservable(useClient().totals, TOTALS);
