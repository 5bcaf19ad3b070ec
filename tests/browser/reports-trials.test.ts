import { expect, it } from '@jest/globals';
import { card, chart, inBrowser, rowsOf, type Stage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { integer, percent } from '../support/english.js';
import { byHeader, choice, savedCsv } from '../support/reports-browser.js';

const MINUTE = 60_000;
const SHARE = '{ numerator denominator value }';
const FUNNEL = `query($mode: FunnelMode!, $window: ConversionWindow!, $range: DateRange) {
  trialFunnel(mode: $mode, conversionWindow: $window, range: $range) {
    steps { name count shareOfStarted ${SHARE} shareOfPrevious ${SHARE} }
    outcome { converted open lapsed }
    conversions { beforeExpiry inGrace afterGrace unknownDate }
    reverted
    cohorts { month started activated converted convertedInWindow conversion ${SHARE} immature }
  }
}`;

async function answer(stage: Stage, variables: { mode?: string; window?: string; range?: object } = {}) {
  return (await stage.ask('admin', FUNNEL, { mode: 'COHORT', window: 'D30', ...variables })).trialFunnel;
}

const words: Record<string, string> = { STARTED: 'Started', ACTIVATED: 'With activity', EXPIRED: 'Reached expiration', CONVERTED: 'Converted' };
const monthOf = (day: string) => new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));

const cohortCells = (cohort: any) => [
  monthOf(cohort.month), ...['started', 'activated', 'converted', 'convertedInWindow'].map((key) => integer(cohort[key])),
  percent(cohort.conversion.value), cohort.immature ? 'Immature, may still grow' : 'Complete',
];

inBrowser('Trial funnel', (stage) => {
  it('draws the four steps with their shares, and has them as a table', async () => {
    const page = await stage.open('admin', '/reports/trials');
    const { steps } = await answer(stage);
    expect(steps[0].count).toBeGreaterThan(0);
    const box = card(page, 'How far do trials get?');
    await box.locator(`${chart} canvas`).first().waitFor();
    expect(await box.locator(chart).getAttribute('aria-label')).toBe(
      `Trial funnel: ${steps.map(({ name, count }: any) => `${words[name]} ${integer(count)}`).join(', ')}.`,
    );
    await box.getByRole('button', { name: 'Show as table' }).click();
    expect(await rowsOf(box.getByRole('table'))).toEqual(steps.map((step: any) => [
      words[step.name], integer(step.count), percent(step.shareOfStarted.value), percent(step.shareOfPrevious.value),
    ]));
  }, 2 * MINUTE);

  it('divides the started into converted, open and lapsed, with the reverted below', async () => {
    const page = await stage.open('admin', '/reports/trials');
    const { outcome, conversions, reverted, steps } = await answer(stage);
    const box = card(page, 'What became of them?');
    const bar = box.getByRole('img', { name: /^Outcome/ });
    await bar.waitFor();
    expect(await bar.getAttribute('aria-label')).toBe(
      `Outcome of the started trials: Converted before expiry ${integer(conversions.beforeExpiry)}, Converted in grace ${integer(conversions.inGrace)}, `
      + `Converted after grace ${integer(conversions.afterGrace)}, Converted, time unknown ${integer(conversions.unknownDate)}, `
      + `Open ${integer(outcome.open)}, Lapsed ${integer(outcome.lapsed)}`,
    );
    expect(outcome.converted + outcome.open + outcome.lapsed).toBe(steps[0].count);
    expect(await box.textContent()).toContain(`Reverted ${integer(reverted)} of the converted`);
  }, 2 * MINUTE);

  it('changes the conversion window of the cohorts, and saves exactly their figures', async () => {
    const page = await stage.open('admin', '/reports/trials');
    const box = card(page, 'Conversion by month of start');
    const first = await answer(stage);
    await eventually(async () => expect(await rowsOf(box.getByRole('table'))).toEqual(first.cohorts.map(cohortCells)));
    await choice(page, 'Conversion window', '90 days').click();
    const { cohorts } = await answer(stage, { window: 'D90' });
    await eventually(async () => expect(await rowsOf(box.getByRole('table'))).toEqual(cohorts.map(cohortCells)));
    expect(cohorts.some(({ immature }: any) => immature)).toBe(true);
    const { records } = await savedCsv(page, box);
    expect(byHeader(records)).toEqual(cohorts.map((cohort: any) => ({
      'Started in': cohort.month.slice(0, 7), Started: String(cohort.started), 'With activity': String(cohort.activated), Converted: String(cohort.converted),
      'Within 90 days': String(cohort.convertedInWindow), 'Conversion in 90 days': String(cohort.conversion.value ?? ''), State: cohort.immature ? 'immature' : 'complete',
    })));
  }, 2 * MINUTE);

  it('counts the events of a period when asked, and follows the dates', async () => {
    const page = await stage.open('admin', '/reports/trials?dates=2026-01-01..2026-03-31');
    await choice(page, 'Mode', 'Events').click();
    const { steps, cohorts, conversions } = await answer(stage, { mode: 'PERIOD', range: { from: '2026-01-01', to: '2026-03-31' } });
    expect(cohorts).toHaveLength(3);
    const bar = card(page, 'When did trials convert?').getByRole('img', { name: /^Conversions by time/ });
    await eventually(async () => expect(await bar.getAttribute('aria-label')).toContain(`Converted before expiry ${integer(conversions.beforeExpiry)}`));
    await eventually(async () => expect(await card(page, 'What happened to trials in these days?').locator(chart).getAttribute('aria-label'))
      .toContain(`Converted ${integer(steps.at(-1).count)}`));
    await eventually(async () => expect(await rowsOf(card(page, 'Conversion by month of start').getByRole('table'))).toHaveLength(3));
  }, 2 * MINUTE);
});
