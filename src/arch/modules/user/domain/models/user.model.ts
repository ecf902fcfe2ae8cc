/** Groups of people; `contacts` are those to whom the user has written in a direct conversation. */
export const CIRCLES = ['everyone', 'contacts', 'nobody'] as const;

export type Circle = (typeof CIRCLES)[number];

export interface User {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly bio: string | null;
  readonly avatarUrl: string | null;
  /** Who may add the user to a group, or open a direct conversation with the user. */
  readonly addableBy: Circle;
  /** Who sees whether the user is online. */
  readonly presence: Circle;
  /** Whether others see how far the user has read, and the user how far others have. */
  readonly readReceipts: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
