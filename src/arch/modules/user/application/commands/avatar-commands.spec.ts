import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { JPEG, PNG } from '../../../../../../test/fakes/avatar-images.js';
import { chunks } from '../../../../../../test/fakes/avatar-store.fake.js';
import { FakeAccounts } from '../../../../../../test/fakes/fake-accounts.js';
import { avatarUrl } from '../../domain/models/avatar.model.js';
import type { User } from '../../domain/models/user.model.js';
import { RemoveAvatarCommand, RemoveAvatarHandler } from './remove-avatar.command.js';
import { UploadAvatarCommand, UploadAvatarHandler } from './upload-avatar.command.js';

let accounts: FakeAccounts;
let user: User;

beforeEach(async () => {
  accounts = new FakeAccounts();
  user = await accounts.signUp();
});

const upload = (image: Buffer, id = user.id) =>
  new UploadAvatarHandler(accounts.avatars, accounts.profiles, accounts.changes).execute(
    new UploadAvatarCommand(id, chunks(image)),
  );
const remove = (id = user.id) =>
  new RemoveAvatarHandler(accounts.avatars, accounts.profiles, accounts.changes).execute(
    new RemoveAvatarCommand(id),
  );
const kept = () => [...accounts.avatars.images.keys()].map(avatarUrl);

describe('uploading', () => {
  it('puts the new image in the place of the old one, which goes', async () => {
    const first = await upload(PNG);
    expect(kept()).toEqual([first.avatarUrl]);
    const second = await upload(JPEG);
    expect(second.avatarUrl).not.toBe(first.avatarUrl);
    expect(kept()).toEqual([second.avatarUrl]);
    expect(await accounts.users.findById(user.id)).toEqual(second);
    expect(accounts.changes.announced).toEqual([user.id, user.id]);
  });

  it('something else changes nothing', async () => {
    const { avatarUrl: before } = await upload(PNG);
    await expect(upload(Buffer.from('text'))).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    await expect(upload(Buffer.alloc(1_001))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(kept()).toEqual([before]);
    expect(accounts.changes.announced).toHaveLength(1);
  });

  it('without an account keeps nothing', async () => {
    await expect(upload(PNG, randomUUID())).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    expect(kept()).toEqual([]);
  });

  it('keeps both images when it is unknown which one the profile names', async () => {
    const { avatarUrl: before } = await upload(PNG);
    accounts.profiles.changeAvatar = () => Promise.reject(new Error('no answer'));
    await expect(upload(JPEG)).rejects.toThrow('no answer');
    expect(kept()).toHaveLength(2);
    expect(kept()).toContain(before);
  });
});

describe('removing', () => {
  it('takes the image and its name away', async () => {
    await upload(PNG);
    await remove();
    expect(accounts.changes.announced).toEqual([user.id, user.id]);
    expect(kept()).toEqual([]);
    expect(await accounts.users.findById(user.id)).toMatchObject({ avatarUrl: null });
  });

  it('what is not there is harmless', async () => {
    await remove();
    expect(await accounts.users.findById(user.id)).toMatchObject({ avatarUrl: null });
    expect(accounts.changes.announced).toEqual([]);
  });

  it('needs a user', async () => {
    await expect(remove(randomUUID())).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});
