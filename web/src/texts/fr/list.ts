import type { list as English } from '../en/list.ts';
import { plural } from '../plural.ts';

export const list: typeof English = {
  conversations: 'Conversations',
  search: 'Rechercher',
  noneYet: 'Pas encore de conversation',
  noneFound: 'Aucune conversation ne porte ce nom.',
  start: 'En commencer une',
  newConversation: 'Nouvelle conversation',
  settings: 'Réglages',
  couldNotLoad: 'Les conversations n’ont pas pu être chargées.',
  unread: (count) => plural('fr', count, { one: '# message non lu', other: '# messages non lus' }),
  mentions: (count) => plural('fr', count, { one: '# mention', other: '# mentions' }),
  draft: 'Brouillon :',
  nothingYet: 'Rien n’a encore été dit',
  you: 'Vous :',
  saidBy: (name) => `${name} :`,
  deleted: 'Message supprimé',
  notSent: 'Non envoyé :',
  untitled: 'Groupe',
  muted: 'En sourdine',
  pinned: 'Épinglée',
  archived: 'Archivées',
  noneArchived: 'Rien n’est archivé.',
  unarchive: (name) => `Sortir ${name} des archives`,
  unarchived: 'De retour dans la liste.',
};
