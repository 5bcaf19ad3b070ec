import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useCallback, useEffect, useState } from 'react';

import { useTokens } from '../../ui/tokens';
import { defineEditorTheme } from './editorTheme';

const looks = {
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 13,
  // A last empty line is numbered like the others: dimmed, its number is too pale to read.
  renderFinalNewline: 'on' as const,
  // Tab leaves the editor, as it leaves every other field; the editor's own way to indent are its commands and Prettify.
  tabFocusMode: true,
};

/** The editors' texts, and how to put others there. Null until the editors are loaded. */
export function useEditors() {
  const { queryEditor, variableEditor, responseEditor, initialQuery, initialVariables } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor, variableEditor: state.variableEditor, responseEditor: state.responseEditor,
    initialQuery: state.initialQuery, initialVariables: state.initialVariables,
  }));
  const { updateActiveTabValues, setTheme } = useGraphiQLActions();
  const monaco = useMonaco((state) => state.monaco);
  const tokens = useTokens();
  const [texts, setTexts] = useState({ document: initialQuery, variables: initialVariables });

  useEffect(() => {
    if (!monaco) return;
    defineEditorTheme(monaco, tokens);
    setTheme(tokens.scheme);
  }, [monaco, tokens, setTheme]);

  useEffect(() => {
    const editors = [[queryEditor, 'Query'], [variableEditor, 'Variables'], [responseEditor, 'Answer']] as const;
    for (const [editor, ariaLabel] of editors) editor?.updateOptions({ ...looks, ariaLabel, wordWrap: editor === queryEditor ? 'off' : 'on' });
  }, [queryEditor, variableEditor, responseEditor]);

  // Typing is seen at once; GraphiQL's own events come after a pause, and what is run within it would enter the history as the text before.
  useEffect(() => {
    const listeners = [
      queryEditor?.onDidChangeModelContent(() => {
        const document = queryEditor.getValue();
        setTexts((now) => ({ ...now, document }));
        updateActiveTabValues({ query: document });
      }),
      variableEditor?.onDidChangeModelContent(() => {
        const variables = variableEditor.getValue();
        setTexts((now) => ({ ...now, variables }));
        updateActiveTabValues({ variables });
      }),
    ];
    return () => listeners.forEach((listener) => listener?.dispose());
  }, [queryEditor, variableEditor, updateActiveTabValues]);

  const ready = queryEditor !== undefined && variableEditor !== undefined && responseEditor !== undefined;
  const load = useCallback((document: string, variables: string) => {
    queryEditor?.setValue(document);
    variableEditor?.setValue(variables);
  }, [queryEditor, variableEditor]);
  return { texts, ready, load };
}
