import { describe, expect, it } from 'vitest';
import { integerParameter, limitParameter } from './parameter.schema.js';

describe('integerParameter', () => {
  it.each([
    ['1', 1],
    ['007', 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (value, number) => {
    expect(integerParameter(1).parse(value)).toBe(number);
  });

  it.each([
    '',
    '0',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x10',
    ' 1',
    '1\n',
    '١',
    'NaN',
    'Infinity',
    '9007199254740992',
    '99999999999999999999',
    undefined,
    null,
    1,
    ['1'],
    { a: '1' },
  ])('refuses %j', (value) => {
    const { error } = integerParameter(1).safeParse(value);
    expect(error?.issues.map(({ message }) => message)).toContain(
      'must be a whole number from 1 to 9007199254740991',
    );
  });
});

describe('limitParameter', () => {
  it('is 20 when nothing is given', () => {
    expect(limitParameter.parse(undefined)).toBe(20);
  });
  it.each([1, 20, 100])('may be %i', (limit) => {
    expect(limitParameter.parse(String(limit))).toBe(limit);
  });
  it.each(['0', '101', '', 'all'])('may not be %j', (limit) => {
    expect(limitParameter.safeParse(limit).success).toBe(false);
  });
});
