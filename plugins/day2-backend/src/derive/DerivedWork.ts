/** What was done in one go, or what waits: pieces by kind. */
export interface DerivedWork {
  sequences: number;
  subjects: number;
  changes: number;
  applications: number;
  incidents: number;
  objectives: number;
}

/** No work. */
export function noWork(): DerivedWork {
  return {
    sequences: 0,
    subjects: 0,
    changes: 0,
    applications: 0,
    incidents: 0,
    objectives: 0,
  };
}
