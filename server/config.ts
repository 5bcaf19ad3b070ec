import { resolve } from 'node:path';
import { z } from 'zod';
import { externalSettings, externalVariables, type ExternalSettings } from './auth/external-settings.js';
import { limitsByRole, limitsSetting, highest, type LimitsByRole } from './graphql/limits-by-role.js';
import { providersSetting } from './providers/settings.js';
import { isKnownCurrency } from './reports/shapes/money.js';

/** The default DEMO secret signs tokens in the demo only; the server refuses it anywhere else. */
const DEMO_SECRET = 'seatwise-demo-secret-for-local-use-only';
const MINIMUM_SECRET_BYTES = 32;

const flag = z
  .enum(['0', '1'], { error: 'must be 0 or 1' })
  .transform((value) => value === '1');
// Digits only: Number() would take `1e3`, `0x10` and blanks as well.
const wholeNumber = (fallback: number, minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error: `must be from ${minimum} to ${maximum}` })
    .default(fallback);
const share = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,3}(\.\d{1,10})?$/, 'must be a number such as 0.7')
    .transform(Number)
    .refine((value) => value > 0 && value <= 100, { error: 'must be above 0 and at most 100' })
    .default(fallback);
const identifier = /^[A-Za-z_][A-Za-z0-9_$]{0,63}$/;
const tableName = (fallback: string) =>
  z
    .string()
    .refine((name) => name.split('.').length <= 2 && name.split('.').every((part) => identifier.test(part)), {
      error: 'must be `table` or `schema.table` of letters, digits, _ and $',
    })
    .default(fallback);
const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    error: 'must be an IANA time zone such as Europe/Berlin',
  })
  .default('UTC');
const isDatabaseUrl = (url: string) => URL.canParse(url) && new URL(url).protocol === 'mysql:' && new URL(url).pathname.length > 1;
const databaseUrl = z.string().refine(isDatabaseUrl, { error: 'must look like mysql://user:password@host:3306/schema' }).optional();
const byComma = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));
const databaseUrls = byComma.refine((urls) => urls.every(isDatabaseUrl), { error: 'must be URLs such as mysql://user:password@host:3306/schema, by comma' }).default([]);

/** Origins as browsers send them. No `*`: answers are shown with the visitor's cookie. */
const originsSetting = byComma
  .refine((origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin && /^https?:[^*]*$/.test(origin)), {
    error: 'must be origins such as https://portal.example, by comma',
  })
  .default([]);

