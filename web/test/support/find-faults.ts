import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(options: object): Promise<{ violations: readonly Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: ReadonlyArray<{
    readonly target: readonly string[];
    readonly html: string;
    readonly failureSummary?: string;
  }>;
}

/** What axe-core finds in a page: its rules, with an element that breaks each. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Not as a script of the page, which its content security policy forbids.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
    });
    // Ariakit's traps pass the focus on at once, and its menus stand at the end of the body. Messages are scrolled out from under
    // what floats over them.
    // It is called in the page.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const isKnown = (id: string, element: Element | null, summary: string): boolean =>
      id === 'region'
        ? element?.querySelector('[role=menu]') !== null
        : id === 'target-size'
          ? summary.includes('obscured') && element?.closest('[data-messages]') !== null
          : id === 'aria-hidden-focus' && element?.matches('[data-focus-trap]') === true;
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .filter(
          ({ target: [selector = ''], failureSummary = '' }) =>
            !isKnown(id, document.querySelector(selector), failureSummary),
        )
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  });
}

/** What is wider than the window, or is cut where it does not say so: each as the text or the class of its element. */
export const findOverflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    // It is called in the page.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const isCut = (element: Element): boolean => {
      for (let outer = element.parentElement; outer; outer = outer.parentElement) {
        const { clipPath, overflowX, textOverflow } = getComputedStyle(outer);
        // What only readers hear is clipped.
        if (clipPath !== 'none') return false;
        // Code scrolls within its own box; an ellipsis says that there is more.
        if (overflowX === 'auto' && outer.tagName === 'PRE') return false;
        if (textOverflow === 'ellipsis') return false;
      }
      return true;
    };
    return [...document.body.querySelectorAll('*')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const isShown = box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true });
        return isShown && (box.right > width + 1 || box.left < -1) && isCut(element);
      })
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
  });
