import { type IdKind, isLoggedIn, type LoggedIn, type Persona, PERSONAS } from './personas.js';

/** One answer for all, or one for each logged-in persona. */
type Answer = string | Readonly<Record<LoggedIn, string>>;
/** Answers by the owner of the id that is sent; a route without ids has `own` alone. */
export type Answers = Readonly<{ own: Answer } & Partial<Record<IdKind, Answer>>>;

type Same = Readonly<{ own: string } & Partial<Record<IdKind, string>>>;

/** `owner × other` → `403 NOT_CONVERSATION_MEMBER` */
export type Cells = Readonly<Record<string, string>>;

const NOT_LET_IN = {
  nobody: '401 TOKEN_MISSING',
  expired: '401 TOKEN_EXPIRED',
  revoked: '401 SESSION_REVOKED',
  deleted: '401 SESSION_REVOKED',
};

export const cellName = (persona: Persona, id: IdKind): string => `${persona} × ${id}`;

const personaOf = (name: string) => name.split(' × ', 1)[0] as Persona;

/** The cells in an order in which all refusals come before the deletions. */
export function cellsOf(expected: Cells): { persona: Persona; id: IdKind }[] {
  const all = Object.keys(expected).map((name) => name.split(' × ') as [Persona, IdKind]);
  return [...all.filter(([, id]) => id !== 'own'), ...all.filter(([, id]) => id === 'own')].map(
    ([persona, id]) => ({ persona, id }),
  );
}

/** A token is required: it is checked before any id. */
export function bearer(answers: Answers): Cells {
  return cells(answers, (persona, answer) =>
    isLoggedIn(persona) ? pick(answer, persona) : NOT_LET_IN[persona],
  );
}

/** A token may be sent; an invalid one counts as none. */
export function optional(answers: Answers, anonymous: Same): Cells {
  return {
    ...open(anonymous),
    ...Object.fromEntries(Object.entries(bearer(answers)).filter(([name]) => isLoggedIn(personaOf(name)))),
  };
}

/** All personas get the same answer, whatever token they send, except for `exceptions`. */
export function open(answers: Same, exceptions: Cells = {}): Cells {
  return { ...cells(answers, (_, answer) => answer), ...exceptions };
}

function pick(answer: Answer, persona: LoggedIn): string {
  return typeof answer === 'string' ? answer : answer[persona];
}

function cells<T>(
  answers: Readonly<Partial<Record<IdKind, T>>>,
  answerFor: (persona: Persona, answer: T) => string,
): Cells {
  const all = (Object.entries(answers) as [IdKind, T][]).flatMap(([id, answer]) =>
    PERSONAS.map((persona) => [cellName(persona, id), answerFor(persona, answer)] as const),
  );
  return Object.fromEntries(all);
}
