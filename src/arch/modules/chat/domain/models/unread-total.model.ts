/** What a user has not read, over many conversations: what a badge shows. */
export interface UnreadTotal {
  /** The number of conversations with unread messages. */
  readonly conversations: number;
  readonly messages: number;
  /** Messages among them that mention the user; at most 100 are counted in each conversation. */
  readonly mentions: number;
  /** The number of followed threads with unread replies. */
  readonly threads: number;
  /** Whether the user has more conversations, or follows more threads, than were counted. */
  readonly capped: boolean;
}
