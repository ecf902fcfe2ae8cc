import { describe, expect, it } from 'vitest';
import type { CommonPasswordsPort } from '../../src/arch/modules/auth/application/ports/common-passwords.port.js';

export function describeCommonPasswordsContract(name: string, common: CommonPasswordsPort): void {
  describe(`CommonPasswordsPort on ${name}`, () => {
    it.each(['password', 'PASSWORD', 'PassWord', '12345678', 'qwertyuiop', 'iloveyou', 'Password123'])(
      'knows what everybody tries first: %s',
      (password) => {
        expect(common.includesPassword(password)).toBe(true);
      },
    );

    it.each(['Password123!', 'correct horse battery', ' password', 'passwort-passwort', '', 'constructor'])(
      'does not take for common: %j',
      (password) => {
        expect(common.includesPassword(password)).toBe(false);
      },
    );
  });
}
