/*
 * `/embed.js`, for pages of any origin: <seatwise-dashboard src="https://seatwise.example" dashboard="overview">. It is loaded by
 * itself, so nothing is imported here; everything stands in one function, so that the page gets no names from us.
 */
(() => {
  type Message = { seatwise?: unknown; height?: unknown; expiresAt?: unknown; query?: unknown; message?: unknown };
  type GetToken = () => string | Promise<string>;

  const ELEMENT = 'seatwise-dashboard';
  /** So long the frame may take, altogether and once it has loaded: a refused one loads too, and says nothing. */
  const [PATIENCE_MS, SILENCE_MS] = [30_000, 5000];
  /** Renewed so long before the end; again so long after a failure. */
  const [AHEAD_MS, AGAIN_MS] = [60_000, 10_000];
  const MOST_HEIGHT = 20_000;
  const VARIABLES = ['accent', 'canvas', 'surface', 'text', 'muted', 'line', 'radius', 'font', 'density'];
  const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

  const STYLE = `:host { display: block; min-height: var(--sw-min-height, 480px); } :host([hidden]) { display: none; }
    iframe { display: block; width: 100%; border: 0; color-scheme: normal; } iframe[data-waiting] { visibility: hidden; }
    p { display: grid; place-content: center; box-sizing: border-box; min-height: 200px; margin: 0; padding: 24px; text-align: center; opacity: 0.75; font: inherit; }
    p[hidden] { display: none; }`;

  class SeatwiseDashboard extends HTMLElement {
    static readonly observedAttributes = ['src', 'dashboard', 'token', 'filters', 'theme'];
    #getToken: GetToken | null = null;
    #frame: HTMLIFrameElement | null = null;
    #panel = document.createElement('p');
    /** Counts starts, so that what an earlier one still awaits is dropped. */
    #run = 0;
    #ready = false;
    /** The start whose frame has said hello. */
    #greeted = 0;
    #timers: ReturnType<typeof setTimeout>[] = [];
    #stop: (() => void)[] = [];
    #scheduled = false;

    constructor() {
      super();
      const style = document.createElement('style');
      style.textContent = STYLE;
      this.#panel.textContent = 'This dashboard is not available here.';
      this.#panel.hidden = true;
      this.#panel.setAttribute('role', 'status');
      this.attachShadow({ mode: 'open' }).append(style, this.#panel);
    }

    /** Gives a token that is valid now; called at the start and a minute before the end of each. */
    get getToken(): GetToken | null {
      return this.#getToken;
    }

    set getToken(getToken: GetToken | null) {
      this.#getToken = getToken;
      if (this.isConnected && !this.#ready) this.#restart();
    }

    connectedCallback(): void {
      // Set before the script was there, it hides the property above.
      if (Object.hasOwn(this, 'getToken')) {
        const given = this.getToken;
        delete (this as { getToken?: unknown }).getToken;
        this.#getToken = given;
      }
      const onMessage = (event: MessageEvent<unknown>) => this.#hear(event);
      window.addEventListener('message', onMessage);
      const dark = matchMedia('(prefers-color-scheme: dark)');
      const restyle = () => this.#sayTheme();
      dark.addEventListener('change', restyle);
      // The look usually changes by a class or an attribute of the page.
      const watched = new MutationObserver(restyle);
      for (const node of [document.documentElement, document.body, this]) watched.observe(node, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme'] });
      this.#stop = [() => window.removeEventListener('message', onMessage), () => dark.removeEventListener('change', restyle), () => watched.disconnect()];
      this.#restart();
    }

    disconnectedCallback(): void {
      for (const stop of this.#stop.splice(0)) stop();
      this.#clear();
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      if (before === after || !this.isConnected) return;
      if (name === 'theme') this.#sayTheme();
      else if (name === 'token' && this.#ready) void this.#renew();
      else this.#restart();
    }

    /** Reads the page's colours again, where they changed by other means than a class or an attribute. */
    refreshTheme(): void {
      this.#sayTheme();
    }

    /** Several attributes are often set one after the other: one start is enough. */
    #restart(): void {
      if (this.#scheduled) return;
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        if (this.isConnected) void this.#start();
      });
    }

    #clear(): void {
      this.#run += 1;
      this.#ready = false;
      for (const timer of this.#timers.splice(0)) clearTimeout(timer);
      this.#frame?.remove();
      this.#frame = null;
      this.#panel.hidden = true;
    }

    async #start(): Promise<void> {
      this.#clear();
      const run = this.#run;
      const dashboard = this.getAttribute('dashboard') ?? '';
      // Neither a token nor a way to one: whoever sets getToken later starts again.
      if (dashboard === '' || (this.#getToken === null && !this.hasAttribute('token'))) return;
      const token = await this.#token().catch(() => null);
      if (run !== this.#run) return;
      if (token === null) return this.#fail('No token.');
      const address = new URL(`/embed/${encodeURIComponent(dashboard)}`, this.#base());
      for (const [key, value] of new URLSearchParams(this.getAttribute('filters') ?? '')) address.searchParams.append(key, value);
      address.searchParams.set('token', token);
      address.hash = new URLSearchParams({ theme: JSON.stringify(this.#theme()) }).toString();
      const frame = document.createElement('iframe');
      frame.title = this.title || this.getAttribute('aria-label') || `Dashboard: ${dashboard}`;
      // The server lets the origins of the token pass, so it has to hear ours, and no more than that.
      frame.referrerPolicy = 'origin';
      frame.style.height = 'var(--sw-min-height, 480px)';
      frame.dataset['waiting'] = '';
      frame.src = address.href;
      let loaded = false;
      const greeted = () => this.#greeted === run;
      frame.addEventListener('load', () => {
        // A frame that loads again has lost its token with its address.
        if (loaded && this.#ready) this.#restart();
        if (!loaded && !greeted()) this.#giveUp(run, SILENCE_MS);
        loaded = true;
      });
      this.#frame = frame;
      this.shadowRoot?.append(frame);
      this.#giveUp(run, PATIENCE_MS);
    }

    #giveUp(run: number, after: number): void {
      this.#timers.push(setTimeout(() => {
        if (run === this.#run && !this.#ready) this.#fail('The dashboard did not answer.');
      }, after));
    }

    #say(message: object): void {
      this.#frame?.contentWindow?.postMessage(message, new URL(this.#base()).origin);
    }

    #hear({ source, origin, data }: MessageEvent<unknown>): void {
      const frame = this.#frame;
      if (!frame || source !== frame.contentWindow || origin !== new URL(this.#base()).origin) return;
      if (typeof data !== 'object' || data === null) return;
      const message = data as Message;
      switch (message.seatwise) {
        case 'hello':
          // Somebody is there, who may still have to ask the server.
          this.#greeted = this.#run;
          for (const timer of this.#timers.splice(0)) clearTimeout(timer);
          this.#giveUp(this.#run, PATIENCE_MS);
          this.#say({ seatwise: 'connect' });
          break;
        case 'ready':
          this.#opened(frame, Date.parse(String(message.expiresAt)));
          break;
        case 'size':
          if (typeof message.height === 'number' && message.height > 0) frame.style.height = `${Math.min(message.height, MOST_HEIGHT)}px`;
          break;
        case 'renew':
          void this.#renew();
          break;
        case 'filterchange':
          this.#tell('filterchange', { query: String(message.query) });
          break;
        case 'error':
          this.#fail(String(message.message));
          break;
      }
    }

    #opened(frame: HTMLIFrameElement, end: number): void {
      for (const timer of this.#timers.splice(0)) clearTimeout(timer);
      delete frame.dataset['waiting'];
      this.#panel.hidden = true;
      const left = end - Date.now();
      this.#timers.push(setTimeout(() => void this.#renew(), Math.max(left - AHEAD_MS, Math.min(left / 2, AHEAD_MS / 12), 0)));
      if (this.#ready) return;
      this.#ready = true;
      this.#sayTheme();
      this.#tell('ready', { dashboard: this.getAttribute('dashboard'), expiresAt: new Date(end).toISOString() });
    }

    async #renew(): Promise<void> {
      const run = this.#run;
      try {
        const token = await this.#token();
        if (run === this.#run) this.#say({ seatwise: 'token', token });
      } catch {
        if (run === this.#run) this.#timers.push(setTimeout(() => void this.#renew(), AGAIN_MS));
      }
    }

    async #token(): Promise<string> {
      const token = await (this.#getToken ? this.#getToken() : this.getAttribute('token'));
      if (typeof token !== 'string' || token === '') throw new Error('no token');
      return token;
    }

    #fail(message: string): void {
      this.#clear();
      this.#panel.hidden = false;
      this.#tell('error', { message });
    }

    #tell(name: string, detail: object): void {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    }

    #base(): string {
      return new URL(this.getAttribute('src') ?? script, document.baseURI).href;
    }

    #theme(): Record<string, string> {
      const style = getComputedStyle(this);
      const values = VARIABLES.map((name) => [name, style.getPropertyValue(`--sw-${name}`).trim()]).filter(([, value]) => value !== '');
      return { ...Object.fromEntries(values), scheme: this.getAttribute('theme') ?? 'auto' } as Record<string, string>;
    }

    #sayTheme(): void {
      if (this.#ready) this.#say({ seatwise: 'theme', theme: this.#theme() });
    }
  }

  if (!customElements.get(ELEMENT)) customElements.define(ELEMENT, SeatwiseDashboard);
})();
