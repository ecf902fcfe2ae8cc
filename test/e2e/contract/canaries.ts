/**
 * The accounts. `hermit` and `bystander` never call: the former has data that others request, the latter is added as a
 * member.
 */
export const ACCOUNTS = ['owner', 'member', 'stranger', 'deleted', 'hermit', 'bystander'] as const;
export type Account = (typeof ACCOUNTS)[number];

/**
 * Who may see a canary: `private` its owner only; `room` the members of the conversation; `public` everybody, where
 * posts are shown; `name` everybody, where users are shown, as long as the account exists.
 */
type Scope = 'private' | 'room' | 'public' | 'name';

/** A text that occurs nowhere else, and names its owner. */
export function canary(account: Account, scope: Scope): string {
  return `canary-${account}-${scope}`;
}

/** Every canary in a text: `owner-room`. */
export function canariesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/canary-(\w+-\w+)/gi)].map(([, word = '']) => word.toLowerCase()))];
}

/** The texts that a refusal must not contain: any canary, and any id except those of the request. */
export function leaksOf(answer: string, request: string): string[] {
  const sent = new Set(idsIn(request));
  return [...canariesIn(answer), ...idsIn(answer).filter((id) => !sent.has(id))];
}

function idsIn(text: string): string[] {
  return text.match(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi) ?? [];
}
