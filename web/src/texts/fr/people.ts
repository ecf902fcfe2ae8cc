import type { people as English } from '../en/people.ts';

export const people: typeof English = {
  search: 'Nom d’une personne',
  found: 'Personnes',
  nobodyFound: 'Personne ne porte ce nom.',
  typeName: 'Saisissez un nom.',
  title: 'Titre',
  titleHint: 'Le nom du groupe ; il peut rester vide',
  chosen: 'Choisies',
  remove: (name) => `Retirer ${name}`,
  begin: 'Commencer',
};
