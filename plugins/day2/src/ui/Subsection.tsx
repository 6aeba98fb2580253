import { useId, type ReactNode } from 'react';
import { Stack } from './layout';

/** A part of a drawer, with its heading. */
export function Subsection(props: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack gap="medium">
        <h3 id={id} style={{ margin: 0, fontSize: '0.9375rem' }}>
          {props.title}
        </h3>
        {props.children}
      </Stack>
    </section>
  );
}
