/** The types of this version are where its package does not let TypeScript find them. */
declare module 'socket.io-client-4.0' {
  export const io: typeof import('socket.io-client').io;
}
