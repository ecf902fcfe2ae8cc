import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../support/api-test.js';

const MAIN = fileURLToPath(new URL('../../verify/main.ts', import.meta.url));
/** Every fifth message of a conversation is acknowledged, emitted to the room, and not stored. */
const FAULT = `
create function forget() returns trigger language plpgsql as $$
begin delete from messages where id = new.id; return null; end $$;
create trigger forget after insert on messages for each row when (new.seq % 5 = 0) execute function forget()`;

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  /** What the command prints, and how it ends. */
  function run(): Promise<{ status: number | string | null | undefined; output: string }> {
    const args = [MAIN, '--url', server.url, '--messages', '60', '--clients', '3', '--conversations', '2'];
    return new Promise((resolve) => {
      execFile(process.execPath, args, (error, output) =>
        resolve({ status: error ? error.code : 0, output }),
      );
    });
  }

  return { run };
});

it('prints the counts, duplicates included, and ends with 0 when nothing is wrong', async ({ steps }) => {
  const { status, output } = await steps.run();
  expect(output).toMatch(/ [\d,]+ messages sent, [\d,]+ attempts, [\d,]+ acknowledged\n/);
  expect(output).toMatch(/ [\d,]+ answered as duplicates, [\d,]+ answers lost/);
  expect(output).toMatch(/no violations\n$/);
  expect(status).toBe(0);
});

it('ends with 1, and prints what is lost, when the server loses messages', async ({ steps, server }) => {
  await server.database.query(FAULT);
  const { status, output } = await steps.run();
  expect(output).toMatch(/^lost: \d+$/m);
  expect(status).toBe(1);
});
