const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function kept<Value>(values: Map<string, Value>, language: string, make: () => Value): Value {
  const value = values.get(language) ?? make();
  values.set(language, value);
  return value;
}

/** The form for `count`, with the number for each `#`, by the plural rules of CLDR. */
export function plural(
  language: string,
  count: number,
  forms: { readonly one: string; readonly other: string },
): string {
  const rule = kept(rules, language, () => new Intl.PluralRules(language)).select(count);
  const shown = kept(numbers, language, () => new Intl.NumberFormat(language)).format(count);
  return (rule === 'one' ? forms.one : forms.other).replaceAll('#', shown);
}
