import { createContext, useContext, type ReactNode } from 'react';

const RevisionContext = createContext<string | undefined>(undefined);

/** Lists and records below read again when the revision becomes another. */
export function Revision(props: { of?: string; children: ReactNode }) {
  return (
    <RevisionContext.Provider value={props.of}>
      {props.children}
    </RevisionContext.Provider>
  );
}

/** The revision of what is around. */
export function useCurrentRevision(): string | undefined {
  return useContext(RevisionContext);
}
