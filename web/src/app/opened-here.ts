/** Left in the history where this client has opened something: what it was opened from is the entry before. */
export const OPENED_HERE = { isOpenedHere: true };

/** Goes back to where something was opened from; when it was not opened from here, to an address. */
export function leaveTo(
  address: string,
  navigate: (address: string, options: { readonly replace: true }) => void,
): void {
  const state = history.state as Partial<typeof OPENED_HERE> | null;
  if (state?.isOpenedHere) history.back();
  else navigate(address, { replace: true });
}
