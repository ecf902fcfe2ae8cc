/** The address that was asked for, in that of the page to log in. */
const NEXT = 'next';

/** Whether a part of an address can be the id of a conversation. */
export const isId = (part: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(part);

export const conversationAddress = (id: string): string => `/c/${id}`;

/** A place in a conversation. */
export const messageAddress = (id: string, seq: number): string => `/c/${id}/m/${seq}`;

/** The thread that begins at a message. */
export const threadAddress = (id: string, messageId: string): string => `/c/${id}/t/${messageId}`;

/** A place in a thread. */
export const replyAddress = (id: string, messageId: string, seq: number): string =>
  `${threadAddress(id, messageId)}?reply=${seq}`;

/** Who is in a conversation, and its settings. */
export const detailsAddress = (id: string): string => `/c/${id}/details`;

/** Where people who have the token of an invite can join; the whole address, to be passed on. */
export const inviteLink = (token: string): string => `${location.origin}/i/${token}`;

/** The page to log in, which leads back to where one is. */
export function loginAddress(): string {
  const { pathname, search } = location;
  return pathname === '/' ? '/login' : `/login?${new URLSearchParams({ [NEXT]: pathname + search })}`;
}

/** Where one wanted to go before logging in: a path of this client, and of no other place. */
export function afterLogin(): string {
  const next = new URLSearchParams(location.search).get(NEXT) ?? '/';
  // Anybody can make a link with something else.
  if (!URL.canParse(next, location.origin)) return '/';
  const { origin, pathname, search } = new URL(next, location.origin);
  // A path that begins with two slashes is the address of another server.
  return origin === location.origin && !pathname.startsWith('//') ? pathname + search : '/';
}
