/** How long before a fix the deployment that it replaced may be its cause. */
export const LOOK_BACK_MS = 24 * 3600_000;
