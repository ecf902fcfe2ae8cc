import { expect, it } from 'vitest';
import { hashRefreshToken, newRefreshToken, sealSuccessor, unsealSuccessor } from './refresh-token.js';

const [token, successor] = [newRefreshToken(), newRefreshToken()];

it('has 256 bits, other ones each time', () => {
  const tokens = Array.from({ length: 100 }, newRefreshToken);
  expect(new Set(tokens).size).toBe(100);
  for (const each of tokens) expect(Buffer.from(each, 'base64url')).toHaveLength(32);
});

it('is known by its hash', () => {
  expect(hashRefreshToken(token)).toEqual(hashRefreshToken(token));
  expect(hashRefreshToken(token)).toHaveLength(32);
  expect(hashRefreshToken(token)).not.toEqual(hashRefreshToken(successor));
});

it('is decrypted with its predecessor', () => {
  expect(unsealSuccessor(sealSuccessor(successor, token), token)).toBe(successor);
});

it('is not decrypted with any other token, nor after a change of the ciphertext', () => {
  const box = sealSuccessor(successor, token);
  expect(() => unsealSuccessor(box, newRefreshToken())).toThrow(Error);
  for (const index of [0, 12, box.length - 1]) {
    const changed = Buffer.from(box);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => unsealSuccessor(changed, token)).toThrow(Error);
  }
});

it('does not show in the box, and is never sealed twice the same', () => {
  const [one, two] = [sealSuccessor(successor, token), sealSuccessor(successor, token)];
  expect(one).not.toEqual(two);
  for (const secret of [successor, token]) {
    expect(one.includes(secret)).toBe(false);
    expect(one.includes(Buffer.from(secret, 'base64url'))).toBe(false);
  }
});
