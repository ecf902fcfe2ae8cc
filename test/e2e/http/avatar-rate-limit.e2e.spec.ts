import { expect, it } from 'vitest';
import { form, startWithUploads, upload } from '../../fakes/avatar-client.js';
import { PNG } from '../../fakes/avatar-images.js';

it('uploads have a limit of their own, and what is beyond it keeps nothing', async () => {
  const { server, files, stop } = await startWithUploads({ THROTTLE_UPLOAD_LIMIT: '2' });
  const [user, other] = [await server.signUp(), await server.signUp()];
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await upload(server, user, form(PNG))).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect(await files()).toHaveLength(1);
  expect((await server.call('DELETE', '/users/me/avatar', { token: user.token })).status).toBe(204);
  expect((await upload(server, other, form(PNG))).status).toBe(200);
  await stop();
});
