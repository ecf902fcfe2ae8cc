import type { AnswerBody } from '../support/answer-body.js';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type Agent, type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiAnswer } from '../support/api.js';
import { TestServer, type TestUser } from '../support/test-server.js';

/** A server with an upload folder of its own; `variables` as in `.env.example`. */
export async function startWithUploads(variables: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'causerie-uploads-'));
  const server = await TestServer.start({ ...variables, UPLOAD_DIR: folder });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  /** All files in the folder, drafts included. */
  const files = async (): Promise<string[]> => {
    const names: string[] = await readdir(join(folder, 'avatars')).catch(() => []);
    return names.toSorted();
  };
  return { server, folder, files, stop };
}

/** A form with one file. */
export function form(content: Uint8Array<ArrayBuffer>, field = 'avatar', name = 'me.png'): FormData {
  const data = new FormData();
  data.append(field, new Blob([content], { type: 'image/png' }), name);
  return data;
}

export async function upload(
  { url }: TestServer,
  user: TestUser | undefined,
  body: FormData | string,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${url}/users/me/avatar`, {
    method: 'POST',
    body,
    headers: { ...(user ? { authorization: `Bearer ${user.token}` } : {}), ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}

const BOUNDARY = 'the-boundary';

/** The multipart body before the bytes of its file, and after them. */
export const FRAME = {
  type: `multipart/form-data; boundary=${BOUNDARY}`,
  start: `--${BOUNDARY}\r\nContent-Disposition: form-data; name="avatar"; filename="a.png"\r\n\r\n`,
  end: `\r\n--${BOUNDARY}--\r\n`,
};

/** An upload over a raw connection: the test decides when bytes are sent, and when the connection breaks. */
export function openUpload(
  { url }: TestServer,
  { token }: TestUser,
  headers: Record<string, string> = {},
  agent?: Agent,
): ClientRequest {
  return request(`${url}/users/me/avatar`, {
    method: 'POST',
    agent: agent ?? false,
    headers: { authorization: `Bearer ${token}`, 'content-type': FRAME.type, ...headers },
  });
}
