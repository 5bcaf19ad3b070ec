import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Frame, Page } from 'playwright-core';
import { type Stage } from './browser.js';
import { eventually } from './eventually.js';
import { type HostSite, startHostSite } from './host-page.js';

type Looks = { viewport?: { width: number; height: number }; colorScheme?: 'light' | 'dark' };

/** A site of somebody else for the tests of one file, and what is done with dashboards in its page. */
export function hosted(stage: Stage) {
  let site: HostSite | undefined;
  beforeAll(async () => {
    site = await startHostSite();
  });
  afterAll(() => site?.stop());
  const host = (): HostSite => {
    if (!site) throw new Error('The host site has not started');
    return site;
  };

  const create = `mutation($dashboards: [EmbedDashboard!]!, $lockedFilters: LockedFiltersInput, $scope: EmbedScopeInput, $expiresIn: Int!, $allowedOrigins: [String!]!) {
    result: createEmbedToken(dashboards: $dashboards, lockedFilters: $lockedFilters, scope: $scope, expiresIn: $expiresIn, allowedOrigins: $allowedOrigins) { token embedToken { id } userErrors { message } }
  }`;
  const usual = () => ({ dashboards: ['OVERVIEW'], expiresIn: 3600, allowedOrigins: [host().origin] });
  const made = ({ token, embedToken, userErrors }: any): { token: string; id: string } => {
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return { token, id: embedToken.id };
  };
  const tokenOf = async (role: 'admin' | 'partner', input: Record<string, unknown> = {}) => made((await stage.ask(role, create, { ...usual(), ...input })).result);
  const revoke = (id: string) => stage.ask('admin', 'mutation($id: ID!) { revokeEmbedToken(id: $id) { userErrors { code } } }', { id });

  /** The host's page with its elements; what each needs comes from the host's own server. */
  async function openHost(body: string, tokens: (name: string) => string, looks: Looks = {}): Promise<Page> {
    host().show(`<script src="${stage.url}/embed.js" async></script>${body}<script>
      window.told = [];
      for (const element of document.querySelectorAll('seatwise-dashboard')) {
        for (const name of ['ready', 'error', 'filterchange']) element.addEventListener(name, (event) => window.told.push([element.id, name, event.detail]));
        if (!element.hasAttribute('token')) element.getToken = async () => (await fetch('/token?for=' + element.id)).text();
      }
    </script>`, tokens);
    const page = await (await stage.visitor(looks)).newPage();
    await page.goto(`${host().origin}/`);
    return page;
  }

  const element = (id: string, dashboard: string, more = '') => `<seatwise-dashboard id="${id}" src="${stage.url}" dashboard="${dashboard}" ${more}></seatwise-dashboard>`;
  /** The frame of one dashboard, once it is there. */
  async function frameOf(page: Page, dashboard: string): Promise<Frame> {
    let frame: Frame | undefined;
    await eventually(() => {
      frame = page.frames().find((one) => new URL(one.url()).pathname === `/embed/${dashboard}`);
      expect(frame).toBeDefined();
    });
    return frame as Frame;
  }
  const told = (page: Page) => page.evaluate<[string, string, any][]>('window.told');
  const heading = (frame: Frame, name: string) => frame.getByRole('heading', { level: 1, name });

  /** How the frame's page looks. */
  const lookOf = (frame: Frame) => frame.evaluate<Record<string, string | undefined>>(`(() => {
    const color = (name) => { const probe = document.createElement('i'); probe.style.color = 'var(--sw-' + name + ')'; document.body.append(probe); const found = getComputedStyle(probe).color; probe.remove(); return found; };
    return { scheme: document.documentElement.dataset.mantineColorScheme, brand: color('brand'), canvas: color('canvas'), body: getComputedStyle(document.body).backgroundColor, font: getComputedStyle(document.body).fontFamily, density: document.documentElement.dataset.density };
  })()`);

  return { host, create, usual, made, tokenOf, revoke, openHost, element, frameOf, told, heading, lookOf };
}
