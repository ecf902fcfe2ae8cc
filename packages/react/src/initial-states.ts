import type { ConnectionState, ReadState, SessionState, TimelineState, Totals } from '@causerie/client';

// What a client holds before it has done anything: a server renders these, and so does the page that is hydrated.

export const NONE: readonly never[] = [];
export const SESSION: SessionState = { status: 'unknown', user: null };
export const CONNECTION: ConnectionState = { status: 'idle' };
/** Of the conversations, and of members. */
export const LIST = { items: NONE, status: 'idle', error: null, hasMore: true } as const;
export const READ: ReadState = { lastReadSeq: 0, byUser: new Map() };
export const TOTALS: Totals = { conversations: 0, messages: 0, mentions: 0, threads: 0 };
export const TIMELINE: TimelineState = {
  items: NONE,
  first: 1,
  last: 0,
  lastSeq: 0,
  atStart: false,
  atEnd: false,
  busy: null,
  error: null,
  stale: false,
};
