/** Its own types lie where its package does not let TypeScript look. */
declare module 'socket.io-client-4.0' {
  export const io: typeof import('socket.io-client').io;
}
