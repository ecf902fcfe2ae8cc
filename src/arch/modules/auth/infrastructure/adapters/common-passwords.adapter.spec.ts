import { describe, expect, it } from 'vitest';
import { CommonPasswordsAdapter } from './common-passwords.adapter.js';

const common = new CommonPasswordsAdapter();

describe('knows what everybody tries first', () => {
  it.each(['password', 'PASSWORD', 'PassWord', '12345678', 'qwertyuiop', 'iloveyou', 'Password123'])(
    '%s',
    (password) => {
      expect(common.includes(password)).toBe(true);
    },
  );
});

describe('does not take for common', () => {
  it.each(['Password123!', 'correct horse battery', ' password', 'passwort-passwort', '', 'constructor'])(
    '%j',
    (password) => {
      expect(common.includes(password)).toBe(false);
    },
  );
});
