import type { Tokens } from '../../ui/tokens';

interface EditorTheme {
  base: 'vs' | 'vs-dark';
  inherit: boolean;
  colors: Record<string, string>;
  rules: { token: string; foreground?: string; fontStyle?: string }[];
}

/** The part of the editor that takes themes. */
interface Monaco {
  editor: { defineTheme(name: string, theme: EditorTheme): void };
}

/** Names of the themes, as GraphiQL wants them. */
export const editorThemes = { light: 'seatwise-light', dark: 'seatwise-dark' } as const;

const hex = (color: string): string => {
  const parts = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'));
  return parts.length === 3 ? parts.join('') : '000000';
};

/** Gives the editors the colours of the page; each is one that the page uses for text on the same surface. */
export function defineEditorTheme(monaco: Monaco, tokens: Tokens): void {
  const { scheme, surface, text, text2, text3, brand, selection, line, lifecycle, bands } = tokens;
  const of = (color: string) => ({ foreground: hex(color) });
  monaco.editor.defineTheme(editorThemes[scheme], {
    base: scheme === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    colors: {
      'editor.background': `#${hex(surface)}`,
      'editor.foreground': `#${hex(text)}`,
      'editorLineNumber.foreground': `#${hex(text3)}`,
      'editorLineNumber.activeForeground': `#${hex(text)}`,
      'editor.selectionBackground': `#${hex(selection)}`,
      'editorCursor.foreground': `#${hex(brand)}`,
      'editorWidget.background': `#${hex(surface)}`,
      'editorWidget.border': `#${hex(line)}`,
      'editorSuggestWidget.background': `#${hex(surface)}`,
      'editorSuggestWidget.foreground': `#${hex(text)}`,
      'editorSuggestWidget.selectedBackground': `#${hex(selection)}`,
      'editorSuggestWidget.selectedForeground': `#${hex(text)}`,
      'editorSuggestWidget.highlightForeground': `#${hex(brand)}`,
      'editorHoverWidget.background': `#${hex(surface)}`,
      'editorHoverWidget.foreground': `#${hex(text)}`,
      'scrollbar.shadow': '#00000000',
      // Brackets in the colours of a rainbow would say what indentation says already.
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, `#${hex(text2)}`])),
      'editorError.foreground': `#${hex(bands.OVER.mark)}`,
      'editorWarning.foreground': `#${hex(bands.UNDER.mark)}`,
    },
    rules: [
      { token: '', ...of(text) },
      { token: 'comment', ...of(text3) },
      { token: 'keyword', ...of(brand), fontStyle: 'bold' },
      { token: 'string', ...of(bands.WELL.text) },
      { token: 'string.key.json', ...of(brand) },
      { token: 'string.value.json', ...of(bands.WELL.text) },
      { token: 'number', ...of(bands.UNDER.text) },
      { token: 'key.identifier', ...of(text) },
      { token: 'argument.identifier', ...of(lifecycle.PERPETUAL.text) },
      { token: 'type.identifier', ...of(lifecycle.SCHEDULED.text) },
      { token: 'operator', ...of(text2) },
      { token: 'annotation', ...of(bands.UNLICENSED.text) },
      { token: 'delimiter', ...of(text2) },
    ],
  });
}
