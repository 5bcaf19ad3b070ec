import { useState } from 'react';
import { useMutation } from 'urql';

import { channel } from '../../../api/channel';
import { graphql } from '../../../api/generated';
import type { BulkLicenseInput } from '../../../api/generated/graphql';

const ApplyBulk = graphql(`
  mutation ApplyBulk($input: BulkLicenseInput!, $token: String!) {
    applyBulk(input: $input, token: $token) {
      affected
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** Doing what a preview showed; where that was refused, why, in words. */
export function useApply(onDone: (affected: number) => void, onConflict: () => void) {
  const [{ fetching }, apply] = useMutation(ApplyBulk);
  const [problems, setProblems] = useState<string[]>([]);
  const run = async (input: BulkLicenseInput, token: string) => {
    setProblems([]);
    const { data, error } = await apply({ input, token }, channel('GRID'));
    if (error || !data) {
      const said = error?.graphQLErrors[0]?.message;
      setProblems([said ? `Nothing was done. ${said}` : 'The server did not answer, so it is not known whether anything was done. The preview shows the licences as they are now.']);
      onConflict();
      return;
    }
    const { affected, userErrors } = data.applyBulk;
    if (userErrors.length === 0) {
      onDone(affected);
      return;
    }
    setProblems(userErrors.map(({ message }) => message));
    if (userErrors.some(({ code }) => code === 'CONFLICT')) onConflict();
  };
  return { busy: fetching, problems, run };
}
