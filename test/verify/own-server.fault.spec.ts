import { beforeAll, expect, it } from 'vitest';
import { OwnServer } from '../../verify/own-server.ts';
import { programFile } from '../faults/server-process.js';

beforeAll(() => programFile('main'));

it.each([
  ['of itself', { DATABASE_POOL_SIZE: 'many' }, [], /: 1\n.*DATABASE_POOL_SIZE/s],
  ['by a signal', {}, ['--import=data:text/javascript,process.kill(process.pid,"SIGKILL")'], /: SIGKILL/],
])('a start is over as soon as the process ends %s', async (_how, variables, nodeOptions, reason) => {
  await expect(OwnServer.start(variables, nodeOptions)).rejects.toThrow(reason);
});
