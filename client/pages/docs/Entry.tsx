import { Link } from 'react-router';

import { Card } from '../../ui/Card';
import classes from './docs.module.css';
import { type DocField, type DocModel, type DocType, hrefOf } from './model';
import { Arguments, Fields, PermissionBadge, Prose, TypeText } from './parts';

const MOST_USES = 40;

/** A query or a change: what it takes, what it gives, and the permission it needs. */
export function RootFieldEntry({ root, field, model }: { root: 'Query' | 'Mutation'; field: DocField; model: DocModel }) {
  return (
    <Card labelId="docs-entry" title={<code>{field.name}</code>} hint={root === 'Query' ? 'Query' : 'Change'} action={<PermissionBadge permission={field.permission} />}>
      <Prose text={field.description} />
      {field.permission === null && <p className={classes['prose']}>Answers without sign-in.</p>}
      <h3 className={classes['heading']}>Gives</h3>
      <p><TypeText type={field.type} typeName={field.typeName} model={model} /></p>
      {field.args.length > 0 && (
        <>
          <h3 className={classes['heading']}>Takes</h3>
          <Arguments list={field.args} model={model} anchors />
        </>
      )}
    </Card>
  );
}

/** A type: its fields or values, and where it is used. */
export function TypeEntry({ type, model }: { type: DocType; model: DocModel }) {
  const uses = type.usedBy.slice(0, MOST_USES);
  return (
    <Card labelId="docs-entry" title={<code>{type.name}</code>} hint={type.kind[0]?.toUpperCase() + type.kind.slice(1)} action={<PermissionBadge permission={type.permission} />}>
      <Prose text={type.description} />
      {type.fields.length > 0 && <><h3 className={classes['heading']}>Fields</h3><Fields list={type.fields} model={model} /></>}
      {type.inputs.length > 0 && <><h3 className={classes['heading']}>Fields</h3><Arguments list={type.inputs} model={model} anchors /></>}
      {type.values.length > 0 && (
        <>
          <h3 className={classes['heading']}>Values</h3>
          <dl className={classes['members']}>
            {type.values.map(({ name, description, permission }) => (
              <div key={name} id={name} tabIndex={-1}>
                <dt><code className={classes['name']}>{name}</code><PermissionBadge permission={permission} /></dt>
                <dd><Prose text={description} /></dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {type.members.length > 0 && (
        <>
          <h3 className={classes['heading']}>One of</h3>
          <ul className={classes['uses']}>{type.members.map((name) => <li key={name}><Link to={hrefOf(name)}><code>{name}</code></Link></li>)}</ul>
        </>
      )}
      {uses.length > 0 && (
        <>
          <h3 className={classes['heading']}>Used by</h3>
          <ul className={classes['uses']}>{uses.map((name) => <li key={name}><Link to={hrefOf(name)}><code>{name}</code></Link></li>)}</ul>
          {type.usedBy.length > MOST_USES && <p className={classes['quiet']}>and {type.usedBy.length - MOST_USES} more</p>}
        </>
      )}
    </Card>
  );
}
