import type { ButtonHTMLAttributes, ComponentProps, ReactElement } from 'react';
import type { IconComponent } from './create-icon.tsx';
import styles from './button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'main' | 'plain' | 'danger' | 'destroy';
}

export function Button({ look = 'plain', className = '', ...attributes }: ButtonProps): ReactElement {
  return (
    <button type="button" {...attributes} className={`${styles.button} ${styles[look] ?? ''} ${className}`} />
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  readonly icon: IconComponent;
  /** What it does: there is no other text. */
  readonly label: string;
}

export function IconButton({
  icon: Icon,
  label,
  className = '',
  ...attributes
}: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      {...attributes}
      className={`${styles.icon} ${className}`}
      aria-label={label}
      title={label}
    >
      <Icon size={20} strokeWidth={1.75} />
    </button>
  );
}
