import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';

import { getFragmentData, graphql } from '../../api/generated';
import { useCan } from '../../api/session';
import { Button, ButtonLink } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Page } from '../../ui/Page';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import classes from '../detail/detail.module.css';
import { useWindow } from '../detail/useWindow';
import { Toast, useToast } from '../forms/Toast';
import { Gone } from '../history/Gone';
import { LicenceHistoryCard } from '../history/LicenceHistoryCard';
import { UtilizationFigures } from '../detail/UtilizationFigures';
import { LicenceDialogs, type LicenceTask } from './LicenceDialogs';
import { LicenceFacts } from './LicenceFacts';
import { LicenceRow, licenceName, ownerHref } from './licenceRow';
import { OwnerTimeline } from './OwnerTimeline';

const LicenceDetail = graphql(`
  query LicenceDetail($id: ID!, $asOf: Date, $window: Int, $money: Boolean!, $activity: Boolean!) {
    license(id: $id) {
      ...LicenceRow
      inForce(asOf: $asOf)
      totalCost @include(if: $money) {
        amount
        currency
      }
      totalCostDisagrees @include(if: $money)
      utilization(windowDays: $window, asOf: $asOf) @include(if: $activity) {
        ...UtilizationParts
      }
    }
  }
`);

/** One licence round: its terms, its owner's figures, and the owner's other rounds on a timeline. */
export default function LicencePage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const money = useCan('READ_MONEY');
  const activity = useCan('READ_ACTIVITY');
  const mayWrite = useCan('WRITE_LICENSES');
  const mayReadHistory = useCan('READ_HISTORY');
  const [toast, say] = useToast();
  const { asOf, window, words } = useWindow();
  const [task, setTask] = useState<LicenceTask | null>(null);
  const [result, read] = useQuery({ query: LicenceDetail, variables: { id, asOf, window, money, activity } });
  const refresh = () => read({ requestPolicy: 'network-only' });
  const detail = result.data?.license;
  const licence = getFragmentData(LicenceRow, detail);
  if (result.error && !result.data) return <Page title="Licence"><ErrorCard what="The licence" error={result.error} retry={refresh} /></Page>;
  if (result.data && !licence && !task) {
    return (
      <Gone kind="License" id={id} onRestored={refresh}>
        <Page title="Licence not found">
          <Empty title="There is no such licence" hint="It may have been deleted, or it is not among those you may see." action={<ButtonLink to="/licences">All licences</ButtonLink>} />
        </Page>
      </Gone>
    );
  }
  const href = ownerHref(licence?.owner);
  return (
    <Page
      title={licence ? licenceName(licence) : 'Licence'}
      lead={licence && (
        <span className={classes.lead}>Licence {licence.id}{href && <span>Owner: <Link to={href}>{licence.owner?.name}</Link></span>}</span>
      )}
      actions={(
        <>
          <Button onClick={refresh}><IconRefresh aria-hidden size={16} />Refresh</Button>
          {mayWrite && licence && (
            <>
              <Button onClick={() => setTask({ kind: 'edit', row: licence })}><IconPencil aria-hidden size={16} />Edit</Button>
              <Button onClick={() => setTask({ kind: 'delete', row: licence })}><IconTrash aria-hidden size={16} />Delete</Button>
            </>
          )}
        </>
      )}
    >
      <div className={classes.cards}>
        <Card title="Terms" labelId="terms">
          {licence ? (
            <LicenceFacts licence={licence} total={detail?.totalCost} disagrees={detail?.totalCostDisagrees === true} />
          ) : <Skeleton height={120} />}
        </Card>
        {activity && licence?.owner && href && (
          <section className={classes.section}>
            <div>
              <h2>How {licence.owner.name} uses its seats</h2>
              <p>All rounds of the owner in force are pooled; a user counts once.</p>
            </div>
            <UtilizationFigures utilization={detail?.utilization} window={words} rounds={href} users={href} />
          </section>
        )}
        {licence?.owner && <OwnerTimeline owner={licence.owner} />}
        {mayReadHistory && licence && (
          <LicenceHistoryCard licence={licence} onChanged={(words) => { say(words); refresh(); }} />
        )}
      </div>
      <Toast text={toast} />
      <LicenceDialogs
        task={task} onClose={() => setTask(null)}
        onDone={({ kind }) => (kind === 'delete' ? void navigate('/licences', { replace: true }) : refresh())}
      />
    </Page>
  );
}
