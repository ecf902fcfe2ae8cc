// Logs one of the demo accounts in and connects it: what both examples need.
import { connectLive } from './live.mjs';
import { logIn } from './session.mjs';

const url = process.env.CAUSERIE_URL ?? 'http://localhost:3000';

/** @returns the account's connection (see live.mjs), its conversation “Demo”, and its name */
export async function connect(email) {
  const session = await logIn(url, email, 'Password123!').catch(stop);
  const { data } = await session.get('/chat/conversations?limit=100').catch(stop);
  const conversation = data.find(({ title }) => title === 'Demo');
  if (!conversation)
    stop({ message: 'The demo conversation is gone; start with a new DATA_DIR, or run: pnpm seed' });
  const live = connectLive(url, session, stop);
  live.socket.on('error', (error) => console.error(`${error.code}: ${error.message}`));
  return { ...live, conversation, name: session.user.displayName };
}

function stop({ code, message, name, cause }) {
  if (cause || name === 'TimeoutError') console.error(`Nobody answers at ${url}; is the server running?`);
  else console.error([code, message ?? 'log in again'].filter(Boolean).join(': '));
  process.exit(1);
}
