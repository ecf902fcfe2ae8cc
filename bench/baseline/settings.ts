/** Socket.IO's options, other than its defaults, in both bare servers. */
export const SOCKET_IO = {
  serveClient: false,
  transports: ['websocket' as const],
  perMessageDeflate: false,
  maxHttpBufferSize: 65_536,
};

export const HOST = '127.0.0.1';

export function readSetting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing.`);
  return value;
}
