import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
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
import { PartnerHistory, pickPartnerHistory } from '../history/queries';
import { BrandingCard } from './BrandingCard';
import { CompaniesCard } from './CompaniesCard';
import { PartnerCore } from './partner';
import { PartnerDialogs, type PartnerTask } from './PartnerDialogs';
import { PartnerActivity, PartnerHead, PartnerLicences, PartnerUsers, pickLicences, pickUsers } from './queries';

/** One partner: its figures, activity over time, companies, licences and users, all over itself and its companies. */
export default function PartnerPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const mayWrite = useCan('WRITE_PARTNERS');
  const mayReadActivity = useCan('READ_ACTIVITY');
  const mayReadCompanies = useCan('READ_COMPANIES');
  const mayReadUsers = useCan('READ_USERS');
  const mayReadHistory = useCan('READ_HISTORY');
  const mayBrand = useCan('WRITE_BRANDING');
  const { asOf, window, words } = useWindow();
  const activity = useActivityRange();
  const [task, setTask] = useState<PartnerTask | null>(null);
  // A new number mounts the lists anew, which reads them again.
  const [version, setVersion] = useState(0);
  const [head, readHead] = useQuery({ query: PartnerHead, variables: { id, asOf, window, activity: mayReadActivity } });
  const [series, readSeries] = useQuery({
    query: PartnerActivity, variables: { id, range: activity.days, interval: activity.interval }, pause: !mayReadActivity,
  });
  const again = { requestPolicy: 'network-only' } as const;
  const refresh = () => {
    readHead(again);
    if (mayReadActivity) readSeries(again);
    setVersion((number) => number + 1);
  };
  const partner = getFragmentData(PartnerCore, head.data?.partner);
  if (head.error && !head.data) return <Page title="Partner"><ErrorCard what="The partner" error={head.error} retry={refresh} /></Page>;
  if (head.data && !partner) {
    return (
      <Gone kind="Partner" id={id} onRestored={refresh}>
        <Page title="Partner not found">
          <Empty title="There is no such partner" hint="It may have been deleted, or it is not among those you may see." action={<ButtonLink to="/partners">All partners</ButtonLink>} />
        </Page>
      </Gone>
    );
  }
  const rounds = linkTo('/licences', {}, { partner: [id] });
  return (
    <Page
      title={partner?.name ?? 'Partner'}
      lead={partner && `Partner ${partner.id}, with its companies`}
      actions={(
        <>
          <Button onClick={refresh}><IconRefresh aria-hidden size={16} />Refresh</Button>
          {mayWrite && partner && (
            <>
              <Button onClick={() => setTask({ kind: 'edit', row: partner })}><IconPencil aria-hidden size={16} />Edit</Button>
              <Button onClick={() => setTask({ kind: 'delete', row: partner })}><IconTrash aria-hidden size={16} />Delete</Button>
            </>
          )}
        </>
      )}
      filters={mayReadActivity && <FilterBar keys={['window']} />}
    >
      {mayReadActivity && <UtilizationFigures utilization={head.data?.partner?.utilization} window={words} rounds={rounds} users="#users" />}
      <div className={classes.cards}>
        {mayReadActivity && (
          <ActivityCard
            owner={partner?.name ?? `partner ${id}`} activity={activity} points={series.data?.partner?.activityOverTime} stale={series.stale}
            error={series.error} retry={() => readSeries(again)}
          />
        )}
        {mayReadCompanies && <CompaniesCard key={`companies ${version}`} id={id} />}
        <LicencesCard key={`licences ${version}`} id={id} query={PartnerLicences} pick={pickLicences} rowsHref={rounds} withOwner />
        {mayReadUsers && <div id="users"><UsersCard key={`users ${version}`} id={id} query={PartnerUsers} pick={pickUsers} withCompany /></div>}
        {mayBrand && partner && <BrandingCard id={id} />}
        {mayReadHistory && partner && <HistoryCard version={`${version} ${partner.etag}`} kind="Partner" id={id} query={PartnerHistory} pick={pickPartnerHistory} />}
      </div>
      <PartnerDialogs
        task={task} onClose={() => setTask(null)}
        onDone={({ kind }) => (kind === 'delete' ? void navigate('/partners', { replace: true }) : refresh())}
      />
    </Page>
  );
}
