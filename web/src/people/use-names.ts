import { usePeople } from './use-people.ts';

/** The names of some people, as far as they are known. */
export const useNames = (ids: readonly string[]): readonly string[] => usePeople(ids).map(({ name }) => name);
