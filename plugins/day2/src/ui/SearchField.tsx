import { useEffect, useRef, useState } from 'react';
import { InputField } from './fields';

/** Words to look for, taken once typing pauses. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { value } = props;
  const [typed, setTyped] = useState(value);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  // The browser's back button changes the value from outside.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange.current(typed), 300);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <InputField
      label={props.label}
      type="search"
      value={typed}
      onChange={setTyped}
    />
  );
}
