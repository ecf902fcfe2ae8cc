import type { PlantedFault } from './faults.ts';

/**
 * The module's text with the fault in it.
 * @throws when a text that is to be replaced is not there exactly once
 */
export function planted({ name, module, replacements }: PlantedFault, source: string): string {
  return replacements.reduce((text, [old, by]) => {
    const parts = text.split(old);
    if (parts.length !== 2)
      throw new Error(`"${name}" cannot be planted: ${module} has "${old}" ${parts.length - 1} times`);
    return parts.join(by);
  }, source);
}
