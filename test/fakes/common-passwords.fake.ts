import type { CommonPasswordsPort } from '../../src/arch/modules/auth/application/ports/common-passwords.port.js';

const COMMON = new Set(['password', 'password123', '12345678', 'qwertyuiop', 'iloveyou']);

/** A few very common passwords. */
export class CommonPasswordsFake implements CommonPasswordsPort {
  includesPassword(password: string): boolean {
    return COMMON.has(password.toLowerCase());
  }
}
