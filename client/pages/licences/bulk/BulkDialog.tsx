import '../../forms/styles';

import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

import type { BulkAction } from '../../../api/generated/graphql';
import { Button } from '../../../ui/Button';
import { ErrorCard, Skeleton } from '../../../ui/states';
import formClasses from '../../forms/forms.module.css';
import { actionWords, emptyDraft, inputOf, licences } from './actions';
import { BulkForm } from './BulkForm';
import classes from './bulk.module.css';
import { MoneyEffect } from './MoneyEffect';
import { PreviewTable } from './PreviewTable';
import { useApply } from './useApply';
import { type Preview, usePreview } from './usePreview';

interface BulkDialogProps {
  action: BulkAction;
  ids: readonly string[];
  onClose(): void;
  onDone(words: string): void;
}

function countsOf({ affected, skipped }: Preview, effect: string): string {
  const [does, is] = [affected === 0 ? 'Nothing' : licences(affected), effect.toLowerCase()];
  return `${does} will be ${is}${skipped > 0 ? `, ${licences(skipped)} left as ${skipped === 1 ? 'it is' : 'they are'}` : ''}.`;
}

/** A bulk action: what it needs to know, what it would do to every row and in money, and doing just that. */
export default function BulkDialog({ action, ids, onClose, onDone }: BulkDialogProps) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [draft, setDraft] = useState(emptyDraft);
  const words = actionWords[action];
  const input = inputOf(action, ids, draft);
  const { preview, error, current, again } = usePreview(input);
  const apply = useApply((affected) => onDone(words.done(affected)), again);
  const token = current ? preview?.token : null;
  const refusals = preview?.userErrors.map(({ message }) => message) ?? [];
  const problems = [...apply.problems, ...refusals];
  const shown = preview && refusals.length === 0 ? preview : null;
  return (
    <Modal
      opened onClose={onClose} title={words.title(ids.length)} size={880} fullScreen={narrow} centered transitionProps={{ duration: 0 }}
      classNames={{ title: formClasses.title, content: formClasses.content }} closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <div className={classes.dialog}>
        {words.lead && <p className={classes.lead}>{words.lead}</p>}
        <BulkForm action={action} draft={draft} onChange={setDraft} />
        {problems.length > 0 && <div className={formClasses.problems} role="alert">{problems.map((text) => <p key={text}>{text}</p>)}</div>}
        {error && input && <ErrorCard what="The preview" error={error} retry={again} />}
        {input && !error && !preview && <Skeleton height={220} />}
        {shown && !error && (
          <div className={classes.preview} data-stale={!current || undefined}>
            <p role="status" className={classes.counts}>{countsOf(shown, words.effect)}</p>
            {shown.money && <MoneyEffect money={shown.money} />}
            <PreviewTable action={action} preview={shown} />
          </div>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose} data-autofocus={action === 'DELETE' || undefined}>Cancel</Button>
          <Button
            kind={action === 'DELETE' ? 'default' : 'primary'} className={action === 'DELETE' ? formClasses.danger : undefined}
            disabled={!token || apply.busy} onClick={() => input && token && void apply.run(input, token)}
          >
            {apply.busy ? 'Working' : shown ? words.verb(shown.affected) : words.button}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
