import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { addressNetworks } from '../../domain/address-networks.js';
import { foldEmail } from '../../domain/email-address.js';
import type { Caller, SecurityEvent, SecurityLogPort } from '../../application/ports/security-log.port.js';
import { AppConfig } from '../config/app-config.js';
import { addressBlock } from './address-block.js';
import { LineBudget } from './line-budget.js';
import { SECURITY_EVENTS } from './security-events.js';

/** Maximum characters of the user agent. */
const USER_AGENT_MAX = 255;
/** Bytes of a hash, enough to exclude collisions by chance. */
const HASH_BYTES = 16;

type Line = SecurityEvent & { readonly caller: Caller };

const NOBODY: Caller = { address: null, userAgent: null, requestId: null, action: null };

/** Writes security events into the common log; the field `event` identifies them. */
@Injectable()
export class SecurityLogAdapter implements SecurityLogPort, OnApplicationShutdown {
  private readonly logger = new Logger('Security');
  private readonly callers = new AsyncLocalStorage<Caller>();
  private readonly budget = new LineBudget<Line>((last, omitted) => this.writeLine(last, omitted));
  private readonly key: Uint8Array;

  constructor(private readonly config: AppConfig) {
    this.key = new Uint8Array(hkdfSync('sha256', config.env.JWT_ACCESS_SECRET, '', 'security log', 32));
  }

  runAsCaller(caller: Caller, work: () => void): void {
    this.callers.run(caller, work);
  }

  recordEvent(event: SecurityEvent, caller = this.callers.getStore() ?? NOBODY): void {
    const line = { ...event, caller };
    const { atWill } = SECURITY_EVENTS[event.event];
    if (!atWill || this.budget.takeLine(event.event, whose(event, caller), line)) this.writeLine(line);
  }

  onApplicationShutdown(): void {
    this.budget.flushCounts();
  }

  private writeLine({ caller, event, ...facts }: Line, omitted?: number): void {
    const { userId, email, ...rest } = facts as { userId?: string; email?: string };
    this.logger[SECURITY_EVENTS[event].level]({
      event,
      ...(userId !== undefined && { account: this.hashIdentifier('account', userId) }),
      ...(email !== undefined && { login: this.hashIdentifier('login', foldEmail(email)) }),
      ...rest,
      address: this.loggedAddress(caller.address),
      userAgent: caller.userAgent?.slice(0, USER_AGENT_MAX) ?? null,
      requestId: caller.requestId,
      action: caller.action,
      ...(omitted !== undefined && { omitted }),
      msg: event,
    });
  }

  /** Readers of the log can distinguish accounts and follow one, but not identify its user. */
  private hashIdentifier(kind: 'account' | 'login', value: string): string {
    const hash = createHmac('sha256', this.key).update(`${kind}\n${value}`).digest();
    return hash.subarray(0, HASH_BYTES).toString('base64url');
  }

  private loggedAddress(address: string | null): string | null {
    if (address === null || this.config.env.SECURITY_LOG_ADDRESSES === 'full') return address;
    return addressBlock(address);
  }
}

/**
 * The key of a line's budget: the user if there is one, otherwise the network, so that other addresses of the same /64
 * give no further lines.
 */
function whose(event: SecurityEvent, { address }: Caller): string {
  return ('userId' in event && event.userId) || addressNetworks(address ?? '')[0];
}
