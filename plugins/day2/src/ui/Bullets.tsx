import type { ReactNode } from 'react';

/** A plain list. */
export function Bullets(props: {
  items: { key: string; content: ReactNode }[];
}) {
  if (props.items.length === 0) {
    return null;
  }
  return (
    <ul style={{ margin: 0, paddingLeft: 20, overflowWrap: 'anywhere' }}>
      {props.items.map(({ key, content }) => (
        <li key={key}>{content}</li>
      ))}
    </ul>
  );
}
