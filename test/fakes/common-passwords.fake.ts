import type { CommonPasswordsPort } from '../../src/arch/modules/auth/application/ports/common-passwords.port.js';

/** Two that everybody tries first. */
export class CommonPasswordsFake implements CommonPasswordsPort {
  includes(password: string): boolean {
    return ['password', 'iloveyou'].includes(password.toLowerCase());
  }
}
