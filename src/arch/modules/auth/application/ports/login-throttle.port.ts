/** Counts failed logins for each pair of account (whether it exists or not) and address. */
export abstract class LoginThrottlePort {
  /** @throws RateLimitedError when the pair has failed too often lately. */
  abstract check(email: string, address: string): Promise<void>;
  abstract failed(email: string, address: string): Promise<void>;
  abstract succeeded(email: string, address: string): Promise<void>;
}
