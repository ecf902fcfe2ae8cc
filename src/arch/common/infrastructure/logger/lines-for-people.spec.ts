import { expect, it } from 'vitest';
import { linesForPeople } from './lines-for-people.js';

const ID = '0193a1b2-0000-7000-8000-000000000001';
const request = (msg: string) =>
  JSON.stringify({
    level: 30,
    time: new Date(2026, 0, 1, 9, 5, 7).getTime(),
    context: 'Http',
    msg,
    milliseconds: 12,
  });
const shown = linesForPeople(false);
const coloured = linesForPeople(true);

it('a request is one line: when, method, path without ids, status, milliseconds', () => {
  expect(shown(request(`POST /chat/conversations/${ID}/messages 201`))).toBe(
    '09:05:07 POST   /chat/conversations/:id/messages 201 12 ms\n',
  );
});

it.each([
  ['200', 32],
  ['304', 36],
  ['404', 33],
  ['503', 31],
])('a status %s has its colour', (status, colour) => {
  expect(coloured(request(`GET /posts ${status}`))).toContain(`\u001b[${colour}m${status}\u001b[39m`);
});

it('without colours no control character reaches the terminal', () => {
  expect(shown(request('GET /a\u009b31mb 404'))).toContain(' /a?31mb 404');
  expect(shown(request('GET /posts 200'))).not.toContain('\u001b');
  expect(shown(JSON.stringify({ level: 40, time: 0, msg: 'Careful.' }))).toMatch(/WARN: Careful\.\n$/);
});

it('a path is shortened', () => {
  expect(shown(request(`GET /${'x'.repeat(5_000)} 404`)).length).toBeLessThan(160);
});

it('a plain message is shown unchanged', () => {
  expect(shown(JSON.stringify({ level: 30, time: 0, msg: 'one\n  two', plain: true }))).toBe('one\n  two\n');
});
