import type { PlantedFault } from './planted-fault.ts';

/**
 * Plants a fault in a module.
 * @returns the module's source with the fault
 * @throws Error when a text to be replaced does not occur exactly once
 */
export function plantFault({ name, module, replacements }: PlantedFault, source: string): string {
  return replacements.reduce((text, [old, by]) => {
    const parts = text.split(old);
    if (parts.length !== 2)
      throw new Error(`"${name}" cannot be planted: ${module} has "${old}" ${parts.length - 1} times`);
    return parts.join(by);
  }, source);
}
