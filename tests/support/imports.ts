import type { TestApp } from './app.js';

/** What the tests look at of an import. */
export const JOB = `id subject state fileName byteSize createdBy failure undoable createMissingCompanies committedAt
  reading { encoding delimiter headerRow doubtful } columns { index name field suggested dateFormat numberFormat ambiguous } sample
  missingFields { name } progress { rows totalRows share }
  check {
    rows new changed unchanged duplicates errorRows newCompanies money { currency before { amount } after { amount } }
    reasons { column code message count values { value count suggestions { id name } } }
    errors(first: 500) { totalCount nodes { row column value code message } }
    preview { row targetId changes { field before after afterLabel } }
  }`;

type Subject = 'LICENSES' | 'COMPANIES' | 'PARTNERS';
/** What an import needs of an app, which may be a second instance. */
export type ImportingApp = Pick<TestApp, 'url' | 'ask'>;

/** Sends a file as the administrator does; the answer as it comes. */
export async function send(app: TestApp, body: string | Uint8Array, { subject = 'LICENSES', account = 'admin', headers = {}, url = app.url }: { subject?: string; account?: string | null; headers?: Record<string, string>; url?: string } = {}) {
  const authorization: Record<string, string> = account === null ? {} : { authorization: `Bearer ${await app.tokenOf(account)}` };
  const response = await fetch(`${url}/imports?subject=${subject}&fileName=file.csv`, { method: 'POST', body: body as string, headers: { ...authorization, ...headers } });
  return { status: response.status, body: (await response.json()) as any };
}

/** Runs a mutation of imports and expects that nothing speaks against it. */
export async function importing(app: ImportingApp, call: string): Promise<any> {
  const { data, errors } = await app.ask('admin', `mutation { result: ${call} { job { ${JOB} } userErrors { field code message } } }`);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.result;
}

export async function jobOf(app: ImportingApp, id: string): Promise<any> {
  const { data, errors } = await app.ask('admin', `query($id: ID!) { importJob(id: $id) { ${JOB} } }`, { id });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.importJob;
}

/** The import once no step of it runs any more. */
export async function settled(app: ImportingApp, id: string, seconds = 20): Promise<any> {
  for (const until = Date.now() + seconds * 1000; ; ) {
    const { data } = await app.ask('admin', `query($id: ID!) { importJob(id: $id) { state } }`, { id });
    if (!['UPLOADING', 'CHECKING', 'COMMITTING', 'UNDOING'].includes(data.importJob.state)) return jobOf(app, id);
    if (Date.now() > until) throw new Error(`The import is still ${data.importJob.state}.`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** Runs a step to its end. */
export async function step(app: ImportingApp, name: 'checkImport' | 'commitImport' | 'undoImport', id: string): Promise<any> {
  const { userErrors } = await importing(app, `${name}(id: "${id}")`);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return settled(app, id);
}

/** Sends a file and checks it, with companies created where told. */
export async function checked(app: TestApp, body: string | Uint8Array, { subject = 'LICENSES', configure }: { subject?: Subject; configure?: string } = {}): Promise<any> {
  const sent = await send(app, body, { subject });
  if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
  if (configure !== undefined) {
    const { userErrors } = await importing(app, `configureImport(id: "${sent.body.id}", input: { ${configure} })`);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  }
  return step(app, 'checkImport', sent.body.id);
}

/** Sends a file, checks it and writes it. */
export async function imported(app: TestApp, body: string | Uint8Array, options: { subject?: Subject; configure?: string } = {}): Promise<any> {
  const { id } = await checked(app, body, options);
  return step(app, 'commitImport', id);
}

/** Counts of a check in one line: rows, new, changed, unchanged, duplicates, rows with errors. */
export function counts({ check }: any): number[] {
  return [check.rows, check.new, check.changed, check.unchanged, check.duplicates, check.errorRows];
}
