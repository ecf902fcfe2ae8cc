import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { laneSizes } from '../../src/arch/common/infrastructure/database/lanes.js';
import { DRAIN_LIMIT } from '../../src/arch/common/interface/drain.service.js';
import { IN_FLIGHT_LIMITS } from '../../src/arch/common/interface/http/sharing/requests-in-flight.js';
import {
  BODY_LIMIT,
  CONNECTION_LIMITS,
  limitsFor,
} from '../../src/arch/common/interface/http/security/connection-limits.js';
import { MAX_WAITING } from '../../src/arch/common/interface/ws/engine/cut-unless-taken.js';
import { SHUTDOWN_LIMIT } from '../../src/arch/stop-on-signals.js';

const KIB = 1_024;
const MIB = KIB * KIB;
const limits = CONNECTION_LIMITS;
const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;
const number = (value: number) => value.toLocaleString('en');
const WORDS: Readonly<Record<number, string>> = { 2: 'two', 6: 'six' };
const manual = readFileSync('docs/operations.md', 'utf8').replaceAll(/\s+/g, ' ');

it.each([
  `A request has ${seconds(limits.headersTimeout)} for its headers (${limits.maxHeaderSize / KIB} KiB) and ${seconds(limits.requestTimeout)} for all of it (${BODY_LIMIT / KIB} KiB;`,
  `an answer that nobody reads is cut after ${seconds(limits.idleTimeout)}`,
  `A connection begins ${limits.pipelined} requests at once`,
  `Who leaves more than ${limits.maxUnread / MIB} MiB of answers unread`,
  `is cut when nothing was read for ${seconds(limits.unreadTimeout)}`,
  `One process takes ${number(limits.maxConnections)} connections`,
  `Idle HTTP connections are kept for ${seconds(limits.keepAliveTimeout)} here`,
  `A connection without a verified token lasts ${seconds(limits.outside)}, and an address has ${limits.perAddress} of them`,
  `an address has ${number(limits.share)} TCP connections in all`,
  `${IN_FLIGHT_LIMITS.each} of one user (of one address, without a token) are worked on at a time`,
  `at most ${seconds(IN_FLIGHT_LIMITS.patience)}, then get \`429 RATE_LIMITED\``,
  `Of all reads of an address ${WORDS[limits.reads]} are worked on at a time, at ${limits.readRate / MIB} MiB of answers a second each`,
  `at most ${WORDS[laneSizes(200).messages]}, is kept for messages`,
  `Work in flight finishes (at most ${seconds(DRAIN_LIMIT)})`,
  `within ${seconds(SHUTDOWN_LIMIT)} always`,
  `A socket that leaves ${MAX_WAITING / KIB} KiB unread is cut`,
])('docs/operations.md says what the server does: %s', (statement) => {
  expect(manual).toContain(statement);
});

it('the limits that grow with THROTTLE_GLOBAL_LIMIT are those that the manual states', () => {
  const grown = limitsFor(240);
  const { perAddress, reads, readRate, share } = limits;
  expect(grown).toEqual({
    ...limits,
    perAddress: 2 * perAddress,
    reads: 2 * reads,
    readRate: 2 * readRate,
    share: 2 * share,
  });
});
