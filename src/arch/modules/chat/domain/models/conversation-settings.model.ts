import type { Metadata } from './metadata.model.js';

/** Maximum code points of a title. */
export const TITLE_MAX = 255;

/** Who may do something besides the owner and the admins. */
type Circle = 'all' | 'admins';

/** Maximum seconds between two messages of one member: six hours. */
export const SLOW_MODE_MAX = 21_600;

/** What the owner and the admins may change. */
export interface ConversationSettings {
  readonly title: string | null;
  /** Defined by the application; null when there is none. */
  readonly metadata: Metadata | null;
  /** Who may send messages. */
  readonly posting: Circle;
  /** Who may add members. */
  readonly adding: Circle;
  /** Seconds between two messages of one member, from 0, which is no slow mode. */
  readonly slowModeSeconds: number;
}

/** Of a group that nobody has changed. */
export const DEFAULT_SETTINGS = {
  title: null,
  metadata: null,
  posting: 'all',
  adding: 'admins',
  slowModeSeconds: 0,
} as const;
