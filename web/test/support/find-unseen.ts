import type { Page } from 'playwright-core';

/** With forced colours: fields without a border, states and focus that only a colour shows. */
export async function findUnseen(page: Page): Promise<string[]> {
  // From here on the focus is seen, as for who uses the keyboard.
  await page.keyboard.press('Shift');
  return page.evaluate(() => {
    // They are called in the page.
    // oxlint-disable unicorn/consistent-function-scoping
    const hasBorder = (element: Element | null, depth = 3): boolean =>
      element !== null &&
      depth > 0 &&
      (Number.parseFloat(getComputedStyle(element).borderTopWidth) > 0 ||
        hasBorder(element.parentElement, depth - 1));
    const lookOf = (element: Element): string => {
      const { borderWidth, outlineStyle, outlineWidth, fontWeight, textDecorationLine } =
        getComputedStyle(element);
      return [borderWidth, outlineStyle, outlineWidth, fontWeight, textDecorationLine].join();
    };
    const hasOutline = (element: Element | null, depth = 4): boolean =>
      element !== null &&
      depth > 0 &&
      (getComputedStyle(element).outlineStyle !== 'none' || hasOutline(element.parentElement, depth - 1));
    const all = (selector: string): HTMLElement[] =>
      [...document.querySelectorAll<HTMLElement>(selector)].filter(
        (element) =>
          element.offsetWidth > 1 &&
          element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
          element.closest('[inert]') === null,
      );
    const named = (fault: string) => (element: Element) =>
      `${fault}: ${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`;
    // oxlint-enable unicorn/consistent-function-scoping

    const controls = all(
      ':is(a[href], button:enabled, input:enabled, select:enabled, textarea:enabled):not([data-focus-trap])',
    );
    const empty = controls.filter(
      (each) =>
        each.matches('a, button') &&
        each.textContent?.trim() === '' &&
        each.querySelector('svg, img') === null,
    );
    const bare = controls.filter(
      (each) =>
        each.matches(
          'input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select',
        ) && !hasBorder(each),
    );
    const chosen = all('[aria-current], [aria-pressed=true], [aria-selected=true]').filter((each) =>
      all(`[class="${each.className}"]:not([aria-current], [aria-pressed=true], [aria-selected=true])`).some(
        (other) => lookOf(other) === lookOf(each),
      ),
    );
    const unfocused = controls.filter((each) => {
      each.focus({ preventScroll: true });
      return document.activeElement === each && !hasOutline(each);
    });
    return [
      ...empty.map(named('shows nothing')),
      ...bare.map(named('has no border')),
      ...chosen.map(named('looks as if not chosen')),
      ...unfocused.map(named('does not show the focus')),
    ];
  });
}
