import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Locator, type Page, type Request } from 'playwright-core';
import type { Database } from '../../server/db/database.js';
import { type Answer, post, startTestApp, type TestApp } from './app.js';
import { sqliteWithDemoData } from './demo-data.js';
import { eventually } from './eventually.js';

/** The demo account of a role: `<role>@seatwise.example`. */
export type DemoRole = 'admin' | 'analyst' | 'viewer' | 'partner' | 'company';

export const DEMO_PASSWORD = 'seatwise-demo';
export const emailOf = (role: DemoRole) => `${role}@seatwise.example`;

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

interface Looks {
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Done before the first page opens, such as routing requests. */
  prepare?(context: BrowserContext): Promise<unknown>;
}

/** A browser and a running Seatwise with the demo data, shared by the tests of one file. */
export interface Stage {
  readonly url: string;
  readonly browser: Browser;
  /** The tables, as another application reaches them. */
  readonly database: Database;
  /** A reader of their own: cookies of nobody else. */
  visitor(looks?: Looks): Promise<BrowserContext>;
  /** A signed-in page at `path`, in a context of its own. */
  open(role: DemoRole, path: string, looks?: Looks): Promise<Page>;
  /** Asks the API as the demo account, without the browser; fails on errors. */
  ask(role: DemoRole, query: string, variables?: Record<string, unknown>): Promise<any>;
  /** What pages wrote to their consoles as errors since the last call. A test that causes some takes them itself. */
  takeErrors(): string[];
}

const executablePath = process.env['TEST_CHROMIUM'];
/** A file of tests may take longer than the fifteen minutes for which a token is good. */
const TOKEN_SERVES_MS = 5 * 60_000;
/**
 * The browser's own suggestions are pages too: two more renderers for each window, more work than most of our pages. The switch replaces the
 * one that Playwright gives, so its features that matter here are repeated.
 */
const withoutFeatures = [
  'AimEnabled', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter',
  'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning',
];
const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--disable-features=${withoutFeatures.join()}`,
];

/** Tests in a browser; where there is none they are reported as skipped. No page may write an error to its console. `environment` is asked for at start. */
export function inBrowser(title: string, body: (stage: Stage) => void, environment: () => Record<string, string> = () => ({})): void {
  if (executablePath === undefined) {
    describe.skip(`${title} in a browser (none: TEST_CHROMIUM is not set)`, () => body(new Theatre(environment)));
    return;
  }
  describe(`${title} in a browser`, () => {
    const stage = new Theatre(environment);
    beforeAll(() => stage.start(), 180_000);
    afterEach(async () => {
      await stage.clear();
      expect(stage.takeErrors()).toEqual([]);
    });
    afterAll(() => stage.stop());
    body(stage);
  });
}

class Theatre implements Stage {
  #app: TestApp | undefined;
  #browser: Browser | undefined;
  #errors: string[] = [];
  readonly #contexts = new Set<BrowserContext>();
  readonly #tokens = new Map<DemoRole, { token: Promise<string>; until: number }>();

  readonly #environment: () => Record<string, string>;

  constructor(environment: () => Record<string, string>) {
    this.#environment = environment;
  }

  async start(): Promise<void> {
    [this.#app, this.#browser] = await Promise.all([
      startTestApp(sqliteWithDemoData, { environment: { DEMO: '1', ...this.#environment() } }),
      chromium.launch({ ...(executablePath ? { executablePath } : {}), args }),
    ]);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#app?.stop();
  }

  /** Closes what a test left open. */
  async clear(): Promise<void> {
    await Promise.all([...this.#contexts].map((context) => context.close()));
    this.#contexts.clear();
  }

  get url(): string {
    if (!this.#app) throw new Error('The app has not started');
    return this.#app.url;
  }

  get database(): Database {
    if (!this.#app) throw new Error('The app has not started');
    return this.#app.database;
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error('The browser has not started');
    return this.#browser;
  }

  async visitor({ viewport = desktop, colorScheme = 'light' }: Looks = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      baseURL: this.url, viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce', acceptDownloads: true,
    });
    context.setDefaultTimeout(30_000);
    context.on('weberror', (error) => this.#errors.push(String(error.error().stack ?? error.error())));
    context.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(`${message.text()} (${message.location().url})`);
    });
    watchTraffic(context);
    this.#contexts.add(context);
    return context;
  }

  async open(role: DemoRole, path: string, looks?: Looks): Promise<Page> {
    const context = await this.visitor(looks);
    // The session begins as the client would begin it: what counts is the refresh cookie.
    const response = await context.request.post('/graphql', { data: { query: signIn, variables: credentials(role) } });
    if (!response.ok()) throw new Error(`Sign-in of ${role} answered ${response.status()}: ${await response.text()}`);
    await looks?.prepare?.(context);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  async ask(role: DemoRole, query: string, variables?: Record<string, unknown>): Promise<any> {
    return dataOf(await post(this.url, await this.#tokenOf(role), query, variables));
  }

  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  #tokenOf(role: DemoRole): Promise<string> {
    const known = this.#tokens.get(role);
    if (known && Date.now() < known.until) return known.token;
    const token = post(this.url, null, signIn, credentials(role)).then((answer) => dataOf(answer).signIn.accessToken as string);
    this.#tokens.set(role, { token, until: Date.now() + TOKEN_SERVES_MS });
    return token;
  }
}

const signIn = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { message } } }';
const credentials = (role: DemoRole) => ({ input: { email: emailOf(role), password: DEMO_PASSWORD } });

function dataOf({ data, errors }: Answer): any {
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** What is under way in a context, and when something last began or ended. Streams are under way for as long as a page is open. */
const traffic = new WeakMap<BrowserContext, { open: Set<Request>; changedAt: number }>();

function watchTraffic(context: BrowserContext): void {
  const state = { open: new Set<Request>(), changedAt: Date.now() };
  traffic.set(context, state);
  const ended = (request: Request) => {
    if (state.open.delete(request)) state.changedAt = Date.now();
  };
  context.on('request', (request) => {
    if (request.url().endsWith('/graphql/stream')) return;
    state.open.add(request);
    state.changedAt = Date.now();
  });
  context.on('requestfinished', ended);
  context.on('requestfailed', ended);
}

const IDLE_MS = 500;

/** Waits until nothing was asked for half a second, streams aside. */
export async function settled(page: Page): Promise<void> {
  const state = traffic.get(page.context());
  await eventually(() => expect([state?.open.size, Date.now() - (state?.changedAt ?? 0) > IDLE_MS]).toEqual([0, true]), 60_000);
}

/** The card with this heading. */
export const card = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** A chart within its card: an image described in a sentence. */
export const chart = '[role=img][aria-label]';

/** The texts of a table or grid, row by row, without its head. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  return table.evaluate((element: any) =>
    [...element.querySelectorAll('tbody tr')].map((row: any) => [...row.cells].map((cell: any) => String(cell.textContent).trim())));
}

/** Fills in and sends the sign-in form. */
export async function fillSignIn(page: Page, role: DemoRole, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel('E-mail').fill(emailOf(role));
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
