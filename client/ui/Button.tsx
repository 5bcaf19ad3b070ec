import type { ComponentProps } from 'react';
import { Link } from 'react-router';

import classes from './Button.module.css';

type Kind = 'primary' | 'default' | 'subtle';

type ButtonProps = ComponentProps<'button'> & { kind?: Kind };

/** A button of the shell and the cards; plain HTML, so that the first load needs none of Mantine's. */
export function Button({ kind = 'default', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${classes['button']} ${className ?? ''}`} data-kind={kind} {...rest} />;
}

/** A link that looks like a button. */
export function ButtonLink({ kind = 'default', ...rest }: ComponentProps<typeof Link> & { kind?: Kind }) {
  return <Link className={classes['button']} data-kind={kind} {...rest} />;
}

/** A square button with an icon; `label` is its name and tooltip. */
export function IconButton({ label, className, ...rest }: Omit<ButtonProps, 'kind'> & { label: string }) {
  return (
    <button type="button" aria-label={label} title={label} className={`${classes['icon']} ${className ?? ''}`} {...rest} />
  );
}
