/** What a login is answered with. */
export interface Tokens {
  readonly accessToken: string;
  /** Opaque, 256 bits. */
  readonly refreshToken: string;
  /** Seconds until the access token is over. */
  readonly expiresIn: number;
}
