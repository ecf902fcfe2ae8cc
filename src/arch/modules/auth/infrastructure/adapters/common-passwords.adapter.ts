import { Injectable } from '@nestjs/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswordsPort } from '../../application/ports/common-passwords.port.js';

/** The 49,000 passwords of zxcvbn's list, which is made from leaked ones, most common first. */
@Injectable()
export class CommonPasswordsAdapter implements CommonPasswordsPort {
  private readonly list = new Set<unknown>(dictionary['passwords-common']);

  includesPassword(password: string): boolean {
    return this.list.has(password.toLowerCase());
  }
}
