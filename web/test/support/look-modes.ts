import type { BrowserContextOptions } from 'playwright-core';
import { findBarriers, findOverflow } from './find-faults.ts';
import { type Find, findCut } from './find-cut.ts';
import { findLostFocus } from './find-lost-focus.ts';
import { findMoving } from './find-moving.ts';
import { findUnseen } from './find-unseen.ts';

/** A way in which somebody sees the client. */
export interface LookMode {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** The size of the text that was chosen in the browser; usually 16. */
  readonly textSize?: number;
  readonly finds: readonly Find[];
}

const desktop = { width: 1280, height: 800 };
const touch = { hasTouch: true, isMobile: true };
const FITS = [findOverflow, findCut];

export const LOOK_MODES: readonly LookMode[] = [
  { name: 'light', options: { viewport: desktop }, finds: [...FITS, findBarriers] },
  { name: 'dark', options: { viewport: desktop, colorScheme: 'dark' }, finds: [...FITS, findBarriers] },
  { name: 'keyboard', options: { viewport: desktop }, finds: [findLostFocus] },
  { name: 'French', options: { viewport: desktop, locale: 'fr' }, finds: [...FITS, findBarriers] },
  {
    name: 'phone',
    options: { viewport: { width: 390, height: 844 }, ...touch },
    finds: [...FITS, findBarriers],
  },
  {
    name: 'tablet',
    options: { viewport: { width: 800, height: 1100 }, hasTouch: true },
    finds: [...FITS, findBarriers],
  },
  {
    name: 'large text',
    options: { viewport: { width: 320, height: 800 }, locale: 'fr' },
    textSize: 32,
    finds: FITS,
  },
  {
    name: 'forced colours',
    options: { viewport: desktop, forcedColors: 'active' },
    finds: [...FITS, findUnseen],
  },
  {
    name: 'reduced motion',
    options: { viewport: desktop, reducedMotion: 'reduce' },
    finds: [...FITS, findMoving],
  },
];
