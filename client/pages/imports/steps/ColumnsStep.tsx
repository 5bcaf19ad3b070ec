import { useQuery } from 'urql';

import { getFragmentData } from '../../../api/generated';
import type { ImportColumnInput } from '../../../api/generated/graphql';
import { Button, ButtonLink } from '../../../ui/Button';
import { Card } from '../../../ui/Card';
import { Skeleton } from '../../../ui/states';
import { ColumnLine } from '../ColumnLine';
import classes from '../imports.module.css';
import { Mappings } from '../Mappings';
import { CheckImport, ConfigureImport } from '../mutations';
import { Notice } from '../Notice';
import { type Field, ImportFieldFields, ImportFieldsQuery, ImportMappingFields } from '../queries';
import { isMapped } from '../steps';
import { isOpen } from '../words';
import type { StepProps } from './types';

/** The owner is one of two fields, and one of them is enough. */
function missingWords(missing: readonly { name: string; label: string }[]): string[] {
  const owners = missing.filter(({ name }) => name === 'company' || name === 'partner');
  const labels = missing.filter((field) => owners.length < 2 || !owners.includes(field)).map(({ label }) => label);
  return owners.length < 2 ? labels : [owners.map(({ label }) => label).join(' or '), ...labels];
}

function Open({ job }: Pick<StepProps, 'job'>) {
  const ambiguous = job.columns.filter((column) => column.field != null && column.ambiguous);
  if (job.missingFields.length === 0 && ambiguous.length === 0) return <Notice tone="good"><p>Every required field has a column. Look at the suggestions, then check the file.</p></Notice>;
  return (
    <Notice tone="doubt">
      {job.missingFields.length > 0 && <p>Still without a column: <strong>{missingWords(job.missingFields).join(', ')}</strong>.</p>}
      {ambiguous.length > 0 && <p>{ambiguous.length === 1 ? 'One column' : `${ambiguous.length} columns`} can be read in several ways. Choose the format of <strong>{ambiguous.map(({ name }) => name).join(', ')}</strong>.</p>}
    </Notice>
  );
}

function Definitions({ fields }: { fields: readonly Field[] }) {
  return (
    <details className={classes['definitions']}>
      <summary>What the fields mean</summary>
      <dl>{fields.map(({ name, label, description }) => <div key={name}><dt>{label}</dt><dd>{description}</dd></div>)}</dl>
    </details>
  );
}

/** What each column of the file means: suggested by its name, chosen by a person, kept under a name for the next file. */
export function ColumnsStep({ job, act, goTo }: StepProps) {
  const [{ data }, again] = useQuery({ query: ImportFieldsQuery, variables: { subject: job.subject } });
  const fields = getFragmentData(ImportFieldFields, data?.importFields ?? []);
  const mappings = getFragmentData(ImportMappingFields, data?.importMappings ?? []);
  const fixed = !isOpen(job);
  const set = (column: ImportColumnInput) => void act.run(ConfigureImport, { id: job.id, input: { columns: [column] } });
  const check = async () => {
    if (await act.run(CheckImport, { id: job.id })) goTo('check');
  };
  return (
    <Card labelId="step" title="What do the columns mean?" hint="A column without a field is left out. Dates and numbers are read in one declared way per column, never guessed per cell.">
      <div className={classes['step']}>
        {!fixed && <Open job={job} />}
        {!fixed && <Mappings job={job} mappings={mappings} act={act} onChange={() => again({ requestPolicy: 'network-only' })} />}
        {!data && <Skeleton height={320} />}
        {data && (
          <table className={classes['columns']} aria-label="Columns of the file">
            <thead><tr><th scope="col">In the file</th><th scope="col">First values</th><th scope="col">Field</th><th scope="col">Written as</th></tr></thead>
            <tbody>{job.columns.map((column) => <ColumnLine key={column.index} column={column} columns={job.columns} fields={fields} fixed={fixed} onSet={set} />)}</tbody>
          </table>
        )}
        {fields.length > 0 && <Definitions fields={fields} />}
        <div className={classes['steps']}>
          <ButtonLink to="?step=read">Back</ButtonLink>
          {fixed
            ? <ButtonLink to="?step=check">See the check</ButtonLink>
            : <Button kind="primary" disabled={!isMapped(job) || act.busy} onClick={() => void check()}>Check the file</Button>}
        </div>
      </div>
    </Card>
  );
}
