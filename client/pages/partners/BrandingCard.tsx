import { useId, useState } from 'react';
import { useMutation, useQuery } from 'urql';

import { channel } from '../../api/channel';
import { getFragmentData } from '../../api/generated';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Empty, ErrorCard, Skeleton } from '../../ui/states';
import { EntityDialogs, type Task } from '../forms/EntityDialogs';
import { type Branding, BrandingFields, PartnerBranding, RemoveBranding } from './branding';
import classes from './branding.module.css';
import { BrandingForm } from './BrandingForm';

/** How the partner's portal looks, for administrators: a preview in both schemes, and the way to change it. */
export function BrandingCard({ id }: { id: string }) {
  const labelId = useId();
  const [{ data, error }, read] = useQuery({ query: PartnerBranding, variables: { id } });
  const [, remove] = useMutation(RemoveBranding);
  const [task, setTask] = useState<Task<Branding> | null>(null);
  const again = () => read({ requestPolicy: 'network-only' });
  const partner = data?.partner;
  const branding = getFragmentData(BrandingFields, partner?.branding) ?? undefined;
  return (
    <Card
      labelId={labelId} title="Portal branding" hint="How Seatwise looks to this partner when it signs in. Its companies see none of it."
      action={branding && (
        <>
          <Button onClick={() => setTask({ kind: 'edit', row: branding })}>Change</Button>
          <Button onClick={() => setTask({ kind: 'delete', row: branding })}>Remove</Button>
        </>
      )}
    >
      {error && !data && <ErrorCard what="The branding" error={error} retry={again} />}
      {!error && !data && <Skeleton height={96} />}
      {partner && !branding && (
        <Empty title="The portal looks like Seatwise" action={<Button kind="primary" onClick={() => setTask({ kind: 'add' })}>Set up branding</Button>} />
      )}
      {branding && <Preview branding={branding} />}
      {partner && (
        <EntityDialogs
          noun="branding" task={task} nameOf={(row) => row.displayName} etagOf={(row) => row.etag} onClose={() => setTask(null)} onDone={again}
          form={(row, guard, onSaved) => <BrandingForm partner={partner} branding={row} guard={guard} onCancel={guard.done} onSaved={onSaved} />}
          loses={() => <p>The portal looks like Seatwise again. The name and the accent stay in the audit log, the picture does not.</p>}
          remove={async ({ etag }) => {
            const answer = await remove({ partnerId: id, etag }, channel('FORM'));
            return { error: answer.error, userErrors: answer.data?.removeBranding.userErrors };
          }}
        />
      )}
    </Card>
  );
}

const schemes = ['light', 'dark'] as const;

function Preview({ branding: { displayName, accent, logo, colors } }: { branding: Branding }) {
  return (
    <div className={classes['preview']}>
      {schemes.map((scheme) => (
        <div
          key={scheme} className={classes['pane']} style={{
            colorScheme: scheme,
            ...(colors ? { '--sw-brand': colors[scheme].text, '--sw-brand-solid': colors[scheme].solid, '--sw-selection': colors[scheme].tint } : {}),
          }}
        >
          <span className={classes['head']}>
            {logo ? <img src={logo} alt="" data-scheme={scheme} /> : <span aria-hidden className={classes['tile']}>{[...displayName][0]?.toUpperCase()}</span>}
            {displayName}
          </span>
          <span className={classes['item']}>Overview</span>
          <span className={classes['solid']}>Button</span>
          <span className={classes['hint']}>On {scheme} pages</span>
        </div>
      ))}
      <p className={classes['hint']}>
        {accent ? <>Accent {accent}{colors?.adapted ? ', darkened or lightened where text needs it' : ', as it is'}.</> : 'No accent of its own.'}
      </p>
    </div>
  );
}
