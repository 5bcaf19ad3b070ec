import { useMemo, useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';

import { useCan, useViewer } from '../../api/session';
import { ButtonLink } from '../../ui/Button';
import { useAsOf } from '../../ui/filters/state';
import { type Connection, type PageVariables, usePages } from '../../ui/grid/usePages';
import { ExportMenu } from '../../ui/grid/ExportMenu';
import type { Sort } from '../../ui/grid/types';
import { useExport } from '../../ui/grid/useExport';
import { useServerExport } from '../../ui/grid/useServerExport';
import { licenceColumns } from '../licences/columns';
import { type Licence, licenceHref } from '../licences/licenceRow';
import { ListCard } from './ListCard';
import { type User, userColumns, usersByName } from './users';

interface OwnerListProps<Data, Variables extends AnyVariables & PageVariables, Node> {
  id: string;
  query: TypedDocumentNode<Data, Variables>;
  pick(data: Data): Connection<Node> | null | undefined;
}

type OwnVariables = { id: string; orderBy: Sort; asOf: string };

const endingLast: Sort = { field: 'END_DATE', direction: 'DESC' };

/** The licence rounds of one owner. */
export function LicencesCard<Data, Variables extends AnyVariables & PageVariables>(
  { id, query, pick, rowsHref, withOwner }: OwnerListProps<Data, Variables, Licence> & { rowsHref: string; withOwner: boolean },
) {
  const money = useCan('READ_MONEY');
  const asOf = useAsOf();
  const [sort, setSort] = useState<Sort>(endingLast);
  const columns = useMemo(() => {
    const all = licenceColumns(money).filter((column) => !column.optional);
    // Where every row has the same owner the product leads, and the id opens the round.
    return withOwner ? all : all.filter((column) => column.key !== 'owner').map((column) => (column.key === 'product' ? { ...column, frozen: true, card: 'title' as const } : column));
  }, [money, withOwner]);
  const variables: OwnVariables & { money: boolean } = { id, orderBy: sort, asOf, money };
  const owner = withOwner ? 'partner' : 'company';
  const file = useServerExport({ list: 'licenses', name: `licences of ${owner} ${id}`, filter: { [owner]: { in: [id] } }, orderBy: sort, asOf });
  const pages = usePages(query, variables as unknown as Omit<Variables, keyof PageVariables>, pick);
  return (
    <ListCard
      title="Licences" columns={columns} pages={pages} rowKey={(row) => row.id} rowHref={licenceHref} sort={sort}
      onSort={(next) => setSort(next ?? endingLast)} empty="No licence rounds" action={<><ExportMenu {...file} of="Licences" /><ButtonLink to={rowsHref}>Open in Licences</ButtonLink></>}
    />
  );
}

/** The registered users of one owner. */
export function UsersCard<Data, Variables extends AnyVariables & PageVariables>(
  { id, query, pick, withCompany }: OwnerListProps<Data, Variables, User> & { withCompany: boolean },
) {
  const activity = useCan('READ_ACTIVITY');
  const asOf = useAsOf();
  const { settings } = useViewer();
  const [sort, setSort] = useState<Sort>(usersByName);
  const columns = useMemo(() => userColumns(settings.timezone, activity, withCompany), [settings.timezone, activity, withCompany]);
  const variables: OwnVariables & { activity: boolean } = { id, orderBy: sort, asOf, activity };
  const asked = variables as unknown as Omit<Variables, keyof PageVariables>;
  const pages = usePages(query, asked, pick);
  const ofCompany = useServerExport({ list: 'users', name: `users of company ${id}`, filter: { company: { in: [id] } }, orderBy: sort });
  // The server's list knows users by their company only.
  const ofPartner = useExport({ query, variables: asked, pick, columns, name: `users of partner ${id} ${settings.today}` });
  const file = withCompany ? ofPartner : ofCompany;
  return (
    <ListCard
      title="Users" action={<ExportMenu {...file} of="Users" />} columns={columns} pages={pages} rowKey={(row) => row.id} sort={sort} onSort={(next) => setSort(next ?? usersByName)}
      empty="No registered users"
    />
  );
}
