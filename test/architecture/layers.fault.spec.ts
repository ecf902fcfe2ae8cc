import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Imports that each break one rule of ARCHITECTURE.md: importing file, imported path or package, rule. */
const PLANTED = [
  ['modules/chat/domain/a.ts', '@nestjs/common', 'module-domain'],
  ['modules/chat/domain/b.ts', 'node:crypto', 'module-domain'],
  ['modules/chat/domain/c.ts', 'modules/chat/application/ports/x.ts', 'module-domain'],
  ['modules/chat/domain/d.ts', 'modules/user/domain/models/x.ts', 'module-domain'],
  ['modules/chat/application/a.ts', 'drizzle-orm', 'module-application'],
  ['modules/chat/application/b.ts', 'modules/chat/infrastructure/adapters/x.ts', 'module-application'],
  ['modules/chat/application/c.ts', 'modules/chat/interface/http/x.ts', 'module-application'],
  ['modules/chat/application/d.ts', 'modules/user/application/commands/x.ts', 'module-application'],
  ['modules/chat/application/e.ts', 'modules/user/domain/services/x.ts', 'module-application'],
  ['modules/chat/application/g.ts', 'modules/user/domain/errors/x.ts', 'module-application'],
  ['modules/user/application/a.ts', 'modules/auth/application/ports/x.ts', 'module-order'],
  ['modules/user/user.module.ts', 'modules/chat/chat.module.ts', 'module-order'],
  ['modules/posts/application/a.ts', 'modules/user/application/ports/x.ts', 'module-order'],
  ['modules/auth/auth.module.ts', 'modules/account/account.module.ts', 'module-order'],
  ['modules/auth/application/a.ts', 'modules/chat/domain/models/x.ts', 'module-order'],
  ['modules/chat/application/h.ts', 'modules/auth/application/ports/x.ts', 'module-order'],
  ['app.module.ts', 'modules/unlisted/unlisted.module.ts', 'module-listed'],
  ['modules/chat/application/f.ts', 'common/infrastructure/x.ts', 'module-application'],
  ['modules/chat/infrastructure/a.ts', 'modules/chat/interface/http/x.ts', 'module-infrastructure'],
  ['modules/chat/infrastructure/b.ts', 'modules/chat/application/commands/x.ts', 'module-infrastructure'],
  ['modules/chat/infrastructure/c.ts', 'modules/user/application/ports/x.ts', 'module-infrastructure'],
  ['modules/chat/infrastructure/d.ts', 'common/interface/x.ts', 'module-infrastructure'],
  ['modules/chat/infrastructure/f.ts', 'modules/chat/domain/services/x.policy.ts', 'policies-for-use-cases'],
  [
    'modules/chat/infrastructure/g.ts',
    'common/infrastructure/database/users.table.ts',
    'accounts-through-the-view',
  ],
  [
    'modules/posts/infrastructure/adapters/a.ts',
    'common/infrastructure/database/users.table.ts',
    'accounts-through-the-view',
  ],
  [
    'common/infrastructure/idempotency/a.ts',
    'common/infrastructure/database/users.table.ts',
    'accounts-through-the-view',
  ],
  ['modules/chat/interface/a.ts', 'modules/chat/infrastructure/adapters/x.ts', 'module-interface'],
  ['modules/chat/interface/b.ts', 'modules/chat/application/ports/x.ts', 'module-interface'],
  ['modules/chat/interface/c.ts', 'common/infrastructure/x.ts', 'module-interface'],
  ['modules/chat/interface/d.ts', 'modules/user/interface/http/x.ts', 'module-interface'],
  [
    'modules/chat/interface/ws/e.gateway.ts',
    'modules/chat/domain/models/x.ts',
    'gateway-and-controllers-without-domain',
  ],
  [
    'modules/chat/interface/ws/f.gateway.ts',
    'modules/chat/domain/events/x.ts',
    'gateway-and-controllers-without-domain',
  ],
  ['modules/chat/interface/dto/g.ts', 'modules/chat/domain/services/x.ts', 'module-interface'],
  ['modules/chat/chat.module.ts', 'modules/user/application/ports/x.ts', 'module-file'],
  ['common/domain/a.ts', 'common/application/x.ts', 'common-domain'],
  ['common/application/a.ts', 'common/infrastructure/x.ts', 'common-application'],
  ['common/infrastructure/a.ts', 'common/interface/x.ts', 'common-infrastructure'],
  ['common/interface/a.ts', 'common/infrastructure/x.ts', 'common-interface'],
  ['common/interface/b.ts', 'modules/chat/domain/models/x.ts', 'common-interface'],
  ['common/common.module.ts', 'modules/chat/domain/models/x.ts', 'common-file'],
  ['modules/chat/infrastructure/e.ts', 'app.module.ts', 'no-way-back-up'],
  ['modules/chat/domain/e.ts', 'modules/chat/domain/x.spec.ts', 'no-tests-in-production'],
  ['development-package.ts', 'p-limit', 'only-production-packages'],
  ['hoisted-tool.ts', 'oxlint', 'only-production-packages'],
  ['../../packages/embedded-postgres/src/a.ts', 'common/domain/x.ts', 'package-alone'],
  ['../../packages/client/src/api/a.ts', 'common/domain/x.ts', 'package-alone'],
  ['../../packages/react/src/a.ts', '../../packages/client/src/api/x.ts', 'package-alone'],
  ['../../packages/client/src/link/a.ts', 'node:events', 'packages-for-browsers'],
  [
    '../../packages/client/src/sync/b.ts',
    '../../packages/client/src/testing/x.ts',
    'no-test-server-in-production',
  ],
  ['common/infrastructure/b.ts', '../../packages/embedded-postgres/src/run.ts', 'package-by-its-name'],
  ['modules/chat/domain/f.ts', './nowhere.js', 'resolvable'],
  ['modules/chat/domain/cycle-1.ts', 'modules/chat/domain/cycle-2.ts', 'no-cycles'],
] as const;

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('the layer rules', () => {
  let folder: string;
  let violations: readonly Violation[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causerie-layers-'));
    for (const [from, to] of PLANTED) {
      if (to.endsWith('.ts')) await write(to, 'export {};\n', { keep: true });
      const target = to.endsWith('.ts') ? relativeImport(from, to) : to;
      await write(from, `import '${target}';\n`);
    }
    await write('modules/chat/domain/cycle-2.ts', `import './cycle-1.js';\n`);
    for (const name of ['node_modules', 'package.json', 'tsconfig.json'])
      await symlink(join(root, name), join(folder, name));
    violations = await cruise();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(PLANTED)('report that %s imports %s as %s', (from, _to, rule) => {
    const reported = violations.filter((violation) => violation.from === under(from));
    expect(reported.map((violation) => violation.rule.name)).toContain(rule);
  });

  async function write(file: string, text: string, { keep = false } = {}): Promise<void> {
    const path = join(folder, under(file));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: keep ? 'a' : 'w' });
  }

  async function cruise(): Promise<readonly Violation[]> {
    const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const config = join(root, '.dependency-cruiser.mjs');
    const { stdout } = await run(
      process.execPath,
      [bin, '--config', config, '--output-type', 'json', 'src', 'packages'],
      {
        cwd: folder,
        maxBuffer: 32 << 20,
      },
    ).catch((error: { stdout: string }) => error);
    return JSON.parse(stdout).summary.violations;
  }
});

/** The path of a file that is given relative to src/arch. */
function under(file: string): string {
  return posix.join('src/arch', file);
}

function relativeImport(from: string, to: string): string {
  return `./${posix.relative(posix.dirname(under(from)), under(to)).replace(/\.ts$/, '.js')}`;
}
