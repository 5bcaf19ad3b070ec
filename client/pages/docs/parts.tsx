import { IconLock } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Link } from 'react-router';

import classes from './docs.module.css';
import { type DocArgument, type DocField, type DocModel, hrefOf } from './model';

/** A description, with its code as code. */
export function Prose({ text }: { text: string }) {
  if (text === '') return null;
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, index) => (
        <p key={index} className={classes['prose']}>
          {paragraph.split(/(`[^`]+`)/).map((part, at) => (part.startsWith('`') ? <code key={at}>{part.slice(1, -1)}</code> : <Fragment key={at}>{part}</Fragment>))}
        </p>
      ))}
    </>
  );
}

/** The permission that a part of the schema needs. */
export function PermissionBadge({ permission }: { permission: string | null }) {
  if (permission === null) return null;
  return (
    <Link to={hrefOf(`Permission.${permission}`)} className={classes['permission']}>
      <IconLock aria-hidden size={14} stroke={1.8} /><span className="sw-visually-hidden">Needs </span>{permission}
    </Link>
  );
}

/** A type as in SDL; its name leads to it. */
export function TypeText({ type, typeName, model }: { type: string; typeName: string; model: DocModel }) {
  const [before = '', after = ''] = type.split(typeName);
  return <code className={classes['type']}>{before}{model.types.has(typeName) ? <Link to={hrefOf(typeName)}>{typeName}</Link> : typeName}{after}</code>;
}

/** Arguments or fields of an input, with their defaults. */
export function Arguments({ list, model, anchors = false }: { list: readonly DocArgument[]; model: DocModel; anchors?: boolean }) {
  return (
    <dl className={classes['members']}>
      {list.map(({ name, type, typeName, defaultValue, description, permission }) => (
        <div key={name} {...(anchors ? { id: name, tabIndex: -1 } : {})}>
          <dt>
            <code className={classes['name']}>{name}</code>
            <TypeText type={type} typeName={typeName} model={model} />
            {defaultValue !== null && <span className={classes['default']}>default <code>{defaultValue}</code></span>}
            <PermissionBadge permission={permission} />
          </dt>
          <dd><Prose text={description} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** Fields of an object, each with its arguments folded away. */
export function Fields({ list, model }: { list: readonly DocField[]; model: DocModel }) {
  return (
    <dl className={classes['members']}>
      {list.map(({ name, type, typeName, description, permission, args, deprecated }) => (
        <div key={name} id={name} tabIndex={-1}>
          <dt>
            <code className={classes['name']}>{name}</code>
            <TypeText type={type} typeName={typeName} model={model} />
            <PermissionBadge permission={permission} />
          </dt>
          <dd>
            {deprecated !== null && <p className={classes['deprecated']}>Deprecated: {deprecated}</p>}
            <Prose text={description} />
            {args.length > 0 && (
              <details className={classes['args']}>
                <summary>{args.length === 1 ? 'One argument' : `${args.length} arguments`}</summary>
                <Arguments list={args} model={model} />
              </details>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
