import type { Credential } from '../../auth/viewer.js';

/** What the log says of a credential that is no session; nulls for a session. */
export interface RecordedToken {
  tokenId: number | null;
  tokenName: string | null;
}

/** The token that a change comes with, as it is called now. */
export function recordedToken(credential: Credential): RecordedToken {
  switch (credential.kind) {
    case 'session':
      return { tokenId: null, tokenName: null };
    case 'api-token':
      return { tokenId: credential.id, tokenName: credential.name };
    case 'external-token':
      return { tokenId: null, tokenName: credential.subject };
    case 'embed-token':
      return { tokenId: null, tokenName: `embed token ${credential.id}` };
  }
}
