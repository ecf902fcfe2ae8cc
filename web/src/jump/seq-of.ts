import { conversationAddress } from '../app/addresses.ts';

/** The message of a conversation to which an address leads. */
export function seqOf(path: string, id: string): number | undefined {
  const place = `${conversationAddress(id)}/m/`;
  const number = path.startsWith(place) ? path.slice(place.length) : '';
  return /^[1-9]\d{0,9}$/.test(number) ? Number(number) : undefined;
}
