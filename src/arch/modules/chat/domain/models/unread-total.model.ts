/** What a user has not read, over many conversations: what a badge shows. */
export interface UnreadTotal {
  /** The number of conversations with unread messages. */
  readonly conversations: number;
  readonly messages: number;
  /** Whether the user has more conversations than were counted. */
  readonly capped: boolean;
}
