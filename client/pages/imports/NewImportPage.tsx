import { IconDownload } from '@tabler/icons-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';

import { download } from '../../api/download';
import type { ImportSubject } from '../../api/generated/graphql';
import { useCan, useViewer } from '../../api/session';
import { Button, ButtonLink } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { saveFile } from '../../ui/files';
import { format } from '../../ui/format';
import { Page } from '../../ui/Page';
import { Segmented } from '../../ui/Segmented';
import { Empty } from '../../ui/states';
import { DropZone } from './DropZone';
import classes from './imports.module.css';
import { Notice } from './Notice';
import { Stepper } from './Stepper';
import { clearUpload, startUpload, stopUpload, type Upload, useUpload } from './upload';
import { subjectWord, timeLeft } from './words';

const subjects = ['LICENSES', 'COMPANIES', 'PARTNERS'] as const satisfies readonly ImportSubject[];
const options = subjects.map((value) => ({ value, label: subjectWord[value].title }));

function Sending({ upload }: { upload: Extract<Upload, { kind: 'sending' }> }) {
  const { name, sent, size, secondsLeft } = upload;
  const share = size === 0 ? 1 : sent / size;
  // The last byte has left, but the server still looks at the file.
  const words = share >= 1 ? 'Looking at the file' : `${format.percent(share)} · ${format.bytes(sent)} of ${format.bytes(size)} · ${timeLeft(secondsLeft)}`;
  return (
    <div className={classes['progress']}>
      <p><strong>{name}</strong></p>
      <progress aria-label={`Upload of ${name}`} max={1} {...(share >= 1 ? {} : { value: share })} />
      <p>{words}</p>
      <div className={classes['buttons']}><Button onClick={stopUpload}>Cancel the upload</Button></div>
    </div>
  );
}

function File({ subject }: { subject: ImportSubject }) {
  const { settings } = useViewer();
  const navigate = useNavigate();
  const upload = useUpload();
  const [problem, setProblem] = useState('');
  const limit = format.bytes(settings.importMaxMegabytes * 1_048_576);
  useEffect(() => {
    if (upload.kind !== 'done') return;
    clearUpload();
    void navigate(`/imports/${upload.id}?step=read`, { replace: true });
  }, [upload, navigate]);

  const take = (file: globalThis.File) => {
    clearUpload();
    if (file.size > settings.importMaxMegabytes * 1_048_576) setProblem(`${file.name} is ${format.bytes(file.size)}; the limit is ${limit}. Split it, then import the parts.`);
    else {
      setProblem('');
      void startUpload(file, subject);
    }
  };
  const template = async () => {
    try {
      saveFile(`${subjectWord[subject].many} template.csv`, await download(`/imports/template/${subject}.csv`, () => {}, new AbortController().signal));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The template could not be downloaded.');
    }
  };
  if (upload.kind === 'sending') return <Sending upload={upload} />;
  const refused = upload.kind === 'refused' ? `${upload.name} was not taken in. ${upload.words}` : problem;
  return (
    <>
      {refused && <Notice tone="bad" alert><p>{refused}</p></Notice>}
      <DropZone title="Drop a file here, or choose one" onFile={take}>
        CSV or other text with a delimiter, at most {limit} and 1,000 columns. Encoding and delimiter are found out. Nothing is written before you have seen what would change.
      </DropZone>
      <div className={classes['buttons']}><Button onClick={() => void template()}><IconDownload aria-hidden size={16} />Template for {subjectWord[subject].many}</Button></div>
    </>
  );
}

/** The first step of an import: a file, and what it holds. */
export default function NewImportPage() {
  const may = useCan('IMPORT_DATA');
  const upload = useUpload();
  const [subject, setSubject] = useQueryState('subject', parseAsStringLiteral(subjects).withDefault('LICENSES'));
  if (!may) return <Page title="New import"><Empty title="Your role does not include imports" hint="An administrator can change that." /></Page>;
  return (
    <Page title="New import" lead="One file, all of it or nothing." actions={<ButtonLink kind="subtle" to="/imports">All imports</ButtonLink>}>
      <Stepper job={null} current="file" />
      <Card labelId="file" title="Which file?">
        <div className={classes['step']}>
          {upload.kind !== 'sending' && (
            <div className={classes['labelled']}>
              <span aria-hidden>It holds</span>
              <Segmented label="It holds" options={options} value={subject} onChange={(next) => void setSubject(next)} />
            </div>
          )}
          <File subject={subject} />
        </div>
      </Card>
    </Page>
  );
}
