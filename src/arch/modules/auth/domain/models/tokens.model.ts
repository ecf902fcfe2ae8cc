/** The tokens in the answer to a login. */
export interface Tokens {
  readonly accessToken: string;
  /** Opaque, 256 bits. */
  readonly refreshToken: string;
  /** Seconds until the access token expires. */
  readonly expiresIn: number;
}
