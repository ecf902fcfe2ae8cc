import './require-node.js';
import { readCommandLine } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { parseReplacingFile } from './arch/parse-file.js';
import { runOrExplain } from './arch/run-or-explain.js';

const USAGE = `pnpm restore [--replace] FILE
  Puts what \`pnpm backup\` has written into DATA_DIR, or into the empty database of DATABASE_URL, and the avatars into
  UPLOAD_DIR. The server must be stopped. Clients start over, as the restored database begins another epoch.
  --replace  when there is a database in DATA_DIR: it is kept as DATA_DIR/postgres.before-<time>
  --help, --version
`;

const { file, replace } = readCommandLine(USAGE, parseReplacingFile);
await runOrExplain(async () => {
  const config = loadConfig();
  const { restore } = await import('./arch/restore.js');
  await restore(config, file, replace);
});
