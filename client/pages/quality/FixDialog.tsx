import '../forms/styles';

import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../api/channel';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { format } from '../../ui/format';
import { ErrorCard, Skeleton } from '../../ui/states';
import forms from '../forms/forms.module.css';
import { type Finding, FixFindings } from './queries';
import classes from './quality.module.css';
import { type FindingsQuestion, mostAtOnce, useFixable } from './useFixable';
import { findingsWord, fixWords, kindWord, subjectOf } from './words';

const columns = [
  { key: 'what', header: 'What', value: (finding: Finding) => subjectOf(finding).name },
  { key: 'owner', header: 'Owner', value: (finding: Finding) => finding.owner?.name ?? null },
  { key: 'fix', header: 'What is set', value: fixWords },
];

/** What the server refused, each reason once with the rows that it is about. */
function refusals(errors: readonly { field: readonly string[]; message: string }[], findings: readonly Finding[]): string[] {
  const about = new Map<string, string[]>();
  for (const { field: [, index], message } of errors) {
    const finding = index === undefined ? undefined : findings[Number(index)];
    about.set(message, [...(about.get(message) ?? []), ...(finding ? [subjectOf(finding).name] : [])]);
  }
  return [...about].map(([message, names]) => (names.length === 0 ? message : `${message} (${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${format.integer(names.length - 10)} more` : ''})`));
}

interface FixDialogProps {
  question: FindingsQuestion;
  /** One finding; absent: all of the kind. */
  one?: Finding | undefined;
  onClose(): void;
  onFixed(words: string): void;
  /** Something else than what is shown holds now. */
  onRefused(): void;
}

/** Shows what would be set, row by row, and sets it when told to: all of it or nothing. */
export default function FixDialog({ question, one, onClose, onFixed, onRefused }: FixDialogProps) {
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const all = useFixable(question, one === undefined);
  const [, fix] = useMutation(FixFindings);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const { findings, uncertain, more } = one ? { findings: [one], uncertain: 0, more: false } : (all.fixable ?? { findings: [], uncertain: 0, more: false });
  const loading = !one && !all.fixable && !all.error;
  const count = findingsWord(findings.length, format.integer(findings.length));

  const run = async () => {
    setBusy(true);
    const { data, error } = await fix({ kind: question.kind, findingIds: findings.map(({ id }) => id) }, channel('QUALITY'));
    setBusy(false);
    const answer = data?.fixDataQuality;
    if (!answer) return setProblems([`Nothing was fixed. ${error?.graphQLErrors[0]?.message ?? 'The server did not answer. Try again.'}`]);
    if (answer.userErrors.length === 0) return onFixed(`${findingsWord(answer.fixed, format.integer(answer.fixed))} fixed`);
    setProblems(['Nothing was fixed. Close this and look at the findings as they are now.', ...refusals(answer.userErrors, findings)]);
    return onRefused();
  };

  return (
    <Modal
      opened onClose={onClose} title={`Fix: ${kindWord[question.kind].toLowerCase()}`} size={760} fullScreen={narrow} centered transitionProps={{ duration: 0 }}
      classNames={{ title: forms.title, content: forms.content }} closeButtonProps={{ 'aria-label': 'Close' }} attributes={{ header: { role: 'none' } }}
    >
      <div className={forms.dialog}>
        {loading && <Skeleton height={220} />}
        {all.error && <ErrorCard what="The findings" error={all.error} />}
        {!loading && !all.error && (
          <>
            <p>
              {findings.length === 0 ? 'No finding has a value that is certain.' : `The value that is certain is set in ${count}, in your name. The history keeps what was there before.`}
              {uncertain > 0 && ` ${findingsWord(uncertain, format.integer(uncertain))} without a certain value ${uncertain === 1 ? 'is' : 'are'} left as ${uncertain === 1 ? 'it is' : 'they are'}.`}
              {more && ` There are more: at most ${format.integer(mostAtOnce)} are fixed at once.`}
            </p>
            {findings.length > 0 && <div className={classes['preview']}><DataTable columns={columns} rows={findings} rowKey={({ id }) => id} caption="What is set" maxHeight={360} /></div>}
          </>
        )}
        {problems.length > 0 && <div className={forms.problems} role="alert">{problems.map((text) => <p key={text}>{text}</p>)}</div>}
        <div className={forms.dialogFoot}>
          <Button onClick={onClose} data-autofocus>Cancel</Button>
          <Button kind="primary" disabled={busy || findings.length === 0 || problems.length > 0} onClick={() => void run()}>{busy ? 'Fixing' : `Fix ${findings.length === 0 ? '' : count}`.trim()}</Button>
        </div>
      </div>
    </Modal>
  );
}
