// Runs before an installation by any package manager and refuses all but pnpm: the lockfile and the workspace are pnpm's.
if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  process.stderr.write(
    '\nCauserie must be installed with pnpm; use: npx -y pnpm@12 install (or: npx -y pnpm@12 start)\n\n',
  );
  process.exit(1);
}
