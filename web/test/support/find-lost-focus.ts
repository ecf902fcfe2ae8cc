import type { Page } from 'playwright-core';

/** No screen has as many places to stop at. */
const MOST_STOPS = 300;

interface Walk {
  /** What one can press or fill in; of radio buttons one is enough. */
  readonly controls: readonly HTMLElement[];
  /** Where Tab has led. */
  readonly stops: Set<Element>;
}
type Scope = typeof globalThis & { walk: Walk };

/** Notes what Tab should lead to. */
const begin = (page: Page): Promise<void> =>
  page.evaluate(() => {
    // A menu and what opens at a message keep the focus until Esc.
    const opened = [...document.querySelectorAll('[role=menu], :popover-open, dialog:modal')];
    const within: ParentNode = opened.find((each) => each.checkVisibility()) ?? document;
    const controls = [...within.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')]
      .filter((each) => each.tabIndex >= 0 && !each.matches(':disabled, [type=radio], [data-focus-trap]'))
      .filter(
        (each) => each.closest('[inert]') === null && each.checkVisibility({ visibilityProperty: true }),
      );
    Object.assign(globalThis, { walk: { controls, stops: new Set() } satisfies Walk });
  });

/** Where Tab has led: what is wrong with it, whether it was there before, or nowhere. */
const step = (page: Page): Promise<'nowhere' | 'again' | { readonly fault: string | null }> =>
  page.evaluate(() => {
    const { stops } = (globalThis as Scope).walk;
    const { activeElement: at } = document;
    if (!at || at === document.body) return 'nowhere';
    if (stops.has(at)) return 'again';
    stops.add(at);
    const modal = document.querySelector('dialog:modal');
    const { top, bottom, left, right, width, height } = at.getBoundingClientRect();
    const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    const isSeen = isInView && width > 0 && height > 0 && at.checkVisibility({ visibilityProperty: true });
    // A box about a field has its ring.
    const isMarked = [at, at.parentElement, at.parentElement?.parentElement].some(
      (each) => each && getComputedStyle(each).outlineStyle !== 'none',
    );
    const name = `${at.tagName} ${at.className} ${at.ariaLabel ?? at.textContent?.slice(0, 40)}`;
    if (!isSeen) return { fault: `has the focus, and is not seen: ${name}` };
    if (!isMarked) return { fault: `does not show that it has the focus: ${name}` };
    return { fault: modal && !modal.contains(at) ? `has the focus outside of the dialog: ${name}` : null };
  });

const missed = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { controls, stops } = (globalThis as Scope).walk;
    return controls
      .filter((each) => each.checkVisibility() && !stops.has(each))
      .map((each) => `is not reached by Tab: ${each.tagName} ${each.ariaLabel ?? each.textContent}`);
  });

/** Walks through a screen with Tab: the focus is always on something that is seen, and comes to everything. */
export async function findLostFocus(page: Page): Promise<string[]> {
  const faults: string[] = [];
  let lost = 0;
  await begin(page);
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await step(page);
    if (stop === 'again') break;
    // Between the last and the first place the browser itself has the focus.
    lost = stop === 'nowhere' ? lost + 1 : 0;
    if (lost > 1) return [...faults, 'the focus is lost'];
    if (typeof stop === 'object' && stop.fault !== null) faults.push(stop.fault);
  }
  return [...faults, ...(await missed(page))];
}
