/**
 * Version of what deployments, their deliveries and the cells are derived by.
 * Raised where a definition changes: at its next start the hub then derives
 * again what is stored (`derivedSequences`).
 */
export const DEFINITIONS = 4;
