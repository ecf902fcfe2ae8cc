import type { Metadata } from './metadata.model.js';

/** What a message said before an edit. */
export interface MessageVersion {
  /** 1 is what was first sent. */
  readonly version: number;
  readonly content: string;
  readonly metadata?: Metadata;
  /** When the next version replaced it. */
  readonly validUntil: Date;
}

/** What a message said before, newest first. */
export interface VersionPage {
  readonly data: readonly MessageVersion[];
  readonly nextCursor: string | null;
}
