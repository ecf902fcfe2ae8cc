/** Reads threads; `MessageChangePort` begins them. */
export abstract class ThreadRepositoryPort {
  /** An id for a thread that may begin. */
  abstract newThreadId(): string;

  /** The id of the thread that has begun at a message; null when none has. Not for a message that a caller may not see. */
  abstract findThread(conversationId: string, rootSeq: number): Promise<string | null>;
}
