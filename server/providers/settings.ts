import { z } from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const address = z
  .string()
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), { error: 'must be an http or https address' })
  .refine((url) => !URL.canParse(url) || new URL(url).protocol === 'https:' || LOOPBACK.test(new URL(url).hostname), {
    error: 'must be https, unless the host is this machine',
  });

const path = z.string().min(1).max(200);

/** Where each value stands in an answer of an http-json provider; dots lead into objects. */
export const defaultFields = {
  list: 'data',
  nextCursor: 'next_cursor',
  hasMore: 'has_more',
  total: 'total',
  licenseKey: 'license_key',
  productSlug: 'product_slug',
  variation: 'variation',
  siteUrl: 'site_url',
  activationLimit: 'activation_limit',
  activationCount: 'activation_count',
  purchaseDate: 'purchase_date',
  expirationDate: 'expiration_date',
  price: 'renewal_price',
  currency: 'currency',
  interval: 'billing_interval',
  autoRenew: 'auto_renew',
  lastCheckIn: 'last_check_in',
  status: 'status',
  companyId: 'company_id',
  partnerId: 'partner_id',
} as const;

export type FieldMap = Record<keyof typeof defaultFields, string>;

const fieldMap = z
  .strictObject(Object.fromEntries(Object.keys(defaultFields).map((field) => [field, path.optional()])))
  .transform((given): FieldMap => ({ ...defaultFields, ...given }));

const settings = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, dot, dash and underscore'),
  kind: z.enum(['http-json', 'fluent']),
  url: address,
  token: z.string().min(1).optional(),
  fieldMap: fieldMap.default(defaultFields),
  /** Of a fluent provider: its item id of each product slug. */
  items: z.record(z.string().min(1).toLowerCase(), z.union([z.string().min(1), z.number().int()]).transform(String)).default({}),
  pageSize: z.number().int().min(1).max(1000).default(500),
  ratePerSecond: z.number().min(0.01).max(1000).default(10),
  timeoutSeconds: z.number().min(0.05).max(300).default(30),
  /** How often a request is tried again, and the first wait before that; it doubles each time. */
  retries: z.number().int().min(0).max(20).default(5),
  retryDelaySeconds: z.number().min(0.001).max(60).default(1),
  reportEverySeconds: z.number().min(0.01).max(3600).default(5),
  /** What a limit of 0 means. */
  limitZero: z.enum(['unknown', 'unlimited']).default('unknown'),
});

/** One outside provider, as configured. */
export type ProviderSettings = z.infer<typeof settings>;

/** The variable PROVIDERS: a JSON array. Every fault is told with its place, and no value is repeated: some are secrets. */
export const providersSetting = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON array' });
      return z.NEVER;
    }
  })
  .pipe(
    z.array(settings, { error: 'must be a JSON array' }).superRefine((list, context) => {
      list.forEach(({ name, kind, items }, index) => {
        if (list.findIndex((other) => other.name === name) < index) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'names a provider a second time' });
        }
        if (kind === 'fluent' && Object.keys(items).length === 0) {
          context.addIssue({ code: 'custom', path: [index, 'items'], message: 'must name the item id of at least one product slug' });
        }
      });
    }),
  )
  .default([]);
