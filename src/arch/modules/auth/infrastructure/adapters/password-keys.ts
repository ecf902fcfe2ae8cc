import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addressNetworks } from '../../../../common/domain/address-networks.js';
import { foldEmail } from '../../../../common/domain/email-address.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';

/**
 * The keys under which an account's wrong passwords are counted. They do not reveal the account in Redis or in memory.
 */
@Injectable()
export class PasswordKeys {
  private readonly secret: Uint8Array;

  constructor({ env }: AppConfig) {
    this.secret = new Uint8Array(hkdfSync('sha256', env.JWT_ACCESS_SECRET, '', 'password attempts', 32));
  }

  keysOf(email: string, address: string | null): { readonly pair: string; readonly account: string } {
    const folded = foldEmail(email);
    const [network] = addressNetworks(address ?? '');
    return {
      pair: `password:pair:${this.hashParts(folded, network)}`,
      account: `password:account:${this.hashParts(folded)}`,
    };
  }

  private hashParts(...parts: readonly string[]): string {
    return createHmac('sha256', this.secret).update(JSON.stringify(parts)).digest('base64url');
  }
}
