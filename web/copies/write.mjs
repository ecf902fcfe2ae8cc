// Copies what the web client uses of large packages into web/, so that `pnpm start` need not install them. With --check nothing
// is written, and a copy that differs ends the program with status 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyEmoji } from './emoji.mjs';
import { copyIcons } from './icons.mjs';

const root = dirname(import.meta.dirname);
const isCheck = process.argv.includes('--check');

for (const [name, text] of [...copyEmoji(), ...(await copyIcons())]) {
  const file = join(root, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) {
    process.stderr.write(`web/${name} differs: run node web/copies/write.mjs\n`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
