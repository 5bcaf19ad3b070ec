const NONE = '–';

type Day = string | null | undefined;

/** Calendar days are formatted in UTC: a `Date` of the API is a day, not an instant, and must not move with the zone. */
export interface DateFormat {
  /** 13 Apr 2026 */
  date(day: Day): string;
  /** 13 Apr */
  dateShort(day: Day): string;
  /** Apr 2026 */
  month(day: Day): string;
  /** 1 Jan – 31 Mar 2026; an open end reads "from" or "until". */
  range(from: Day, to: Day): string;
  /** 13 Apr 2026, 10:42 in the given zone. */
  instant(at: string | null | undefined, timezone: string): string;
  /** 5 minutes ago; for freshness only. */
  relative(at: string | null | undefined, now: Date): string;
  /** 1 day, 14 days */
  days(count: number | null | undefined): string;
}

function parse(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function relativeIn(locale: string): DateFormat['relative'] {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  return (at, now) => {
    if (!at) return NONE;
    const seconds = (Date.parse(at) - now.getTime()) / 1000;
    const unit = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
    return words.format(Math.round(seconds / unit[1]), unit[0]);
  };
}

/** The day and time formats of one locale. */
export function createDateFormat(locale: string): DateFormat {
  const utc = { timeZone: 'UTC' } as const;
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...utc });
  const shorts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...utc });
  const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', ...utc });
  const counts = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  return {
    date: (day) => (day ? dates.format(parse(day)) : NONE),
    dateShort: (day) => (day ? shorts.format(parse(day)) : NONE),
    month: (day) => (day ? months.format(parse(day)) : NONE),
    range: (from, to) => {
      if (from && to) return dates.formatRange(parse(from), parse(to));
      if (from) return `from ${dates.format(parse(from))}`;
      return to ? `until ${dates.format(parse(to))}` : NONE;
    },
    instant: (at, timezone) =>
      at
        ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone }).format(
            new Date(at),
          )
        : NONE,
    relative: relativeIn(locale),
    days: (count) => (count == null ? NONE : counts.format(count)),
  };
}
