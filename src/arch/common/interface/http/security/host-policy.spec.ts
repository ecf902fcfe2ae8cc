import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { hostPolicy } from './host-policy.js';

function naming(...hosts: string[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.rawHeaders = ['Accept', 'host', ...hosts.flatMap((host) => ['hOsT', host])];
  return request;
}

describe('a development server on loopback', () => {
  const check = hostPolicy(true, [
    'https://app.example.com',
    'capacitor://localhost',
    'app://obsidian.md',
    'null',
    '*',
  ]);

  it.each([
    'localhost',
    'LOCALHOST:3000',
    'chat.localhost:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    '::1:3000',
    '192.168.1.7',
    'app.example.com',
    'app.example.com:8443',
  ])('accepts %s', (host) => {
    expect(() => check(naming(host))).not.toThrow();
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:3000',
    'evillocalhost',
    'obsidian.md',
    '*',
    'null',
    'a b',
  ])('refuses %s, which an outsider may point here, each time', (host) => {
    for (let time = 0; time < 2; time += 1) {
      expect(() => check(naming(host))).toThrow(ValidationFailedError);
    }
  });

  it('leaves a request without a host to HTTP', () => {
    expect(() => check(naming())).not.toThrow();
  });
});

describe('any other server', () => {
  const check = hostPolicy(false, []);

  it('takes every name', () => {
    expect(() => check(naming('evil.example'))).not.toThrow();
  });

  it('refuses two, also when they are the same', () => {
    expect(() => check(naming('chat.example', 'chat.example'))).toThrow(ValidationFailedError);
  });
});
