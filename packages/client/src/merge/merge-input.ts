import type { Message, Own } from '../contract.ts';
import type { MergeMessage } from './merge-state.ts';

/** Where a page is: beside the range, or at a new place, whose page replaces the range. */
export type Place = 'before' | 'after' | 'latest' | 'around';

/** Everything that a client is told of a conversation's messages. */
export type MergeInput<M extends MergeMessage = Message> =
  /** The room is joined: answers of `join_room` and `join_all`. */
  | { readonly kind: 'joined'; readonly rev: number; readonly lastSeq: number }
  /** There are changes up to this `rev`: from lists, and events that this version does not know. */
  | { readonly kind: 'heard'; readonly rev: number; readonly lastSeq?: number | undefined }
  /** An event that this version knows; without `message` it only counts. */
  | {
      readonly kind: 'event';
      readonly rev: number;
      readonly prevRev?: number | undefined;
      readonly message?: M | undefined;
    }
  /** The answer to a change of one's own, or to a question for one message. */
  | { readonly kind: 'answer'; readonly message: M; readonly own?: Own | undefined }
  /** A page is asked for now. A new place makes all pages in flight void. */
  | { readonly kind: 'asked'; readonly place: Place }
  /** It will not come. @see MergeState.load */
  | { readonly kind: 'failed'; readonly load: number }
  | {
      readonly kind: 'page';
      readonly place: Place;
      /** That of the state after `asked`. */
      readonly load: number;
      /** Newest first. */
      readonly data: readonly M[];
      readonly hasMoreBefore: boolean;
      readonly hasMoreAfter: boolean;
      readonly own?: Own | undefined;
      /** Absent with older servers. */
      readonly rev?: number | undefined;
    }
  | {
      readonly kind: 'changes';
      /** What was asked for. */
      readonly since: number;
      readonly data: readonly M[];
      readonly own?: Own | undefined;
      readonly rev: number;
      /** `rev` and `lastSeq` of the answer's `conversation`. */
      readonly headRev: number;
      readonly lastSeq: number;
      /** That of its `me`: what is between the range and later messages may be hidden by now. */
      readonly visibleFromSeq?: number | undefined;
    }
  /** `own` of `me_updated`. */
  | {
      readonly kind: 'own';
      readonly reactions: Readonly<Record<string, readonly string[]>>;
      readonly revs: Readonly<Record<string, number>>;
    }
  /** What is before is hidden from the user. */
  | { readonly kind: 'visible-from'; readonly seq: number }
  /** Only these are needed. Does nothing while a page is in flight. */
  | { readonly kind: 'trim'; readonly first: number; readonly last: number };
