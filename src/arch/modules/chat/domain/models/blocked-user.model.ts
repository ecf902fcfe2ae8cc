export interface BlockedUser {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly blockedAt: Date;
}
