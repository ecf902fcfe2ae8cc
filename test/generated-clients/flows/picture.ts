// An avatar is uploaded and shown, with a client made by @hey-api/openapi-ts. Prints the size of what came back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { client } from './hey-api/client.gen.js';
import { getAvatar, signup, uploadAvatar } from './hey-api/sdk.gen.js';
import type { ApiError } from './hey-api/types.gen.js';

const [baseUrl = '', name = '', file = ''] = process.argv.slice(2);
client.setConfig({ baseUrl });

const { data: tokens } = await signup({
  body: { email: `edith@${name}.example`, password: 'correct horse battery', displayName: 'Edith' },
});
assert(tokens);

const { data: profile, error } = await uploadAvatar({
  auth: tokens.accessToken,
  body: { avatar: new Blob([await readFile(file)]) },
});
const refusal: ApiError | undefined = error;
assert.equal(refusal, undefined);
assert(profile?.avatarUrl);

const { data: picture } = await getAvatar({ path: { name: profile.avatarUrl.split('/').at(-1) ?? '' } });
assert(picture);
process.stdout.write(JSON.stringify({ type: picture.type, bytes: picture.size }));
