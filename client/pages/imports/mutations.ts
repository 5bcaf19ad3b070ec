import { graphql } from '../../api/generated';

export const ConfigureImport = graphql(`
  mutation ConfigureImport($id: ID!, $input: ConfigureImportInput!) {
    result: configureImport(id: $id, input: $input) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const CheckImport = graphql(`
  mutation CheckImport($id: ID!) {
    result: checkImport(id: $id) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const CommitImport = graphql(`
  mutation CommitImport($id: ID!) {
    result: commitImport(id: $id) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const CancelImport = graphql(`
  mutation CancelImport($id: ID!) {
    result: cancelImport(id: $id) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const UndoImport = graphql(`
  mutation UndoImport($id: ID!) {
    result: undoImport(id: $id) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const ReplaceImportValue = graphql(`
  mutation ReplaceImportValue($id: ID!, $input: ReplaceImportValueInput!) {
    result: replaceImportValue(id: $id, input: $input) {
      job {
        id
        state
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const SaveImportMapping = graphql(`
  mutation SaveImportMapping($name: String!, $importId: ID!) {
    result: saveImportMapping(name: $name, importId: $importId) {
      mapping {
        ...ImportMappingFields
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

export const DeleteImportMapping = graphql(`
  mutation DeleteImportMapping($id: ID!) {
    result: deleteImportMapping(id: $id) {
      deletedId
      userErrors {
        field
        code
        message
      }
    }
  }
`);
