const TABBABLE =
  ':is(a[href], button, input, textarea, select, [tabindex]):not([tabindex="-1"], :disabled, [aria-hidden])';

/** The parts of the screen that can be used now, in their order: those of a page that names none are the page. */
function areas(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('[data-area], main:not(:has([data-area]))')];
  return all.filter((area) => area.checkVisibility() && !area.closest('[inert]'));
}

/** Where the focus was the last time, else where the area begins. */
function enter(area: HTMLElement, last: HTMLElement | undefined): void {
  const places = [
    last?.isConnected && last.checkVisibility() && area.contains(last) ? last : null,
    area.tabIndex >= 0 ? area : null,
    area.querySelector<HTMLElement>('[data-start]'),
    [...area.querySelectorAll<HTMLElement>(TABBABLE)].find((element) => element.checkVisibility()),
  ];
  (places.find(Boolean) ?? area).focus();
}

/** Leads from one area of the screen to the next, and in each to where one was. */
export function createAreas() {
  const last = new WeakMap<HTMLElement, HTMLElement>();
  return {
    /** To be called when an element has got the focus. */
    note(element: HTMLElement): void {
      const area = element.closest<HTMLElement>('[data-area], main');
      if (area) last.set(area, element);
    },
    move(step: 1 | -1): void {
      const all = areas();
      const at = all.findIndex((area) => area.contains(document.activeElement));
      const next = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % all.length;
      const area = all.at(next);
      if (area) enter(area, last.get(area));
    },
  };
}
