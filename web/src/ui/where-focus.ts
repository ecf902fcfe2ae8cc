/** Notes where the focus is. The answer tells whether it has gone elsewhere since: nowhere is no other place. */
export function noteFocus(): () => boolean {
  const { activeElement: before } = document;
  return () => document.activeElement !== before && isFocusOutside(null);
}

/** Whether something has the focus that is not in an element. */
export function isFocusOutside(element: Element | null | undefined): boolean {
  const { activeElement } = document;
  return activeElement !== document.body && !element?.contains(activeElement);
}

/** Whether somebody writes in a field that is shown: what opens late does not take the focus from there. */
export function isWriting(): boolean {
  const { activeElement: field } = document;
  return Boolean(field?.matches('input, textarea') && field.checkVisibility() && !field.closest('[inert]'));
}