const environment = z.object({
  PORT: wholeNumber(4000, 0, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: databaseUrl,
  DATABASE_REPLICA_URLS: databaseUrls,
  DATABASE_POOL_SIZE: wholeNumber(10, 1, 500),
  STATEMENT_TIMEOUT_SECONDS: wholeNumber(30, 1, 3600),
  DATA_DIR: z.string().min(1).default('./data'),
  OWN_SCHEMA: z.string().regex(identifier, 'must be a schema name').optional(),
  LICENSE_TABLE: tableName('license_records'),
  COMPANY_TABLE: tableName('companies'),
  PARTNER_TABLE: tableName('partners'),
  PRODUCT_TABLE: tableName('license_product_codes'),
  USER_TABLE: tableName('users_portal'),
  APP_LOG_TABLE: tableName('fido1.app_log').refine((name) => name.includes('.'), {
    error: 'must name the schema too, for example fido1.app_log',
  }),
  TRIAL_TABLE: tableName('free_trials'),
  REPORT_TIMEZONE: timeZone,
  REPORTING_CURRENCY: z.string().refine(isKnownCurrency, { error: 'must be an ISO 4217 code' }).default('EUR'),
  ACTIVITY_WINDOW_DAYS: wholeNumber(14, 1, 3660),
  ACTIVITY_ROLLUP: flag.default(true),
  ACTIVITY_ROLLUP_SHARE: share(0.5).refine((value) => value <= 1, { error: 'must be at most 1' }),
  GRACE_DAYS_PREMIUM: wholeNumber(7, 0, 3660),
  GRACE_DAYS_TRIAL: wholeNumber(7, 0, 3660),
  EXTERNAL_LIMIT_ZERO: z.enum(['unknown', 'unlimited'], { error: 'must be unknown or unlimited' }).default('unknown'),
  PROVIDERS: providersSetting,
  SYNC_INTERVAL_MINUTES: wholeNumber(15, 0, 10_080),
  UTILIZATION_UNDER: share(0.7),
  UTILIZATION_OVER: share(1),
  JWT_SECRET: z.string().optional(),
  JWT_ISSUER: z.string().min(1).default('seatwise'),
  JWT_AUDIENCE: z.string().min(1).default('seatwise'),
  ...externalVariables,
  ACCESS_TOKEN_MINUTES: wholeNumber(15, 1, 1440),
  SESSION_DAYS: wholeNumber(30, 1, 365),
  EMBED_TOKEN_HOURS: wholeNumber(24, 1, 720),
  SIGN_IN_ATTEMPTS: wholeNumber(5, 1, 1000),
  LICENSE_CHECKS_PER_MINUTE_KEY: wholeNumber(600, 1, 1_000_000),
  LICENSE_CHECKS_PER_MINUTE_ADDRESS: wholeNumber(6000, 1, 100_000_000),
  IMPORT_MAX_MEGABYTES: wholeNumber(1024, 1, 1_000_000),
  COOKIE_SECURE: flag.default(false),
  VIEWER_SEES_MONEY: flag.default(true),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(1024).optional(),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8).default('seatwise-demo'),
  CORS_ORIGINS: originsSetting,
  TRUST_PROXY: flag.default(false),
  MAX_QUERY_DEPTH: wholeNumber(12, 1, highest.depth),
  MAX_QUERY_TOKENS: wholeNumber(2000, 10, highest.tokens),
  MAX_QUERY_ALIASES: wholeNumber(30, 1, highest.aliases),
  MAX_QUERY_FIELDS: wholeNumber(1000, 1, highest.fields),
  MAX_QUERY_COST: wholeNumber(200_000, 1, highest.cost),
  MAX_RESULT_MEGABYTES: wholeNumber(16, 1, highest.resultMegabytes),
  REQUESTS_PER_MINUTE_ACCOUNT: wholeNumber(30_000, 1, highest.accountRequestsPerMinute),
  REQUESTS_PER_MINUTE_TOKEN: wholeNumber(30_000, 1, highest.tokenRequestsPerMinute),
  LIMITS_BY_ROLE: limitsSetting,
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('seatwise'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

type Environment = z.infer<typeof environment>;

/** Everything the process is configured with. Built once at start; nothing else reads the environment. */
export interface Config extends Omit<Environment, 'DEMO' | 'JWT_SECRET'> {
  readonly DEMO: boolean;
  readonly JWT_SECRET: string;
  /** Where the embedded database lives; ignored with DATABASE_URL. */
  readonly dataDir: string;
  readonly corsOrigins: readonly string[];
  readonly limits: LimitsByRole;
  /** Null: no token issued elsewhere opens anything. */
  readonly externalTokens: ExternalSettings | null;
}

/** All faults of the environment at once, one line each. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks the environment. An empty variable counts as absent. Throws ConfigError with every fault. */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(present);
  const faults = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const faulty = new Set(parsed.error?.issues.map((issue) => issue.path[0]));
  // Read again without the faulty ones, so that faults between the others are told at once.
  const values = parsed.data ?? environment.parse(Object.fromEntries(Object.entries(present).filter(([name]) => !faulty.has(name))));
  const demo = values.DEMO ?? present['DATABASE_URL'] === undefined;
  faults.push(...crossChecks(values, demo, present));
  const externalTokens = externalSettings(values, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    ...values,
    DEMO: demo,
    JWT_SECRET: values.JWT_SECRET ?? DEMO_SECRET,
    dataDir: resolve(values.DATA_DIR),
    corsOrigins: values.CORS_ORIGINS,
    limits: limitsByRole(limitsForEverybody(values), values.LIMITS_BY_ROLE),
    externalTokens,
  };
}

function limitsForEverybody(values: Environment): LimitsByRole['ADMIN'] {
  return {
    depth: values.MAX_QUERY_DEPTH,
    aliases: values.MAX_QUERY_ALIASES,
    fields: values.MAX_QUERY_FIELDS,
    tokens: values.MAX_QUERY_TOKENS,
    cost: values.MAX_QUERY_COST,
    resultMegabytes: values.MAX_RESULT_MEGABYTES,
    statementSeconds: values.STATEMENT_TIMEOUT_SECONDS,
    accountRequestsPerMinute: values.REQUESTS_PER_MINUTE_ACCOUNT,
    tokenRequestsPerMinute: values.REQUESTS_PER_MINUTE_TOKEN,
  };
}

/** Faults that only show when variables are seen together. */
function crossChecks(values: Environment, demo: boolean, present: NodeJS.ProcessEnv): string[] {
  const faults: string[] = [];
  if (!demo && values.JWT_SECRET === undefined) faults.push('JWT_SECRET: is required outside the demo');
  if (!demo && values.JWT_SECRET === DEMO_SECRET) faults.push('JWT_SECRET: must not be the demo secret');
  if (values.JWT_SECRET !== undefined && Buffer.byteLength(values.JWT_SECRET.trim()) < MINIMUM_SECRET_BYTES) {
    faults.push(`JWT_SECRET: must have at least ${MINIMUM_SECRET_BYTES} bytes`);
  }
  if (values.DATABASE_REPLICA_URLS.length > 0 && values.DATABASE_URL === undefined) faults.push('DATABASE_REPLICA_URLS: needs DATABASE_URL');
  if (values.UTILIZATION_UNDER > values.UTILIZATION_OVER) {
    faults.push('UTILIZATION_UNDER: must not be above UTILIZATION_OVER');
  }
  if ((present['ADMIN_EMAIL'] === undefined) !== (present['ADMIN_PASSWORD'] === undefined)) {
    faults.push('ADMIN_EMAIL and ADMIN_PASSWORD: give both or neither');
  }
  return faults;
}
