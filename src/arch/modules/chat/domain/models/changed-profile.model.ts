/** What others are shown of a user whose profile has changed. */
export interface ChangedProfile {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  /** Higher after each change of the profile, whatever has changed. */
  readonly version: number;
}
