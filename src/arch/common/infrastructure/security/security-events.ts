import type { SecurityEventName } from '../../application/ports/security-log.port.js';

interface Treatment {
  /** `warn` for a refusal or a theft. */
  readonly level: 'log' | 'warn';
  /**
   * Whether a caller can provoke it as often as it likes. The others require a valid password, or end a session or an
   * account.
   */
  readonly atWill: boolean;
}

/** How each event is written. */
export const SECURITY_EVENTS: Readonly<Record<SecurityEventName, Treatment>> = {
  'auth.login.ok': { level: 'log', atWill: false },
  'auth.login.failed': { level: 'warn', atWill: true },
  'auth.login.throttled': { level: 'warn', atWill: true },
  'auth.refresh.reused': { level: 'warn', atWill: false },
  'auth.password.changed': { level: 'log', atWill: false },
  'session.ended': { level: 'log', atWill: false },
  'ws.refused': { level: 'warn', atWill: true },
  'authz.denied': { level: 'warn', atWill: true },
  'limit.hit': { level: 'warn', atWill: true },
};
