import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';

/** `npm run import -- file.csv`: sends a file to a running server, shows what it would do, and writes it when told to. */
const usage = `npm run import -- file.csv [options]
  --subject licenses|companies|partners   what the file holds; default: licenses
  --mapping <name>                        take columns and formats of a saved mapping
  --date-format YMD|DMY|MDY|D_MONTH_Y|SERIAL, --number-format POINT|COMMA
                                          how dates and numbers are written, for all columns of that kind
  --create-companies                      create companies that are not known
  --errors <file.csv>                     write the errors there
  --yes                                   write the rows without asking
  --url <address>                         the server; default: SEATWISE_URL or http://127.0.0.1:4000
Who imports: SEATWISE_EMAIL and SEATWISE_PASSWORD in the environment, or asked for.`;

const LOOK_AGAIN_MS = 250;
const SHOWN_REASONS = 20;
const JOB = `id state failure missingFields { label } columns { index name field ambiguous } progress { rows totalRows share }
  check { rows new changed unchanged duplicates errorRows newCompanies reasons { column message count values { value count suggestions { id name } } } }`;

class Stopped extends Error {}

const options = readOptions();
try {
  await main();
} catch (error) {
  console.error(error instanceof Stopped ? error.message : unexpected(error));
  process.exitCode = 1;
}

