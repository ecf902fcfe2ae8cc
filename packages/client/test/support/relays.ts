import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that serves a server under a path prefix, websockets included unless it does not know them. */
export async function openRelay(
  target: string,
  { prefix = '', websockets = true }: { readonly prefix?: string; readonly websockets?: boolean },
): Promise<{ readonly url: string; readonly paths: string[]; close(): Promise<void> }> {
  const paths: string[] = [];
  const forward = (url = '', method = 'GET', headers = {}) => {
    paths.push(`${method} ${url}`);
    const path = url.startsWith(prefix) ? url.slice(prefix.length) : '/not-under-the-prefix';
    return request(target + path, { method, headers });
  };
  const server: Server = createServer((incoming, outgoing) => {
    const onward = forward(incoming.url, incoming.method, incoming.headers);
    onward.on('error', () => outgoing.destroy());
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on('upgrade', (incoming, socket, first) => {
    socket.on('error', () => undefined);
    if (!websockets) {
      socket.destroy();
      return;
    }
    const onward = forward(incoming.url, 'GET', incoming.headers);
    onward.on('upgrade', ({ rawHeaders }, upstream, head) => {
      const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
      socket.write(head);
      upstream.write(first);
      upstream.on('error', () => undefined);
      upstream.on('close', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    onward.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    paths,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
