import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { SECURITY_EVENTS } from '../../src/arch/common/infrastructure/security/security-events.js';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/security.md'), 'utf8');

it('docs/security.md lists every event of the security log with its level, each once, and no other', () => {
  const listed = [...text.matchAll(/^\| `([a-z.]+)` .*\| (\w+) +\|$/gm)].map(
    ([, event, level]) => `${event} ${level}`,
  );
  const inCode = Object.entries(SECURITY_EVENTS).map(
    ([event, { level }]) => `${event} ${level === 'log' ? 'info' : level}`,
  );
  expect(listed.toSorted()).toEqual(inCode.toSorted());
});

it('docs/security.md names the events whose lines are bounded', () => {
  const sentence = /^\*\*Nobody floods it\.\*\* Of ([^]*?) each\s+account/m.exec(text)?.[1] ?? '';
  const bounded = Object.entries(SECURITY_EVENTS).filter(([, { atWill }]) => atWill);
  expect([...sentence.matchAll(/`([a-z.]+)`/g)].map(([, event]) => event)).toEqual(
    bounded.map(([event]) => event),
  );
});
