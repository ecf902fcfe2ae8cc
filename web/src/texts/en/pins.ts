export const pins = {
  pinned: 'Pinned messages',
  none: 'Nothing is pinned. The menu of a message pins it for everybody.',
  noneYet: 'Nothing is pinned.',
  unpinOf: (name: string) => `Unpin the message of ${name}`,
};
