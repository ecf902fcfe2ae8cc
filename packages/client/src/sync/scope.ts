import type { CallInput } from '../api/call.ts';
import type { ClientLimits } from '../api/options.ts';
import type { Routes } from '../contract.ts';
import type { Link } from '../link/link.ts';
import type { Clock, KeyValueStorage, LockProvider, LogEntry } from '../ports.ts';
import type { Directory } from './directory.ts';

/** What all parts of a client share. */
export interface Scope {
  readonly call: Link['call'];
  readonly emit: Link['emit'];
  readonly onEvent: Link['onEvent'];
  readonly onOnline: Link['onOnline'];
  readonly untilAllowed: Link['untilAllowed'];
  readonly clock: Clock;
  readonly storage: Required<KeyValueStorage>;
  readonly locks: LockProvider;
  readonly limits: ClientLimits;
  readonly directory: Directory;
  readonly newId: () => string;
  readonly log: (entry: LogEntry) => void;
  /** Who is signed in. */
  readonly userId: () => string | null;
  /** Resolves when it is known who is signed in: whatever has been read before that is thrown away. Never rejects. */
  readonly untilKnown: () => Promise<void>;
  /** The key of something that is kept for a user, who is signed in if nothing else is said. */
  readonly key: (name: string, userId?: string) => string;
  /** Drops everything of the conversation when the error says that this user is no member of it, and all when it has begun anew. */
  readonly noteGone: (id: string, error: unknown) => void;
  /** Reads a conversation that may not be known, and notes it. */
  readonly readRow: (id: string) => Promise<void>;
  /** A request of one conversation: when the server does not know it any more, everything of it is dropped. */
  readonly request: <R extends ConversationRoute>(
    route: R,
    id: string,
    input?: Omit<CallInput<R>, 'params'>,
    params?: Readonly<Record<string, string>>,
  ) => Promise<Routes[R]['answer']>;
}

type ConversationRoute = Extract<keyof Routes, `${string} /chat/conversations/:id${string}`>;
