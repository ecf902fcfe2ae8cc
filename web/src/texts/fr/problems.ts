import type { Texts } from '../en.ts';

export const problems: Texts['problems'] = {
  CANNOT_DELETE_MESSAGE: 'Vous ne pouvez pas supprimer ce message.',
  CANNOT_PIN_MESSAGE: 'Seuls le propriétaire et les administrateurs épinglent des messages ici.',
  CONVERSATION_NOT_FOUND: 'Cette conversation n’existe plus.',
  EDIT_WINDOW_CLOSED: 'Ce message est trop ancien pour être modifié.',
  MESSAGE_CHANGED: 'Ce message a changé entre-temps.',
  MESSAGE_DELETED: 'Ce message a été supprimé.',
  MESSAGE_NOT_FOUND: 'Ce message n’existe plus.',
  NOT_CONVERSATION_MEMBER: 'Vous n’êtes plus membre de cette conversation.',
  NOT_MESSAGE_AUTHOR: 'Seul l’auteur de ce message peut faire cela.',
  POSTING_RESTRICTED: 'Seuls le propriétaire et les administrateurs écrivent ici.',
  THREAD_NOT_ALLOWED: 'Il ne peut pas y avoir de fil ici.',
  TOO_MANY_PINS: 'Il n’y a plus de place pour un message épinglé. Désépinglez-en un d’abord.',
  TOO_MANY_REACTIONS: 'Il n’y a plus de place pour une réaction. Retirez-en une d’abord.',
  USER_NOT_REACHABLE: 'Vous ne pouvez pas vous écrire.',
};
