import type { pins as English } from '../en/pins.ts';

export const pins: typeof English = {
  pinned: 'Messages épinglés',
  none: 'Rien n’est épinglé. Le menu d’un message l’épingle pour tout le monde.',
  noneYet: 'Rien n’est épinglé.',
  unpinOf: (name) => `Désépingler le message de ${name}`,
};
