/** Who have an account. `hermit` and `bystander` never call: the one has what others want, the other is added. */
export const ACCOUNTS = ['owner', 'member', 'stranger', 'deleted', 'hermit', 'bystander'] as const;
export type Account = (typeof ACCOUNTS)[number];

/**
 * Who may see it: `private` nobody else; `room` whoever is in the conversation; `public` everybody, where posts are
 * shown; `name` everybody, where people are shown, as long as the account lives.
 */
type Scope = 'private' | 'room' | 'public' | 'name';

/** A word that stands nowhere else, and says whose it is. */
export function canary(account: Account, scope: Scope): string {
  return `canary-${account}-${scope}`;
}

/** Every canary in a text: `owner-room`. */
export function canariesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/canary-(\w+-\w+)/gi)].map(([, word = '']) => word.toLowerCase()))];
}

/** What a refusal must not hold: any canary, and any id but those that came with the request. */
export function leaksOf(answer: string, request: string): string[] {
  const sent = new Set(idsIn(request));
  return [...canariesIn(answer), ...idsIn(answer).filter((id) => !sent.has(id))];
}

function idsIn(text: string): string[] {
  return text.match(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi) ?? [];
}
