import { createElement, type ReactElement, type SVGProps } from 'react';

interface IconProps extends SVGProps<SVGSVGElement> {
  /** Pixels. */
  readonly size?: number;
}

/** An icon. With an `aria-label` it says that to readers, else nothing, because the same is said beside it. */
export type IconComponent = (props: IconProps) => ReactElement;

/** An icon of these shapes, each an element of SVG and its attributes. */
export const createIcon =
  (shapes: readonly (readonly [string, Readonly<Record<string, string>>])[]): IconComponent =>
  ({ size = 24, ...props }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={props['aria-label'] === undefined ? undefined : 'img'}
      aria-hidden={props['aria-label'] === undefined}
      {...props}
    >
      {shapes.map(([element, attributes], index) => createElement(element, { ...attributes, key: index }))}
    </svg>
  );
