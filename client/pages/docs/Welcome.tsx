import { IconDownload } from '@tabler/icons-react';
import { Link } from 'react-router';

import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { saveFile } from '../../ui/files';
import classes from './docs.module.css';
import { type DocModel, hrefOf } from './model';

const call = (origin: string) => `curl ${origin}/graphql \\
  -H 'authorization: Bearer <API token>' \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ licenses(first: 5) { nodes { id seats } totalCount } }"}'`;

/** The beginning of a description, without the marks of code. */
const firstSentence = (text: string) => (text.split(/(?<=\.)\s/)[0] ?? '').replaceAll('`', '');

/** How to ask, before what can be asked. */
export function Welcome({ model, sdl }: { model: DocModel; sdl: string }) {
  return (
    <Card
      labelId="docs-entry" title="How to ask"
      action={<Button onClick={() => saveFile('schema.graphql', new Blob([sdl], { type: 'text/plain;charset=utf-8' }))}><IconDownload aria-hidden size={16} />Schema as SDL</Button>}
    >
      <p className={classes['prose']}>One address answers everything: <code>POST /graphql</code>, and GET for queries. A request carries an access token of a session or an API token. What its permissions do not open is not in the schema at all: this page shows yours.</p>
      <pre className={classes['code']} tabIndex={0} aria-label="A request with curl">{call(window.location.origin)}</pre>
      <p className={classes['prose']}>
        Lists are pages with cursors: ask for <code>first</code>, then hand <code>pageInfo.endCursor</code> back as <code>after</code>. Expected failures of changes are <Link to={hrefOf('UserError')}><code>userErrors</code></Link>; everything else is an error with one of the codes of <Link to={hrefOf('ErrorCode')}><code>ErrorCode</code></Link> and a request id. With <code>"extensions": {'{ "cost": true }'}</code> in the request the answer says what the query came to beside your limits.
      </p>
      <p className={classes['prose']}>Try queries in <Link to="/explore">Explore</Link>, where they can be kept and shared.</p>
      <h3 className={classes['heading']}>Queries</h3>
      <ul className={classes['index']}>
        {model.queries.map(({ name, description }) => <li key={name}><Link to={hrefOf(`Query.${name}`)}><code>{name}</code></Link><span>{firstSentence(description)}</span></li>)}
      </ul>
      {model.changes.length > 0 && (
        <>
          <h3 className={classes['heading']}>Changes</h3>
          <ul className={classes['index']}>
            {model.changes.map(({ name, description }) => <li key={name}><Link to={hrefOf(`Mutation.${name}`)}><code>{name}</code></Link><span>{firstSentence(description)}</span></li>)}
          </ul>
        </>
      )}
    </Card>
  );
}
