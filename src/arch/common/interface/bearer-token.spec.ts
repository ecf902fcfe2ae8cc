import { expect, it } from 'vitest';
import { TokenInvalidError } from '../domain/errors/token-invalid.error.js';
import { TokenMissingError } from '../domain/errors/token-missing.error.js';
import { bearerToken, plainToken } from './bearer-token.js';

it.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['BEARER   a.b-c_d~e+f/g==', 'a.b-c_d~e+f/g=='],
])('reads %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

it.each([undefined, ''])('misses a token in %j', (header) => {
  expect(() => bearerToken(header)).toThrow(TokenMissingError);
});

it.each([
  'Bearer',
  'Bearer ',
  'abc',
  'Basic abc',
  'XBearer abc',
  'Bearerabc',
  'Bearer a b',
  'Bearer a,b',
  'Bearer a=b',
  'Bearer =',
  'Bearer abc\n',
  'Bearer é',
  ' Bearer abc',
])('finds no valid token in %j', (header) => {
  expect(() => bearerToken(header)).toThrow(TokenInvalidError);
  expect(() => bearerToken(header)).toThrow('must be `Authorization: Bearer <access token>`');
});

it('takes a token that stands alone as it is', () => {
  expect(plainToken('a.b.c')).toBe('a.b.c');
});

it.each([
  ['Bearer a.b.c', 'without `Bearer`'],
  ['bearer a.b.c', 'without `Bearer`'],
  [5, 'must be a string'],
  [{}, 'must be a string'],
])('reports the fault of %j where a token stands alone', (token, words) => {
  expect(() => plainToken(token)).toThrow(TokenInvalidError);
  expect(() => plainToken(token)).toThrow(words);
});
