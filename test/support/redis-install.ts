import { type DebianProgram, install, type Installation } from './debian-program.js';

const REDIS: DebianProgram = {
  name: 'redis-server',
  file: 'usr/bin/redis-server',
  versionOption: '--version',
  // The server is in `redis-tools`.
  packages: ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'],
  // Libraries of Ubuntu's build, which are part of Debian's.
  optionalPackages: ['liblua5.1-0', 'lua-bitop', 'lua-cjson', 'libhiredis0.14', 'libhiredis1.1.0'],
};

export async function installRedis(): Promise<Installation> {
  try {
    return await install(REDIS);
  } catch (error) {
    throw new Error(
      `These tests need a Redis: install redis-server, or set TEST_REDIS_URL. (${(error as Error).message})`,
      { cause: error },
    );
  }
}
