import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { AvatarStoreAdapter } from '../../src/arch/modules/user/infrastructure/adapters/avatar-store.adapter.js';
import { PNG } from '../fakes/avatar-images.js';
import { AvatarStoreFake } from '../fakes/avatar-store.fake.js';
import { testConfig } from '../support/test-config.js';
import { describeAvatarStoreContract } from './avatar-store.contract.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causerie-avatars-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeAvatarStoreContract('the fake', async () => {
  const store = new AvatarStoreFake(1_000);
  return { store, count: async () => store.images.size };
});

describeAvatarStoreContract('files', async () => {
  const store = new AvatarStoreAdapter(testConfig({ UPLOAD_DIR: folder, MAX_FILE_SIZE: '1000' }));
  // Files that a requested name must not reach.
  await writeFile(join(folder, 'secret.png'), PNG);
  return { store, count: async () => (await readdir(folder, { recursive: true })).length };
});
