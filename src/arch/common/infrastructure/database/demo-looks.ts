import { DEMO_PEOPLE } from '../../domain/demo-data.js';
import type { Look } from './demo-portrait.js';

const [amina, jonas, mei] = DEMO_PEOPLE;

/** How the further demo people look. */
export const DEMO_LOOKS: readonly { readonly id: string; readonly look: Look }[] = [
  {
    id: amina.id,
    look: {
      sky: [244, 190, 120],
      skin: [141, 85, 54],
      hair: [38, 26, 24],
      coat: [196, 62, 74],
      hairLength: 0.3,
    },
  },
  {
    id: jonas.id,
    look: {
      sky: [150, 196, 190],
      skin: [240, 200, 170],
      hair: [176, 112, 52],
      coat: [40, 88, 110],
      hairLength: 0.1,
    },
  },
  {
    id: mei.id,
    look: {
      sky: [190, 176, 226],
      skin: [236, 196, 160],
      hair: [30, 28, 40],
      coat: [86, 122, 70],
      hairLength: 0.9,
    },
  },
];
