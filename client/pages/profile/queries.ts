import { graphql } from '../../api/generated';

export const OwnSessions = graphql(`
  query OwnSessions {
    viewer {
      sessions {
        ...SessionDetails
      }
    }
  }
`);

export const RevokeOwnSession = graphql(`
  mutation RevokeOwnSession($id: ID!) {
    revokeOwnSession(id: $id) {
      revokedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      changed
      userErrors {
        field
        code
        message
      }
    }
  }
`);
