import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useQuery } from 'urql';

import type { DataQualityFilter, DataQualityKind } from '../../api/generated/graphql';
import { useCan } from '../../api/session';
import { useChoice } from '../../reports/frame/useChoice';
import { Button } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { useAsOf, useFilters, useSettledFilters } from '../../ui/filters/state';
import { format } from '../../ui/format';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { Toast, useToast } from '../forms/Toast';
import { KindCard } from './KindCard';
import { KindList } from './KindList';
import { type KindCount, QualityKinds } from './queries';
import classes from './quality.module.css';
import { findingsWord, kindWord } from './words';

/** None: the gravest of which there are findings. */
const kindNames: readonly (DataQualityKind | '')[] = ['', ...(Object.keys(kindWord) as DataQualityKind[])];

/** All findings in a sentence. */
function lead(kinds: readonly KindCount[] | undefined, asOf: string): string {
  const day = `judged on ${format.date(asOf)}`;
  if (!kinds) return `What is wrong or doubtful in the data, ${day}.`;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return `${findingsWord(total, format.integer(total))} of ${format.integer(kinds.filter(({ count }) => count > 0).length)} kinds, ${day}.`;
}

function NothingWrong({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  return (
    <div className={classes['fine']}>
      <IconCircleCheck aria-hidden size={32} stroke={1.5} />
      <p className={classes['fineTitle']}>Nothing is wrong</p>
      <p>{filtered ? 'No row of these owners is wrong or doubtful in any way that Seatwise knows.' : 'No row is wrong or doubtful in any way that Seatwise knows.'}</p>
      {filtered && <Button onClick={onClear}>Look at all owners</Button>}
    </div>
  );
}

function Quality() {
  const asOf = useAsOf();
  const [, setFilters] = useFilters();
  const { partner, company } = useSettledFilters();
  const filter = useMemo((): DataQualityFilter | null => {
    const owners = { ...(partner.length > 0 && { partnerIds: partner }), ...(company.length > 0 && { companyIds: company }) };
    return Object.keys(owners).length > 0 ? owners : null;
  }, [partner, company]);
  const [{ data, error, fetching, stale }, read] = useQuery({ query: QualityKinds, variables: { filter, asOf } });
  const [wanted, choose] = useChoice<DataQualityKind | ''>('kind', kindNames, '');
  const [toast, say] = useToast();
  const kinds = data?.dataQuality.kinds;
  const rows = useRef<HTMLDivElement>(null);
  /** On a phone the rows stand below all kinds, out of sight. */
  const show = (kind: DataQualityKind) => {
    choose(kind);
    const { top = 0 } = rows.current?.getBoundingClientRect() ?? {};
    if (top > window.innerHeight / 2) rows.current?.scrollIntoView({ block: 'start' });
  };
  const reload = () => read({ requestPolicy: 'network-only' });
  const nothing = kinds?.every(({ count }) => count === 0) === true;
  const chosen = kinds?.find(({ kind }) => kind === wanted) ?? kinds?.find(({ count }) => count > 0);
  return (
    <Page
      title="Data quality"
      lead={lead(kinds, asOf)}
      actions={<Button onClick={reload}><IconRefresh aria-hidden size={16} />Refresh</Button>}
      filters={<FilterBar keys={['partner', 'company']} />}
    >
      {error && !kinds && <ErrorCard what="The state of the data" error={error} retry={reload} />}
      {!kinds && fetching && <Skeleton height={480} />}
      {nothing && <NothingWrong filtered={filter !== null} onClear={() => setFilters({ partner: null, company: null })} />}
      {kinds && chosen && !nothing && (
        <div className={classes['columns']} aria-busy={stale || fetching}>
          <KindList kinds={kinds} chosen={chosen.kind} onChoose={show} />
          <div ref={rows} className={classes['rows']}>
            <KindCard
              key={chosen.kind} line={chosen} filter={filter} asOf={asOf}
              onChanged={(words) => {
                if (words) say(words);
                // The kind stays in view with what is left of it.
                choose(chosen.kind);
                reload();
              }}
            />
          </div>
        </div>
      )}
      <Toast text={toast} />
    </Page>
  );
}

/** What is wrong or doubtful in the data: kinds with their counts, the rows of one, and fixes where the right value is certain. */
export default function QualityPage() {
  const mayRead = useCan('READ_QUALITY');
  if (!mayRead) return <Page title="Data quality"><Empty title="Your role does not include data quality" hint="An administrator can change that." /></Page>;
  return <Quality />;
}
