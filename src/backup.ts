import './require-node.js';
import { readCommandLine } from './arch/command-line.js';
import { loadConfig } from './arch/common/infrastructure/config/load-config.js';
import { parseFile } from './arch/parse-file.js';
import { runOrExplain } from './arch/run-or-explain.js';

const USAGE = `pnpm backup [FILE]
  Writes a consistent copy of the database (that of DATABASE_URL, else the embedded one in DATA_DIR) and of the avatars in
  UPLOAD_DIR to FILE, also while the server runs. Without FILE it is causerie-<time>.backup in the checkout. Nothing is
  overwritten, and only you can read it: it holds password hashes and messages. Settings (.env) and the signing secret
  are not in it. \`pnpm restore FILE\` reads it.
  --help, --version
`;

const file = readCommandLine(USAGE, parseFile);
await runOrExplain(async () => {
  const config = loadConfig();
  const { backUp } = await import('./arch/back-up.js');
  await backUp(config, file);
});
