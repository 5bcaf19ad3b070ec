/** Through what a change comes, as the history names it. */
export type Channel = 'FORM' | 'GRID' | 'QUALITY' | 'HISTORY';

/** Context of an operation that tells the server through what the change came: `client.mutation(…, …, channel('GRID'))`. */
export const channel = (name: Channel) => ({ fetchOptions: { headers: { 'x-seatwise-channel': name } } });
