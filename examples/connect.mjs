// Logs one of the demo accounts in and connects it: what both examples need.
import { io } from 'socket.io-client';

const url = process.env.CAUSERIE_URL ?? 'http://localhost:3000';

/** @returns the account's socket on `/chat`, its first conversation, and its name */
export async function connect(email) {
  const { accessToken, user } = await call('POST', '/auth/login', {
    body: { email, password: 'Password123!' },
  });
  const { data } = await call('GET', '/chat/conversations', { token: accessToken });
  const socket = io(`${url}/chat`, { auth: { token: accessToken } });
  socket.on('connect_error', (error) =>
    console.error('Not connected:', error.message, error.data?.message ?? ''),
  );
  socket.on('error', (error) => console.error(`${error.code}: ${error.message}`));
  return { socket, conversation: data[0], name: user.displayName };
}

async function call(method, path, { token, body }) {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
}
