import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';

import { getFragmentData } from '../../api/generated';
import { useCan } from '../../api/session';
import { Button, ButtonLink } from '../../ui/Button';
import { FilterBar } from '../../ui/filters/FilterBar';
import { linkTo } from '../../ui/filters/links';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard } from '../../ui/states';
import { ActivityCard } from '../detail/ActivityCard';
import classes from '../detail/detail.module.css';
import { LicencesCard, UsersCard } from '../detail/OwnerLists';
import { useActivityRange } from '../detail/useActivityRange';
import { useWindow } from '../detail/useWindow';
import { UtilizationFigures } from '../detail/UtilizationFigures';
import { Gone } from '../history/Gone';
import { HistoryCard } from '../history/HistoryCard';
import { CompanyHistory, pickCompanyHistory } from '../history/queries';
import { CompanyCore } from './company';
import { CompanyDialogs, type CompanyTask } from './CompanyDialogs';
import { CompanyActivity, CompanyHead, CompanyLicences, CompanyUsers, pickLicences, pickUsers } from './queries';

/** One company: its figures, activity over time, licences and users. */
export default function CompanyPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const mayWrite = useCan('WRITE_COMPANIES');
  const mayReadActivity = useCan('READ_ACTIVITY');
  const mayReadUsers = useCan('READ_USERS');
  const mayReadHistory = useCan('READ_HISTORY');
  const { asOf, window, words } = useWindow();
  const activity = useActivityRange();
  const [task, setTask] = useState<CompanyTask | null>(null);
  // A new number mounts the lists anew, which reads them again.
  const [version, setVersion] = useState(0);
  const [head, readHead] = useQuery({ query: CompanyHead, variables: { id, asOf, window, activity: mayReadActivity } });
  const [series, readSeries] = useQuery({
    query: CompanyActivity, variables: { id, range: activity.days, interval: activity.interval }, pause: !mayReadActivity,
  });
  const again = { requestPolicy: 'network-only' } as const;
  const refresh = () => {
    readHead(again);
    if (mayReadActivity) readSeries(again);
    setVersion((number) => number + 1);
  };
  const company = getFragmentData(CompanyCore, head.data?.company);
  if (head.error && !head.data) return <Page title="Company"><ErrorCard what="The company" error={head.error} retry={refresh} /></Page>;
  if (head.data && !company) {
    return (
      <Gone kind="Company" id={id} onRestored={refresh}>
        <Page title="Company not found">
          <Empty title="There is no such company" hint="It may have been deleted, or it is not among those you may see." action={<ButtonLink to="/companies">All companies</ButtonLink>} />
        </Page>
      </Gone>
    );
  }
  const rounds = linkTo('/licences', {}, { company: [id] });
  return (
    <Page
      title={company?.name ?? 'Company'}
      lead={company && (
        <span className={classes.lead}>
          Company {company.id}
          {company.partner && <span>Partner: <Link to={`/partners/${company.partner.id}`}>{company.partner.name}</Link></span>}
          {!company.active && <span>Switched off in the portal</span>}
        </span>
      )}
      actions={(
        <>
          <Button onClick={refresh}><IconRefresh aria-hidden size={16} />Refresh</Button>
          {mayWrite && company && (
            <>
              <Button onClick={() => setTask({ kind: 'edit', row: company })}><IconPencil aria-hidden size={16} />Edit</Button>
              <Button onClick={() => setTask({ kind: 'delete', row: company })}><IconTrash aria-hidden size={16} />Delete</Button>
            </>
          )}
        </>
      )}
      filters={mayReadActivity && <FilterBar keys={['window']} />}
    >
      {mayReadActivity && <UtilizationFigures utilization={head.data?.company?.utilization} window={words} rounds={rounds} users="#users" />}
      <div className={classes.cards}>
        {mayReadActivity && (
          <ActivityCard
            owner={company?.name ?? `company ${id}`} activity={activity} points={series.data?.company?.activityOverTime} stale={series.stale}
            error={series.error} retry={() => readSeries(again)}
          />
        )}
        <LicencesCard key={`licences ${version}`} id={id} query={CompanyLicences} pick={pickLicences} rowsHref={rounds} withOwner={false} />
        {mayReadUsers && <div id="users"><UsersCard key={`users ${version}`} id={id} query={CompanyUsers} pick={pickUsers} withCompany={false} /></div>}
        {mayReadHistory && company && <HistoryCard version={`${version} ${company.etag}`} kind="Company" id={id} query={CompanyHistory} pick={pickCompanyHistory} />}
      </div>
      <CompanyDialogs
        task={task} onClose={() => setTask(null)}
        onDone={({ kind }) => (kind === 'delete' ? void navigate('/companies', { replace: true }) : refresh())}
      />
    </Page>
  );
}
