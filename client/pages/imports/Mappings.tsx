import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';

import { Button, IconButton } from '../../ui/Button';
import { Choice } from './Choice';
import classes from './imports.module.css';
import { ConfigureImport, DeleteImportMapping, SaveImportMapping } from './mutations';
import type { Import, Mapping } from './queries';
import type { Act } from './useAct';

interface MappingsProps {
  job: Import;
  mappings: readonly Mapping[];
  act: Act;
  onChange(): void;
}

/** Saved mappings: take one, keep this one, delete one. */
export function Mappings({ job, mappings, act, onChange }: MappingsProps) {
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [done, setDone] = useState('');
  const mapping = mappings.find(({ id }) => id === chosen);
  const load = async (id: string) => {
    setChosen(id);
    const taken = mappings.find((one) => one.id === id);
    if (taken && await act.run(ConfigureImport, { id: job.id, input: { mappingId: id } })) setDone(`The mapping ${taken.name} is in force.`);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || !(await act.run(SaveImportMapping, { name: name.trim(), importId: job.id }))) return;
    setDone(`The mapping ${name.trim()} is saved.`);
    setName('');
    onChange();
  };
  const remove = async () => {
    if (!mapping || !(await act.run(DeleteImportMapping, { id: mapping.id }))) return;
    setDone(`The mapping ${mapping.name} is deleted.`);
    setChosen('');
    onChange();
  };
  return (
    <div className={classes['mappings']}>
      {mappings.length > 0 && (
        <div className={classes['inline']}>
          <Choice
            label="Use a saved mapping" value={mapping ? chosen : ''} disabled={act.busy} onChange={(id) => void load(id)}
            options={[{ value: '', label: 'None' }, ...mappings.map(({ id, name: label }) => ({ value: id, label }))]}
          />
          {mapping && <IconButton label={`Delete the mapping ${mapping.name}`} onClick={() => void remove()}><IconTrash aria-hidden size={16} /></IconButton>}
        </div>
      )}
      <form className={classes['inline']} onSubmit={(event) => void save(event)}>
        <div className={classes['choice']}>
          <label htmlFor="mapping-name">Keep this mapping as</label>
          <input id="mapping-name" value={name} maxLength={100} placeholder="Monthly file of a reseller" onChange={(event) => setName(event.currentTarget.value)} />
        </div>
        <Button type="submit" disabled={name.trim() === '' || act.busy}>Save mapping</Button>
      </form>
      <p role="status" className={done ? classes['hint'] : 'sw-visually-hidden'}>{done}</p>
    </div>
  );
}
