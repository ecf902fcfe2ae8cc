import { expect, it } from 'vitest';
import { plainConnections } from './plain-connections.js';

it.each([
  'postgres://causerie@db.example/causerie',
  'postgres://causerie@10.1.2.3:5432/causerie?sslmode=disable',
])('names DATABASE_URL when it is %s', (DATABASE_URL) => {
  expect(plainConnections({ DATABASE_URL })).toEqual(['DATABASE_URL']);
});

it.each([
  'postgres://causerie@db.example/causerie?sslmode=require',
  'postgres://causerie@db.example/causerie?sslmode=verify-full',
  'postgres://causerie@localhost/causerie',
  'postgres://causerie@127.0.0.1/causerie',
  'postgres://causerie@[::1]/causerie',
  'postgresql:///causerie?host=/run/postgresql',
])('accepts %s', (DATABASE_URL) => {
  expect(plainConnections({ DATABASE_URL })).toEqual([]);
});

it('names REDIS_URL when it leads to another host without TLS', () => {
  const REDIS_URL = 'redis://:password@cache.example:6379/1';
  expect(plainConnections({ REDIS_URL })).toEqual(['REDIS_URL']);
  expect(plainConnections({ REDIS_URL, DATABASE_URL: 'postgres://db.example/x' })).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
  ]);
});

it.each(['rediss://cache.example', 'redis://localhost', 'redis://[::1]:6379', undefined])(
  'accepts %s',
  (REDIS_URL) => {
    expect(plainConnections({ REDIS_URL })).toEqual([]);
  },
);
