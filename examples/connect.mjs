// Logs one of the demo accounts in and connects it: what both examples need.
import { io } from 'socket.io-client';

const url = process.env.CAUSERIE_URL ?? 'http://localhost:3000';

/** @returns the account's socket on `/chat`, its first conversation, and its name */
export async function connect(email) {
  const { accessToken, user } = await call('POST', '/auth/login', {
    body: { email, password: 'Password123!' },
  });
  const { data } = await call('GET', '/chat/conversations?limit=100', { token: accessToken });
  const conversation = data.find(({ title }) => title === 'Demo');
  if (!conversation) stop('The demo conversation is gone; start with a new DATA_DIR, or run: pnpm seed');
  const socket = io(`${url}/chat`, { auth: { token: accessToken } });
  socket.on('connect_error', (error) =>
    console.error('Not connected:', error.message, error.data?.message ?? ''),
  );
  socket.on('error', (error) => console.error(`${error.code}: ${error.message}`));
  return { socket, conversation, name: user.displayName };
}

async function call(method, path, { token, body }) {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => stop(`Nobody answers at ${url}; is the server running?`));
  const answer = await response.json();
  if (!response.ok) stop(`${answer.code}: ${answer.message}`);
  return answer;
}

function stop(reason) {
  console.error(reason);
  process.exit(1);
}
