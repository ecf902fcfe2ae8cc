/** The id of the element of an option. */
export const optionId = (listId: string, index: number): string => `${listId}option${index}`;
