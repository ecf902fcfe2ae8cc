import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue. */
type Colour = readonly number[];

/** The colours of a portrait. */
export interface Look {
  readonly sky: Colour;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly coat: Colour;
  /** How far the hair reaches down, from 0 to 1. */
  readonly hairLength: number;
}

const SIZE = 96;
/** Points of each pixel, in each direction, whose colours are averaged. */
const SAMPLES = 2;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A drawn person from the shoulders up, as a PNG: no photograph, and of nobody. */
export function drawPortrait(look: Look): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // Eight bits for each of three colours.
  header.set([8, 2], 8);
  const rows = Array.from({ length: SIZE }, (_, y) => [0, ...rowOf(look, y)]);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function rowOf(look: Look, y: number): number[] {
  return Array.from({ length: SIZE }, (_, x) => pixel(look, x, y)).flat();
}

function pixel(look: Look, x: number, y: number): number[] {
  const sum = [0, 0, 0];
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const [dx, dy] = [sample % SAMPLES, Math.floor(sample / SAMPLES)];
    const colour = colourAt(look, (x + dx / SAMPLES) / SIZE, (y + dy / SAMPLES) / SIZE);
    colour.forEach((value, index) => (sum[index] = (sum[index] ?? 0) + value));
  }
  return sum.map((value) => Math.round(value / SAMPLES / SAMPLES));
}

/** Both coordinates from 0 to 1, from the upper left corner. */
function colourAt({ sky, skin, hair, coat, hairLength }: Look, x: number, y: number): Colour {
  const isWithin = (centreX: number, centreY: number, width: number, height: number): boolean =>
    ((x - centreX) / width) ** 2 + ((y - centreY) / height) ** 2 < 1;
  if (isWithin(0.5, 0.49, 0.165, 0.2) && !isWithin(0.44, 0.27, 0.2, 0.12)) return skin;
  if (isWithin(0.5, 0.44, 0.22, 0.22) && y < 0.44 + 0.3 * hairLength) return hair;
  if (hairLength > 0.5 && isWithin(0.5, 0.56, 0.24, 0.3 * hairLength) && y < 0.74) return hair;
  if (Math.abs(x - 0.5) < 0.075 && y > 0.6 && y < 0.77) return skin;
  if (isWithin(0.5, 1.06, 0.4, 0.34)) return coat;
  const shade = 1 - 0.2 * y;
  return sky.map((value) => value * shade);
}
