/** A private MariaDB or MySQL server; null when none is installed. */
export function startMariaDb(folder: string, options?: readonly string[]): Promise<{ url: string; stop: () => Promise<void> } | null>;
