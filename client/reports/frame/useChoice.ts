import { parseAsArrayOf, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';

/** One of a few alternatives, kept in the URL under `key`; the first is the default and left out of the URL. */
export function useChoice<Value extends string>(key: string, values: readonly Value[], fallback: Value): [Value, (value: Value) => void] {
  const parser = useMemo(() => parseAsStringLiteral(values).withDefault(fallback).withOptions({ history: 'push' }), [values, fallback]);
  const [value, setValue] = useQueryState(key, parser);
  return [value, useCallback((next: Value) => void setValue(next), [setValue])];
}

/** Any number of alternatives, kept in the URL under `key`; none is the default. */
export function useChoices<Value extends string>(key: string, values: readonly Value[]): [Value[], (values: Value[]) => void] {
  const parser = useMemo(() => parseAsArrayOf(parseAsStringLiteral(values)).withDefault([]).withOptions({ history: 'push' }), [values]);
  const [chosen, setChosen] = useQueryState(key, parser);
  return [chosen, useCallback((next: Value[]) => void setChosen(next), [setChosen])];
}
