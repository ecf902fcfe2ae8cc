import { expect, it } from 'vitest';
import { WatchedLog } from './watched-log.js';

const CANARY = 'a canary "with" quotes';

it.each([
  [undefined, { content: CANARY }],
  [undefined, { password: CANARY }],
  [CANARY, undefined],
])('finds a token or a secret field in the log (%s, %s)', (token, body) => {
  const log = new WatchedLog();
  log.watch(token, body);
  log.write(`${JSON.stringify({ msg: 'nothing to see' })}\n`);
  expect(() => log.refuseLeaks()).not.toThrow();
  log.write(`${JSON.stringify({ msg: `so they said: ${CANARY}` })}\n`);
  expect(() => log.refuseLeaks()).toThrow(CANARY);
});