async function main() {
  const session = await signIn();
  const id = await upload(session);
  await configure(session, id);
  refuseUnready(await jobOf(session, id));
  await mutation(session, `checkImport(id: "${id}")`);
  const checked = await followed(session, id, 'Checking');
  if (checked.state !== 'CHECKED') throw new Stopped(checked.failure ?? `The import is ${checked.state}.`);
  console.log(summary(checked.check));
  if (options.errors !== undefined) await saveErrors(session, id);
  if (checked.check.errorRows > 0) throw new Stopped(`${reasons(checked.check)}\nNothing was written. The import has the number ${id}; it can be gone on with in the client.`);
  if (checked.check.new + checked.check.changed === 0) return console.log('Nothing to write: everything is there already.');
  if (!(await confirmed())) throw new Stopped(`Nothing was written. The import has the number ${id}.`);
  await mutation(session, `commitImport(id: "${id}")`);
  const written = await followed(session, id, 'Writing');
  if (written.state !== 'COMMITTED') throw new Stopped(written.failure ?? `The import is ${written.state}.`);
  console.log(`Written. To take it back: undoImport(id: "${id}"), or in the client under Imports.`);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        subject: { type: 'string', default: 'licenses' }, mapping: { type: 'string' }, 'date-format': { type: 'string' }, 'number-format': { type: 'string' },
        'create-companies': { type: 'boolean', default: false }, errors: { type: 'string' }, yes: { type: 'boolean', default: false },
        url: { type: 'string', default: process.env.SEATWISE_URL ?? 'http://127.0.0.1:4000' },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('Name one file.');
    return { ...values, file, subject: oneOf('subject', values.subject.toUpperCase(), ['LICENSES', 'COMPANIES', 'PARTNERS']),
      dateFormat: oneOf('date-format', values['date-format'], ['YMD', 'DMY', 'MDY', 'D_MONTH_Y', 'SERIAL']),
      numberFormat: oneOf('number-format', values['number-format'], ['POINT', 'COMMA']), size: statSync(file).size };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

function oneOf(name, value, known) {
  if (value !== undefined && !known.includes(value)) throw new Error(`--${name} is one of ${known.join(', ').toLowerCase()}.`);
  return value;
}

/** A session that signs in again when its token has run out: a million rows may take longer. */
async function signIn() {
  const email = process.env.SEATWISE_EMAIL ?? (await asked('E-mail: '));
  const password = process.env.SEATWISE_PASSWORD ?? (await asked('Password: ', true));
  const session = { token: null };
  session.renew = async () => {
    session.token = null;
    const { signIn: signed } = await graphql(session, 'mutation($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }', { input: { email, password } });
    if (signed.accessToken === null) throw new Stopped(signed.userErrors[0]?.message ?? 'The sign-in failed.');
    session.token = signed.accessToken;
  };
  await session.renew();
  return session;
}

async function asked(question, hidden = false) {
  if (!process.stdin.isTTY) throw new Stopped('Give SEATWISE_EMAIL and SEATWISE_PASSWORD in the environment.');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // What is typed after the question does not show.
  if (hidden) lines._writeToOutput = (text) => { if (text.startsWith(question)) process.stdout.write(question); };
  const answer = await lines.question(question);
  lines.close();
  if (hidden) process.stdout.write('\n');
  return answer;
}

async function graphql(session, query, variables = {}) {
  const response = await fetch(`${options.url}/graphql`, {
    method: 'POST', body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json', ...(session.token === null ? {} : { authorization: `Bearer ${session.token}` }) },
  });
  const { data, errors } = await response.json();
  if (errors?.[0]?.extensions?.code === 'UNAUTHENTICATED' && session.token !== null) {
    await session.renew();
    return graphql(session, query, variables);
  }
  if (errors !== undefined) throw new Stopped(errors.map(({ message }) => message).join('\n'));
  return data;
}

async function mutation(session, call, variables = {}, declared = '') {
  const { result } = await graphql(session, `mutation${declared} { result: ${call} { job { ${JOB} } userErrors { message } } }`, variables);
  if (result.userErrors.length > 0) throw new Stopped(result.userErrors.map(({ message }) => message).join('\n'));
  return result.job;
}

async function jobOf(session, id) {
  return (await graphql(session, `query($id: ID!) { importJob(id: $id) { ${JOB} } }`, { id })).importJob;
}

async function upload(session) {
  const bar = progressBar('Sending');
  let sent = 0;
  const bytes = Readable.from((async function* () {
    for await (const chunk of createReadStream(options.file)) {
      yield chunk;
      sent += chunk.length;
      bar.update(share(sent / Math.max(options.size, 1)), { rows: `${Math.round(sent / 1048576)} MB` });
    }
  })());
  try {
    const response = await fetch(`${options.url}/imports?subject=${options.subject}&fileName=${encodeURIComponent(basename(options.file))}`, {
      method: 'POST', body: bytes, duplex: 'half', headers: { authorization: `Bearer ${session.token}`, 'content-type': 'text/csv' },
    });
    const { id, errors } = await response.json();
    if (errors !== undefined) throw new Stopped(errors.map(({ message }) => message).join('\n'));
    return id;
  } finally {
    bar.stop();
  }
}

async function configure(session, id) {
  const input = { createMissingCompanies: options['create-companies'] };
  if (options.mapping !== undefined) {
    const { importMappings } = await graphql(session, 'query($subject: ImportSubject!) { importMappings(subject: $subject) { id name } }', { subject: options.subject });
    const mapping = importMappings.find(({ name }) => name === options.mapping);
    if (mapping === undefined) throw new Stopped(`There is no mapping “${options.mapping}”. There are: ${importMappings.map(({ name }) => name).join(', ') || 'none'}.`);
    input.mappingId = mapping.id;
  }
  const configured = await change(session, id, input);
  if (options.dateFormat === undefined && options.numberFormat === undefined) return;
  const { importFields } = await graphql(session, 'query($subject: ImportSubject!) { importFields(subject: $subject) { name kind } }', { subject: options.subject });
  const kindOf = new Map(importFields.map(({ name, kind }) => [name, kind]));
  const columns = configured.columns.flatMap(({ index, field }) => {
    if (options.dateFormat !== undefined && kindOf.get(field) === 'DATE') return [{ index, dateFormat: options.dateFormat }];
    return options.numberFormat !== undefined && ['INTEGER', 'DECIMAL'].includes(kindOf.get(field)) ? [{ index, numberFormat: options.numberFormat }] : [];
  });
  await change(session, id, { columns });
}

function change(session, id, input) {
  return mutation(session, 'configureImport(id: $id, input: $input)', { id, input }, '($id: ID!, $input: ConfigureImportInput!)');
}

function refuseUnready({ failure, columns, missingFields }) {
  if (columns.length === 0) throw new Stopped(failure ?? 'The file has no columns.');
  const ambiguous = columns.filter((column) => column.ambiguous).map(({ name }) => name);
  const lines = [
    ...(missingFields.length > 0 ? [`No column fills ${missingFields.map(({ label }) => label).join(', ')}. Columns: ${columns.map(({ name, field }) => `${name}${field === null ? '' : ` (${field})`}`).join(', ')}.`] : []),
    ...(ambiguous.length > 0 ? [`The values of ${ambiguous.join(', ')} can be read in several ways: give --date-format or --number-format, or a --mapping.`] : []),
  ];
  if (lines.length > 0) throw new Stopped(lines.join('\n'));
}

/** The import once its step has ended, with a bar meanwhile. */
async function followed(session, id, label) {
  const bar = progressBar(label);
  try {
    for (;;) {
      const job = await jobOf(session, id);
      if (!['CHECKING', 'COMMITTING'].includes(job.state)) {
        bar.update(1000, { rows: '' });
        return job;
      }
      bar.update(share(job.progress?.share ?? 0), { rows: `${(job.progress?.rows ?? 0).toLocaleString('en')} rows` });
      await wait(LOOK_AGAIN_MS);
    }
  } finally {
    bar.stop();
  }
}

function progressBar(label) {
  const bar = new cliProgress.SingleBar({ format: `${label.padEnd(8)} [{bar}] {percentage} % {rows}`, stream: process.stderr, noTTYOutput: false, hideCursor: true }, cliProgress.Presets.shades_classic);
  bar.start(1000, 0, { rows: '' });
  return bar;
}

function share(part) {
  return Math.floor(Math.min(1, part) * 1000);
}

function summary({ rows, new: created, changed, unchanged, duplicates, errorRows, newCompanies }) {
  const lines = [['rows', rows], ['new', created], ['changed', changed], ['unchanged', unchanged], ['repeated', duplicates], ['with errors', errorRows], ['new companies', newCompanies]];
  return lines.map(([name, count]) => `${name.padEnd(14)}${count.toLocaleString('en').padStart(12)}`).join('\n');
}

function reasons({ reasons: all }) {
  return all.slice(0, SHOWN_REASONS).map(({ column, message, count, values }) => {
    const shown = values.slice(0, 5).map(({ value, suggestions }) => `“${value}”${suggestions.length === 0 ? '' : ` (perhaps ${suggestions.map(({ id, name }) => `${name}, id ${id}`).join('; ')})`}`);
    return `${count} × ${column ?? 'row'}: ${message}${shown.length === 0 ? '' : ` ${shown.join(', ')}${values.length > 5 ? ', …' : ''}`}`;
  }).join('\n');
}

async function saveErrors(session, id) {
  const response = await fetch(`${options.url}/imports/${id}/errors.csv`, { headers: { authorization: `Bearer ${session.token}` } });
  if (!response.ok) throw new Stopped(`The errors could not be read: the server answered ${response.status}.`);
  writeFileSync(options.errors, Buffer.from(await response.arrayBuffer()));
}

async function confirmed() {
  if (options.yes) return true;
  if (!process.stdin.isTTY) throw new Stopped('Nothing was written: add --yes to write without asking.');
  return /^y(es)?$/i.test((await asked('Write these rows? [y/N] ')).trim());
}

function unexpected(error) {
  return error?.cause?.code === 'ECONNREFUSED' ? `There is no server at ${options.url}.` : error;
}
