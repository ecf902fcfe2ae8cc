/** The parts of the server's answers that the check reads. */
export interface WireMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly content: string;
  readonly createdAt: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string | null;
}

export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly retryAfterMs?: number;
}

export interface WireTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly user: { readonly id: string };
}

export interface WireConversation {
  readonly id: string;
  readonly lastSeq: number;
  readonly rev: number;
}

export interface WirePage {
  readonly data: WireMessage[];
  readonly total: number;
}

export interface WireWindow {
  readonly data: WireMessage[];
  readonly hasMoreAfter: boolean;
}

export interface WireChanges {
  readonly data: WireMessage[];
  readonly rev: number;
  readonly hasMore: boolean;
}
