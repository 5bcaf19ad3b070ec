import { useRef, useState } from 'react';

import type { Values } from './problems';
import { type LookedUp, type Option, type RowEditing, unknownMark } from './types';

interface Question {
  field: string;
  text: string;
}

const keyOf = (field: string, text: string) => `${field}\u0000${text}`;

/** Names that were typed or pasted are asked for once; what they mean takes their place, what they may have meant is offered. */
export function useLookUps<Row>(editing: RowEditing<Row>, onFound: (field: string, text: string, value: string) => void) {
  const [known, setKnown] = useState<ReadonlyMap<string, LookedUp>>(new Map());
  const [pending, setPending] = useState(0);
  const asked = useRef(new Map<string, LookedUp | null>());
  const found = useRef(onFound);
  found.current = onFound;

  const tell = (field: string, text: string, { found: option, near }: LookedUp) => {
    asked.current.set(keyOf(field, text), option ? { found: option, near } : { near });
    if (option) {
      editing.learn(option);
      found.current(field, text, option.value);
    }
  };
  const askField = async (field: string, texts: readonly string[]) => {
    setPending((count) => count + 1);
    try {
      const answer = await editing.lookUp(field, texts);
      for (const text of texts) tell(field, text, answer.get(text) ?? { near: [] });
    } catch {
      // Not known yet: the next time the name is entered it is asked for again.
      for (const text of texts) asked.current.delete(keyOf(field, text));
    }
    setKnown(new Map([...asked.current].flatMap(([key, one]) => (one ? [[key, one] as const] : []))));
    setPending((count) => count - 1);
  };
  const ask = (questions: readonly Question[]) => {
    const byField = new Map<string, Set<string>>();
    for (const { field, text } of questions) {
      const answer = asked.current.get(keyOf(field, text));
      if (answer) tell(field, text, answer);
      else if (answer === undefined) byField.set(field, (byField.get(field) ?? new Set()).add(text));
    }
    for (const [field, texts] of byField) {
      for (const text of texts) asked.current.set(keyOf(field, text), null);
      void askField(field, [...texts]);
    }
  };
  const nearOf = (field: string, value: string | undefined): readonly Option[] =>
    (value?.startsWith(unknownMark) ? known.get(keyOf(field, value.slice(unknownMark.length)))?.near : undefined) ?? [];
  /** Problems of unknown names get the names that come near. */
  const named = (problems: Readonly<Partial<Record<string, string>>>, values: Values): Partial<Record<string, string>> =>
    Object.fromEntries(Object.entries(problems).map(([field, message]) => {
      const near = nearOf(field, values[field]);
      return [field, message && near.length > 0 ? `${message} Did you mean ${near.map(({ label }) => label).join(', ')}?` : message];
    }));
  return { known, pending: pending > 0, ask, nearOf, named };
}
