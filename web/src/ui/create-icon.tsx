import { createElement, type ReactElement } from 'react';

interface IconProps {
  /** Pixels. */
  readonly size?: number;
  readonly strokeWidth?: number;
  readonly className?: string | undefined;
}

/** An icon, which says nothing to readers: what it stands for is said beside it. */
export type IconComponent = (props: IconProps) => ReactElement;

/** An icon of these shapes, each an element of SVG and its attributes. */
export const createIcon =
  (shapes: readonly (readonly [string, Readonly<Record<string, string>>])[]): IconComponent =>
  ({ size = 24, strokeWidth = 2, className }) => (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {shapes.map(([element, attributes], index) => createElement(element, { ...attributes, key: index }))}
    </svg>
  );
