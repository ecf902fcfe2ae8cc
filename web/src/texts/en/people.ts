export const people = {
  search: 'Name of a person',
  found: 'People',
  nobodyFound: 'Nobody is called that.',
  typeName: 'Type a name.',
  title: 'Title',
  titleHint: 'What the group is called; it can stay empty',
  chosen: 'Chosen',
  remove: (name: string) => `Remove ${name}`,
  begin: 'Begin',
};
