/** What the bench uses of autocannon, which ships no types. */
declare module 'autocannon' {
  export interface Request {
    url: string;
    method?: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string;
    connections: number;
    /** In place of method, headers and body: each made as it is sent. */
    requests?: { method: 'POST'; headers: Record<string, string>; setupRequest(request: object): object }[];
    /** Seconds. */
    duration?: number;
    /** Requests, instead of a duration. */
    amount?: number;
    /** Seconds until a request counts as lost. */
    timeout?: number;
    /** What every answer must be. */
    expectBody?: string;
  }
  export interface Result {
    '2xx': number;
    non2xx: number;
    mismatches: number;
    errors: number;
    /** Seconds. */
    duration: number;
    latency: { average: number; p50: number; p99: number };
  }
  /** Tells of each answer as it arrives. */
  export default function autocannon(request: Request): Promise<Result> & { on(event: 'response', listener: () => void): void };
}
