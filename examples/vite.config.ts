import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Passes what is the server's on to it, so that the page and the server have one origin, as they have in production. */
const target = process.env['CAUSERIE_URL'] ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '^/(auth|users|chat|uploads|socket\\.io)(/|\\?|$)': { target, ws: true } } },
});
