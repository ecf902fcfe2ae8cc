import type { Page } from 'playwright-core';

/** Holds the messages that a page sends, as a slow or frozen server would; everything else passes. */
export interface HeldMessages {
  readonly hold: () => void;
  readonly release: () => void;
}

/** For the sockets of pages that are loaded from now on. */
export async function holdMessages(page: Page): Promise<HeldMessages> {
  let isHeld = false;
  const waiting: (() => void)[] = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (isHeld && String(message).includes('"send_message"')) waiting.push(() => server.send(message));
      else server.send(message);
    });
  });
  return {
    hold: () => (isHeld = true),
    release() {
      isHeld = false;
      for (const pass of waiting.splice(0)) pass();
    },
  };
}
