import type { Page } from 'playwright-core';

/** Lists what is wrong in a page. */
export type Find = (page: Page) => Promise<string[]>;

/** Texts that are cut where no ellipsis says so, or of which next to nothing is left. */
export const findCut: Find = (page) =>
  page.evaluate(() => {
    // They are called in the page.
    // oxlint-disable unicorn/consistent-function-scoping
    const isClipped = (element: Element): boolean =>
      element.closest('svg') !== null ||
      [...ancestors(element)].some((outer) => getComputedStyle(outer).clipPath !== 'none');
    function* ancestors(element: Element): Generator<Element> {
      for (let outer: Element | null = element; outer; outer = outer.parentElement) yield outer;
    }
    const faultOf = (element: Element): string | null => {
      const { clientWidth, scrollWidth, clientHeight, scrollHeight } = element;
      const { overflowX, overflowY, textOverflow, webkitLineClamp, fontSize } = getComputedStyle(element);
      const isWider = scrollWidth > clientWidth + 1;
      if (textOverflow === 'ellipsis' && isWider)
        return clientWidth < 3 * Number.parseFloat(fontSize) ? 'nothing is left' : null;
      const hasText = [...element.childNodes].some((node) => node instanceof Text);
      if (isWider && (overflowX === 'hidden' || (overflowX === 'visible' && hasText)))
        return 'is wider than its box';
      const isHigher = scrollHeight > clientHeight + 3 && webkitLineClamp === 'none';
      return isHigher && (overflowY === 'hidden' || overflowY === 'clip') ? 'is higher than its box' : null;
    };
    // oxlint-enable unicorn/consistent-function-scoping
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.textContent !== '' && element.clientWidth > 1)
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .flatMap((element) => {
        const fault = faultOf(element);
        return fault === null || isClipped(element)
          ? []
          : `${fault}: ${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`;
      });
  });
