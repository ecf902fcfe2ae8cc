import { expect, it } from 'vitest';
import { addressNetworks } from '../domain/address-networks.js';
import { ThrottlerLimits } from './throttler-limits.js';

const limits = new ThrottlerLimits({
  global: 120,
  auth: 5,
  refresh: 60,
  upload: 10,
  members: 60,
  invite: 20,
  reactions: 60,
  files: 2_000,
});
const textsOf = (counts: ReturnType<ThrottlerLimits['ceilingCounts']>) =>
  counts.map(({ key, limit }) => `${key} ${limit}`);

it('counts an authenticated request first for its user, then for the address, of IPv6 for a /64 and a /48', () => {
  expect(textsOf(limits.userCounts('global', 'ada', addressNetworks('203.0.113.7')))).toEqual([
    'global:user:ada 120',
    'global:ceiling:203.0.113.7 1200',
  ]);
  expect(textsOf(limits.userCounts('upload', 'ada', addressNetworks('2001:db8:1:2::3')))).toEqual([
    'upload:user:ada 10',
    'upload:ceiling:2001:db8:1:2::/64 100',
    'upload:ceiling:2001:db8:1::/48 1000',
  ]);
});

it('counts an unauthenticated request by address, apart from authenticated ones', () => {
  expect(textsOf(limits.addressCounts('auth', addressNetworks('203.0.113.7')))).toEqual([
    'auth:address:203.0.113.7 5',
  ]);
  expect(textsOf(limits.addressCounts('auth', addressNetworks('2001:db8:1:2::3')))).toEqual([
    'auth:address:2001:db8:1:2::/64 5',
    'auth:address:2001:db8:1::/48 50',
  ]);
  expect(textsOf(limits.addressCounts('auth', addressNetworks('')))).toEqual(['auth:address:unknown 5']);
});
