import { useEffect, useMemo, useState } from 'react';
import { Link, NavLink, useLocation, useParams } from 'react-router';
import { useQuery } from 'urql';

import { graphql } from '../../api/generated';
import { useCan } from '../../api/session';
import { ButtonLink } from '../../ui/Button';
import { SearchBox } from '../../ui/filters/SearchBox';
import { format } from '../../ui/format';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import NotFound from '../NotFound';
import classes from './docs.module.css';
import { RootFieldEntry, TypeEntry } from './Entry';
import { type DocModel, hrefOf, readModel } from './model';
import { searchDocs } from './search';
import { Welcome } from './Welcome';

export const ApiReferenceQuery = graphql(`
  query ApiReference {
    apiReference
  }
`);

/** The API's documentation, made of its SDL: what this viewer may ask for, and nothing else. */
export default function DocsPage() {
  const may = useCan('INTROSPECT');
  return may ? <Docs /> : <NotFound />;
}

function Docs() {
  const [{ data, error, fetching }, reload] = useQuery({ query: ApiReferenceQuery });
  const model = useMemo(() => (data ? readModel(data.apiReference) : null), [data]);
  const { name } = useParams();
  const title = name === undefined ? 'API docs' : `${name} · API docs`;
  const lead = model && `${format.integer(model.queries.length)} queries, ${format.integer(model.changes.length)} changes, ${format.integer(model.types.size)} types: the schema as you may use it.`;
  return (
    <Page title={title} lead={lead}>
      {error && !data && <ErrorCard what="The schema" error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Skeleton height={520} />}
      {model && data && <Reference model={model} sdl={data.apiReference} name={name} />}
    </Page>
  );
}

function Reference({ model, sdl, name }: { model: DocModel; sdl: string; name: string | undefined }) {
  const [text, setText] = useState('');
  const { hash, key } = useLocation();
  const { hits, total } = useMemo(() => searchDocs(model, text), [model, text]);
  useEffect(() => {
    if (hash === '') return undefined;
    // The page takes the focus to its heading first, as every page does when it is opened.
    const frame = requestAnimationFrame(() => {
      const place = document.getElementById(decodeURIComponent(hash.slice(1)));
      place?.scrollIntoView({ block: 'center' });
      place?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [hash, key, name]);
  return (
    <div className={classes['docs']}>
      <nav className={classes['side']} aria-label="Parts of the schema">
        <SearchBox label="Search names and descriptions" value={text} onChange={setText} />
        {text === '' ? <Index model={model} /> : (
          <>
            <p className={classes['quiet']} role="status">{total === 0 ? 'Nothing has this text.' : `${format.integer(hits.length)} of ${format.integer(total)} places`}</p>
            <ul className={classes['hits']} aria-label="Places found">
              {hits.map(({ name: found, kind, description, href }) => (
                <li key={`${kind} ${found}`}>
                  <Link to={href}><code>{found}</code> <span className={classes['kind']}>{kind}</span><span className={classes['hitText']}>{description}</span></Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      <div className={classes['entry']}><Shown model={model} sdl={sdl} name={name} /></div>
    </div>
  );
}

function Index({ model }: { model: DocModel }) {
  const groups = [
    ['Queries', model.queries.map(({ name }) => ({ name, href: hrefOf(`Query.${name}`) }))],
    ['Changes', model.changes.map(({ name }) => ({ name, href: hrefOf(`Mutation.${name}`) }))],
    ['Types', [...model.types.keys()].map((name) => ({ name, href: hrefOf(name) }))],
  ] as const;
  return (
    <>
      <NavLink to="/docs" end className={classes['home']}>How to ask</NavLink>
      {groups.filter(([, list]) => list.length > 0).map(([title, list]) => (
        <details key={title} open={title === 'Queries'}>
          <summary>{title} <span className={classes['kind']}>{list.length}</span></summary>
          <ul>{list.map(({ name, href }) => <li key={name}><NavLink to={href}><code>{name}</code></NavLink></li>)}</ul>
        </details>
      ))}
    </>
  );
}

function Shown({ model, sdl, name }: { model: DocModel; sdl: string; name: string | undefined }) {
  if (name === undefined) return <Welcome model={model} sdl={sdl} />;
  const [root, field] = name.split('.');
  const found = field === undefined ? undefined : (root === 'Query' ? model.queries : model.changes).find((one) => one.name === field);
  if (found && (root === 'Query' || root === 'Mutation')) return <RootFieldEntry root={root} field={found} model={model} />;
  const type = field === undefined ? model.types.get(name) : undefined;
  if (type) return <TypeEntry type={type} model={model} />;
  return <Empty title={`Your schema has no ${name}`} hint="It may have another name, or need a permission that you do not hold." action={<ButtonLink to="/docs">Show all</ButtonLink>} />;
}
